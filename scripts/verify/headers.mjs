/** Checks a deployed site's security and cache headers. Pure. PAGE-4, PAGE-7 */
import { pageHeaders } from '#scripts/hosting.mjs';
import { fault, ok, weak } from './finding.mjs';
import { isMetaOnly } from './policy.mjs';

/** GitHub Pages caches everything for ten minutes, which cannot be configured. */
const BEARABLE_SECONDS = 600;

const A_YEAR = 31_536_000;

/**
 * Checks the security headers, apart from the content security policy.
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]} one per header, for all responses together
 */
export function headerFindings(site) {
  const { url, page, screens, worker, services, entries } = site;
  const responses = [page, ...screens, worker, services, ...entries.slice(0, 1).map(({ response }) => response)];
  const found = responses.filter(({ status }) => status === 200);
  const { 'Content-Security-Policy': _, ...wanted } = pageHeaders({ policy: '', secure: url.protocol === 'https:' });
  const inPage = /<meta name="referrer" content="no-referrer"/.test(page.text);
  return Object.entries(wanted).map(([name, value]) => {
    const wrong = found.filter(({ headers }) => !satisfies(name, headers.get(name), value));
    if (wrong.length === 0) return ok(name, value.length > 60 ? `${value.slice(0, 57)}…` : value);
    const first = wrong[0]?.headers.get(name) ?? null;
    const said = `${first === null ? 'is missing' : `is "${first}"`} at ${wrong.map(({ path }) => path).join(', ')}`;
    if (!isMetaOnly(site) || first !== null) return fault(name, `${said}, but must be "${value}"`);
    return name === 'Referrer-Policy' && inPage ? weak(name, 'is only set in the page') : weak(name, said);
  });
}

/**
 * Returns whether a header has the required value, or for HSTS at least the required lifetime.
 * @param {string} name
 * @param {string | null} found
 * @param {string} wanted
 */
function satisfies(name, found, wanted) {
  if (found === null) return false;
  if (name !== 'Strict-Transport-Security') return found.trim() === wanted;
  // The deployer may choose a longer lifetime, and include subdomains.
  return Number(/max-age="?(\d+)/.exec(found)?.[1] ?? 0) >= A_YEAR;
}

/**
 * Checks Cache-Control.
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]} one for each response whose caching matters
 */
export function lifetimeFindings(site) {
  const { page, screens, worker, workerParts, services, metadata, entries } = site;
  const fresh = [page, ...screens, worker, ...workerParts, services, metadata].filter(({ status }) => status === 200);
  const hashed = entries
    .map(({ response }) => response)
    .filter(({ path, status }) => path.includes('/assets/') && status === 200);
  return [
    ...fresh.map((response) => freshFinding(response, isMetaOnly(site))),
    ...hashed.slice(0, 1).map(cachingFinding),
  ];
}

/**
 * Checks that a response is revalidated on every use.
 * @param {import('./visit.mjs').SiteResponse} response
 * @param {boolean} isBearable whether to tolerate a short lifetime, because the host does not allow custom headers
 */
function freshFinding({ path, headers }, isBearable) {
  const what = `Cache-Control of ${path}`;
  const found = headers.get('cache-control');
  const seconds = Number(/(?:^|[\s,])max-age=(\d+)/.exec(found ?? '')?.[1] ?? Number.NaN);
  if (found !== null && (/no-cache|no-store/.test(found) || seconds === 0)) return ok(what, found);
  const said = `is ${found === null ? 'missing' : `"${found}"`}, but must be "no-cache": updates would be late or incomplete`;
  return isBearable && seconds <= BEARABLE_SECONDS ? weak(what, said) : fault(what, said);
}

/**
 * Checks that a hashed file is cached for a year.
 * @param {import('./visit.mjs').SiteResponse} response
 */
function cachingFinding({ path, headers }) {
  const what = `Cache-Control of ${path}`;
  const found = headers.get('cache-control') ?? '';
  return Number(/max-age=(\d+)/.exec(found)?.[1] ?? 0) >= A_YEAR
    ? ok(what, found)
    : weak(what, `is "${found}": it could be cached for a year, because its name contains a hash`);
}
