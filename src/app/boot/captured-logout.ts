import { appUrl } from '#base.ts';

/** Where a sign-out at a provider leads back to, within the app. */
const RETURN = new URL('signed-out', appUrl).pathname;

/** What the provider added to the page's address, if the page came from a sign-out; it is taken off at once (PAGE-6). */
function takeSignOutReturn(): URLSearchParams | undefined {
  const { pathname, search, hash } = location;
  if (pathname !== RETURN) return undefined;
  if (search !== '' || hash !== '') history.replaceState(null, '', pathname);
  return new URLSearchParams(search);
}

/** Taken when this module is evaluated, before there is a screen; undefined on every other page. */
export const capturedLogout = takeSignOutReturn();
