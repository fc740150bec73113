/** The storm: tabs that call simultaneously, just after their shared access token has expired at the server (REF-3). */
import { CALL_TIMEOUT_MS, call, isAlive, openTab, signedInContext } from './stage.mjs';

/**
 * @typedef {{ tokenRequests: number, answered: number, calls: number, survived: boolean, ms: number }} Storm answered:
 *   calls that came to 200; survived: the token can be refreshed once more afterwards
 */

const TABS = 5;
const CALLS = 40;
const ROUND_TRIP_MS = 20;

/** By then every tab has its orders. */
const START_MS = 300;

/**
 * Runs storms one after the other, and signs in again after one that ended the session.
 * @param {import('./stage.mjs').Browser} browser
 * @param {import('./stage.mjs').Site} site
 * @param {{ rounds: number, onRound?: (storm: Storm, round: number) => void }} options
 * @returns {Promise<Storm[]>}
 */
export async function runStorms(browser, site, { rounds, onRound }) {
  Object.assign(site.server.roundTrip, { token: ROUND_TRIP_MS, api: ROUND_TRIP_MS });
  /** @type {Storm[]} */
  const storms = [];
  let context = await signedInContext(browser, site);
  for (let round = 0; round < rounds; round++) {
    const storm = await runStorm(context, site);
    storms.push(storm);
    onRound?.(storm, round);
    if (storm.survived) continue;
    await context.close();
    context = await signedInContext(browser, site);
  }
  await context.close();
  return storms;
}

/**
 * @param {import('./stage.mjs').BrowserContext} context
 * @param {import('./stage.mjs').Site} site
 * @returns {Promise<Storm>}
 */
async function runStorm(context, site) {
  const { server, appUrl } = site;
  const tabs = await Promise.all(Array.from({ length: TABS }, (_, tab) => openTab(context, `${appUrl}?tab=${tab}`)));
  // Connections and preflights are done, and every tab is signed in.
  const warm = await Promise.all(tabs.map(call));
  if (warm.some((status) => status !== 200)) throw new Error(`before the storm calls were answered ${warm.join(', ')}`);
  server.expire();
  server.takeTokenRequests();
  const at = Date.now() + START_MS;
  const ended = await Promise.all(
    tabs.map((tab) => tab.evaluate(stormIn, { at, calls: CALLS, patience: CALL_TIMEOUT_MS })),
  );
  const tokenRequests = server.takeTokenRequests().length;
  await Promise.all(tabs.map((tab) => tab.close()));
  return {
    tokenRequests,
    answered: ended.flatMap(({ statuses }) => statuses).filter((status) => status === 200).length,
    calls: TABS * CALLS,
    survived: await isAlive(context, site),
    ms: Math.max(...ended.map(({ end }) => end)) - at,
  };
}

/** Runs in the page. @param {{ at: number, calls: number, patience: number }} orders */
async function stormIn({ at, calls, patience }) {
  await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
  const late = new Promise((resolve) => setTimeout(resolve, patience, 0));
  const all = Array.from({ length: calls }, () => Promise.race([window.peer.api('/me').catch(() => 0), late]));
  return { statuses: await Promise.all(all), end: Date.now() };
}

/**
 * @param {Storm[]} storms
 * @returns {string} lines for a terminal
 */
export function stormSummary(storms) {
  const survived = storms.filter((storm) => storm.survived).length;
  const requests = storms.map(({ tokenRequests }) => tokenRequests);
  const answered = Math.min(...storms.map((storm) => storm.answered));
  return [
    `survived             ${survived} of ${storms.length}`,
    `token requests       ${Math.min(...requests)} to ${Math.max(...requests)} a storm`,
    `calls answered 200   ${answered} of ${TABS * CALLS} in the worst storm`,
    '',
  ].join('\n');
}

/** @param {Storm} storm */
export const stormLine = ({ tokenRequests, answered, calls, survived, ms }) =>
  `${tokenRequests} token request${tokenRequests === 1 ? '' : 's'}, ${answered} of ${calls} calls, ` +
  `${survived ? 'survived' : 'LOST'}, ${ms} ms`;
