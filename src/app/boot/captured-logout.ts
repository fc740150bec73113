import { appUrl } from '#base.ts';

/** The path that a provider redirects to after logout. */
const RETURN = new URL('signed-out', appUrl).pathname;

/** Returns the parameters of a logout response, if the page was loaded by one, and removes them from the URL (PAGE-6). */
function takeSignOutReturn(): URLSearchParams | undefined {
  const { pathname, search, hash } = location;
  if (pathname !== RETURN) return undefined;
  if (search !== '' || hash !== '') history.replaceState(null, '', pathname);
  return new URLSearchParams(search);
}

/** The logout response, read when this module is evaluated, before any screen exists; undefined on every other page. */
export const capturedLogout = takeSignOutReturn();
