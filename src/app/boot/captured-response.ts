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
  if (pathname !== callback && !pathname.startsWith(`${callback}/`)) return undefined;
  if (search !== '' || hash !== '') history.replaceState(null, '', pathname);
  const parameters = responseParameters(search, hash);
  return hasAuthorizationResponse(parameters) ? { redirectUri: origin + pathname, parameters } : undefined;
}

/** The authorization response, read when this module is evaluated; that is why boot imports this module first. */
export const capturedResponse = takeAuthorizationResponse();
