/** Checks that a deployed site serves the page for screens and for nothing else. Pure. PAGE-7, DISC-11 */
import { entryFiles } from '#scripts/integrity.mjs';
import { fault, ok, weak } from './finding.mjs';

/**
 * Checks the responses for screens and for missing files.
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function fallbackFindings({ page, screens, missing }) {
  return [...screens.map((screen) => screenFinding(screen, page)), ...missing.map(missingFinding)];
}

/** @type {(response: import('./visit.mjs').SiteResponse, page: import('./visit.mjs').SiteResponse) => import('./finding.mjs').Finding} */
function screenFinding({ path, status, type, text }, page) {
  const what = `Screen ${path}`;
  const isPage = type === 'text/html' && sameEntries(text, page.text);
  if (isPage && status === 200) return ok(what, 'is the page');
  if (isPage && status === 404)
    return weak(what, 'is the page, but with status 404: links work, but search engines may not index it');
  return fault(what, `is ${status} ${type}, but must be the page: users return from a sign-in to such a URL`);
}

/** @type {(one: string, other: string) => boolean} */
const sameEntries = (one, other) =>
  JSON.stringify(entryFiles(one).map(({ url }) => url)) === JSON.stringify(entryFiles(other).map(({ url }) => url));

/** @type {(response: import('./visit.mjs').SiteResponse) => import('./finding.mjs').Finding} */
function missingFinding({ path, status, type }) {
  const what = `Missing ${path}`;
  // S3 responds with 403 to clients without permission to list the bucket, which is fine too.
  if ([403, 404, 410].includes(status)) return ok(what, `is ${status}`);
  return fault(what, `is ${status} ${type}, but must be 404: a missing document must not be served as a page`);
}
