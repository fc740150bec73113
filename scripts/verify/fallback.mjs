/** Whether screens, and nothing else, are answered with the page. Pure. PAGE-7, DISC-11 */
import { entryFiles } from '#scripts/integrity.mjs';
import { fault, ok, weak } from './finding.mjs';

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function fallbackFindings({ page, screens, missing }) {
  return [...screens.map((screen) => screenFinding(screen, page)), ...missing.map(missingFinding)];
}

/** @type {(answer: import('./visit.mjs').Answer, page: import('./visit.mjs').Answer) => import('./finding.mjs').Finding} */
function screenFinding({ path, status, type, text }, page) {
  const what = `Screen ${path}`;
  const isPage = type === 'text/html' && sameEntries(text, page.text);
  if (isPage && status === 200) return ok(what, 'is the page');
  if (isPage && status === 404)
    return weak(what, 'is the page, but with status 404: links work, search engines may mind');
  return fault(
    what,
    `is ${status} ${type}, and has to be the page: people who come back from a sign-in arrive at such an address`,
  );
}

/** @type {(one: string, other: string) => boolean} */
const sameEntries = (one, other) =>
  JSON.stringify(entryFiles(one).map(({ address }) => address)) ===
  JSON.stringify(entryFiles(other).map(({ address }) => address));

/** @type {(answer: import('./visit.mjs').Answer) => import('./finding.mjs').Finding} */
function missingFinding({ path, status, type }) {
  const what = `Missing ${path}`;
  // What S3 gives to those who may not list a bucket is as good.
  if ([403, 404, 410].includes(status)) return ok(what, `is ${status}`);
  return fault(what, `is ${status} ${type}, and has to be 404: a missing document must not turn out to be a page`);
}
