/** Whether a deployed site sends the headers and the lifetimes that it should. Pure. PAGE-4, PAGE-7 */
import { pageHeaders } from '#scripts/hosting.mjs';
import { fault, ok, weak } from './finding.mjs';
import { isMetaOnly } from './policy.mjs';

/** GitHub Pages keeps everything for ten minutes, and lets nobody say otherwise. */
const BEARABLE_SECONDS = 600;

const A_YEAR = 31_536_000;

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]} one for each header, over all answers
 */
export function headerFindings(site) {
  const { url, page, screens, worker, services, entries } = site;
  const answers = [page, ...screens, worker, services, ...entries.slice(0, 1).map(({ answer }) => answer)];
  const found = answers.filter(({ status }) => status === 200);
  const { 'Content-Security-Policy': _, ...wanted } = pageHeaders({ policy: '', secure: url.protocol === 'https:' });
  const inPage = /<meta name="referrer" content="no-referrer"/.test(page.text);
  return Object.entries(wanted).map(([name, value]) => {
    const wrong = found.filter(({ headers }) => !satisfies(name, headers.get(name), value));
    if (wrong.length === 0) return ok(name, value.length > 60 ? `${value.slice(0, 57)}…` : value);
    const first = wrong[0]?.headers.get(name) ?? null;
    const said = `${first === null ? 'is missing' : `is "${first}"`} at ${wrong.map(({ path }) => path).join(', ')}`;
    if (!isMetaOnly(site) || first !== null) return fault(name, `${said}, and has to be "${value}"`);
    return name === 'Referrer-Policy' && inPage ? weak(name, 'comes from the page alone') : weak(name, said);
  });
}

/**
 * @param {string} name
 * @param {string | null} found
 * @param {string} wanted
 */
function satisfies(name, found, wanted) {
  if (found === null) return false;
  if (name !== 'Strict-Transport-Security') return found.trim() === wanted;
  // Longer, and for more hosts, is the deployer's to say.
  return Number(/max-age="?(\d+)/.exec(found)?.[1] ?? 0) >= A_YEAR;
}

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]} one for each answer whose lifetime matters
 */
export function lifetimeFindings(site) {
  const { page, screens, worker, workerParts, services, metadata, entries } = site;
  const fresh = [page, ...screens, worker, ...workerParts, services, metadata].filter(({ status }) => status === 200);
  const hashed = entries
    .map(({ answer }) => answer)
    .filter(({ path, status }) => path.includes('/assets/') && status === 200);
  return [...fresh.map((answer) => freshFinding(answer, isMetaOnly(site))), ...hashed.slice(0, 1).map(keptFinding)];
}

/**
 * @param {import('./visit.mjs').Answer} answer
 * @param {boolean} isBearable whether the host is one that can't be told
 */
function freshFinding({ path, headers }, isBearable) {
  const what = `Cache-Control of ${path}`;
  const found = headers.get('cache-control');
  const seconds = Number(/(?:^|[\s,])max-age=(\d+)/.exec(found ?? '')?.[1] ?? Number.NaN);
  if (found !== null && (/no-cache|no-store/.test(found) || seconds === 0)) return ok(what, found);
  const said = `is ${found === null ? 'missing' : `"${found}"`}, and has to be "no-cache": an update would come late or in part`;
  return isBearable && seconds <= BEARABLE_SECONDS ? weak(what, said) : fault(what, said);
}

/** @param {import('./visit.mjs').Answer} answer */
function keptFinding({ path, headers }) {
  const what = `Cache-Control of ${path}`;
  const found = headers.get('cache-control') ?? '';
  return Number(/max-age=(\d+)/.exec(found)?.[1] ?? 0) >= A_YEAR
    ? ok(what, found)
    : weak(what, `is "${found}": it could be kept for a year, since its name changes with it`);
}
