import { appUrl } from '#base.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import { hasAuthorizationResponse, responseParameters } from '#oauth/callback.ts';

/**
 * Returns the authorization response in the page's URL, if there is one. Removes it from the URL before anything else runs, so
 * that no code leaks into the history, a referrer or a bookmark (CB-1; RFC 9700 §4.2.4).
 */
function takeAuthorizationResponse(): CapturedResponse | undefined {
  const { origin, pathname, search, hash } = location;
  const callback = new URL('callback', appUrl).pathname;
  const parameters = responseParameters(search, hash);
  const isCallback = pathname === callback || pathname.startsWith(`${callback}/`);
  if (!isCallback && !isMisdirectedResponse(new URLSearchParams(search))) return undefined;
  if (search !== '' || hash !== '') history.replaceState(null, '', pathname);
  return hasAuthorizationResponse(parameters) ? { redirectUri: origin + pathname, parameters } : undefined;
}

/**
 * Returns true for an authorization response at a path that is no redirect URI of this app: the wrong one was registered, or
 * somebody made up the link. It is rejected, but its code must leave the URL all the same.
 */
function isMisdirectedResponse(parameters: URLSearchParams): boolean {
  return parameters.has('state') && (parameters.has('code') || parameters.has('error'));
}

/** The authorization response, read when this module is evaluated; that is why boot imports this module first. */
export const capturedResponse = takeAuthorizationResponse();
