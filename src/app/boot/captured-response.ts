import { appUrl } from '#base.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import { hasAuthorizationResponse } from '#oauth/callback.ts';

/**
 * The authorization response in the page's address, if there is one; it is taken off the address at once, before anything
 * else runs, so that no code stays in the history, in a referrer or in a bookmark (CB-1; RFC 9700 §4.2.4).
 */
function takeAuthorizationResponse(): CapturedResponse | undefined {
  const { origin, pathname, search, hash } = location;
  const callback = new URL('callback', appUrl).pathname;
  if (pathname !== callback && !pathname.startsWith(`${callback}/`)) return undefined;
  if (search !== '' || hash !== '') history.replaceState(null, '', pathname);
  const parameters = new URLSearchParams(search);
  return hasAuthorizationResponse(parameters) ? { redirectUri: origin + pathname, parameters } : undefined;
}

/** Taken when this module is evaluated: it is boot's first import for that reason. */
export const capturedResponse = takeAuthorizationResponse();
