/** A tab dies during a refresh: closed by the user, or crashed. Does the session survive? */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { call, isAlive, openTab, signedInContext } from './stage.mjs';
import { randomFrom } from './random.mjs';

/**
 * @typedef {{ at: number | 'asked' | 'rotated', death: 'close' | 'crash' }} Plan at: milliseconds after the call, or when the
 *   token request has reached the server, or when the new token is on its way back
 * @typedef {Plan & { asked: boolean, answerLost: boolean, workerDied: boolean, lost: boolean }} Kill asked: a token request was
 *   sent; answerLost: the server could not send its response; workerDied: the crash also killed the service worker;
 *   lost: the user has to sign in again
 */

const ROUND_TRIP_MS = 150;
const LATEST_MS = 250;

/** The time that a process may take to crash. */
const CRASH_MS = 50;

/** A worker that has not responded by then is dead. */
const TIMEOUT_MS = 2_000;

/**
 * @param {number} rounds
 * @returns {Plan[]} kills 0 to 250 ms after the call, at the same moments in every run
 */
export function killPlan(rounds) {
  const random = randomFrom(7);
  return Array.from({ length: rounds }, (_, round) => ({
    at: Math.round(random() * LATEST_MS),
    death: round % 2 === 0 ? 'close' : 'crash',
  }));
}

/**
 * Kills one tab after the other, and signs in again after a kill that ended the session.
 * @param {import('./stage.mjs').Browser} browser
 * @param {import('./stage.mjs').Site} site
 * @param {{ plan: Plan[], onRound?: (kill: Kill) => void }} options
 * @returns {Promise<Kill[]>}
 */
export async function runKills(browser, site, { plan, onRound }) {
  Object.assign(site.server.roundTrip, { token: ROUND_TRIP_MS, api: 10 });
  /** @type {Kill[]} */
  const kills = [];
  let context = await signedInContext(browser, site);
  for (const planned of plan) {
    const kill = await runKill(context, site, planned);
    kills.push(kill);
    onRound?.(kill);
    if (!kill.lost) continue;
    await context.close();
    context = await signedInContext(browser, site);
  }
  await context.close();
  return kills;
}

/**
 * @param {import('./stage.mjs').BrowserContext} context
 * @param {import('./stage.mjs').Site} site
 * @param {Plan} planned
 * @returns {Promise<Kill>}
 */
async function runKill(context, site, { at, death }) {
  const { server, appUrl } = site;
  const tab = await openTab(context, appUrl);
  const warm = await call(tab);
  if (warm !== 200) throw new Error(`before the kill a call was answered ${warm}`);
  server.expire();
  server.takeTokenRequests();
  const devtools = await context.newCDPSession(tab);
  const workerLives = await markWorkers(context);
  const moment = typeof at === 'number' ? undefined : once(server.moments, at);
  await tab.evaluate(() => void window.peer.api('/me').catch(() => undefined));
  await (moment ?? pause(Number(at)));
  if (death === 'crash') {
    // It never settles, because the page is gone.
    devtools.send('Page.crash').catch(() => undefined);
    await pause(CRASH_MS);
  }
  await tab.close();
  // A request that was sent may still be on its way to the server.
  await pause(ROUND_TRIP_MS);
  await server.quiet();
  const workerDied = death === 'crash' && !(await workerLives());
  const requests = server.takeTokenRequests();
  return {
    at,
    death,
    asked: requests.length > 0,
    answerLost: requests.some(({ isLost, status }) => isLost && status === 200),
    workerDied,
    lost: !(await isAlive(context, site)),
  };
}

/**
 * Sets a flag in the running service worker. A restarted worker does not have it.
 * @param {import('./stage.mjs').BrowserContext} context
 * @returns {Promise<() => Promise<boolean>>} whether the same worker is still running
 */
async function markWorkers(context) {
  const marked = context.serviceWorkers();
  await Promise.all(marked.map((worker) => worker.evaluate(() => void Object.assign(globalThis, { isMarked: true }))));
  return async () => {
    const answers = marked.map((worker) => worker.evaluate(() => 'isMarked' in globalThis).catch(() => false));
    return Promise.race([Promise.all(answers).then((lives) => lives.some(Boolean)), pause(TIMEOUT_MS, false)]);
  };
}

/**
 * @param {Kill[]} kills
 * @returns {string} lines for a terminal
 */
export function killSummary(kills) {
  const lost = (/** @type {Kill[]} */ some) => `${some.filter((kill) => kill.lost).length} of ${some.length}`;
  const lostAnswers = kills.filter(({ answerLost }) => answerLost).length;
  return [
    `sign-ins needed      ${lost(kills.filter(({ workerDied }) => !workerDied))} where the worker lived on`,
    `                     ${lost(kills.filter(({ workerDied }) => workerDied))} where a crash took the worker with it`,
    `token requests       in ${kills.filter(({ asked }) => asked).length} of ${kills.length} rounds; nobody there for the answer in ${lostAnswers}`,
    '',
  ].join('\n');
}

/** @param {Kill} kill */
export const killLine = ({ at, death, asked, answerLost, workerDied, lost }) =>
  [
    `${death} ${typeof at === 'number' ? `after ${at} ms` : `when ${at}`}`,
    asked ? 'token request left' : 'no token request',
    ...(answerLost ? ['answer lost'] : []),
    ...(workerDied ? ['worker died too'] : []),
    lost ? 'SIGN-IN NEEDED' : 'kept',
  ].join(', ');
