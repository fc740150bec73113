/** The soak: tabs that call continuously with tokens of 5 s, while the network, the server and the clock fail in turn (REF-5). */
import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from './random.mjs';
import { call, openChromium, openSite, openTab, signIn, signedInContext } from './stage.mjs';

/**
 * @typedef {import('./bench-server.mjs').ServerFault | 'offline' | 'clock'} Fault
 * @typedef {{ calls: number, answered: number, failed: number, refreshes: number, refused: number, losses: number,
 *   faults: Map<Fault, number>, slowestRecoveryMs: number }} Soak failed: without an answer, or for now; refused: token
 *   requests that were not answered 200
 */

const TABS = 3;
const TOKEN_SECONDS = 5;
const CLOCK_MS = 10 * 60 * 1000;

/** @type {Fault[]} */
const FAULTS = ['offline', 'unavailable', 'slow', 'cut', 'api-cut', 'clock'];

/** Stops when the session has ended this often. */
const MAX_LOSSES = 20;

/**
 * Runs a soak and prints the results, once a minute and at the end.
 * @param {number} minutes
 */
export async function printSoak(minutes) {
  const site = await openSite({ tokenSeconds: TOKEN_SECONDS });
  try {
    const browser = await openChromium();
    try {
      const soak = await runSoak(browser, site, { ms: minutes * 60 * 1000, onMinute: (now) => say(soakLine(now)) });
      say(`\n${soakSummary(soak)}`);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/**
 * @param {import('./stage.mjs').Browser} browser
 * @param {import('./stage.mjs').Site} site whose tokens are short-lived
 * @param {{ ms: number, seed?: number, onMinute?: (soak: Soak) => void }} options
 * @returns {Promise<Soak>}
 */
export async function runSoak(browser, site, { ms, seed = 11, onMinute }) {
  const { server, appUrl } = site;
  Object.assign(server.roundTrip, { token: 40, api: 10 });
  const random = randomFrom(seed);
  const between = (/** @type {number} */ from, /** @type {number} */ to) => from + random() * (to - from);
  /** @type {Soak} */
  const soak = {
    calls: 0,
    answered: 0,
    failed: 0,
    refreshes: 0,
    refused: 0,
    losses: 0,
    faults: new Map(),
    slowestRecoveryMs: 0,
  };
  const end = Date.now() + ms;
  const isOver = () => Date.now() >= end || soak.losses >= MAX_LOSSES;
  const context = await signedInContext(browser, site);
  const tabs = await Promise.all(Array.from({ length: TABS }, (_, tab) => openTab(context, `${appUrl}?tab=${tab}`)));
  server.takeTokenRequests();

  /** Set during a sign-in, for which the tabs wait. @type {Promise<void> | undefined} */
  let signingIn;
  let goodAgainSince = 0;
  const count = () => {
    for (const { grant, status } of server.takeTokenRequests()) {
      if (grant !== 'refresh_token') continue;
      soak.refreshes++;
      if (status !== 200) soak.refused++;
    }
  };
  const startOver = async () => {
    soak.losses++;
    server.fault = undefined;
    await context.setOffline(false);
    const [first] = tabs;
    if (first) await signIn(first);
    await Promise.all(tabs.map((tab, index) => tab.goto(`${appUrl}?tab=${index}`)));
  };
  const callOnAndOn = async (/** @type {import('./stage.mjs').Page} */ tab) => {
    let hasRecovered = true;
    while (!isOver()) {
      await signingIn;
      const isFaulty = goodAgainSince === 0;
      const status = await call(tab).catch(() => 0);
      if (signingIn) continue; // The page was left meanwhile.
      soak.calls++;
      if (status === 200) soak.answered++;
      else soak.failed++;
      if (status === 401) await (signingIn ??= startOver().finally(() => (signingIn = undefined)));
      if (isFaulty || status !== 200) hasRecovered = false;
      // It succeeded during a later fault: the next success counts.
      else if (!hasRecovered && goodAgainSince > 0) {
        hasRecovered = true;
        soak.slowestRecoveryMs = Math.max(soak.slowestRecoveryMs, Date.now() - goodAgainSince);
      }
      await pause(between(100, 800));
    }
  };
  const fail = async () => {
    while (!isOver()) {
      goodAgainSince = Date.now();
      await pause(between(4_000, 12_000));
      if (isOver() || signingIn) continue;
      const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? 'offline';
      soak.faults.set(fault, (soak.faults.get(fault) ?? 0) + 1);
      goodAgainSince = 0;
      const mend = await begin(fault, context, server, random() < 0.5 ? CLOCK_MS : -CLOCK_MS);
      await pause(between(2_000, 8_000));
      await mend();
    }
  };
  const report = async () => {
    for (let minute = 1; !isOver(); minute++) {
      const until = end - ms + minute * 60_000;
      while (!isOver() && Date.now() < until) await pause(500);
      count();
      if (!isOver()) onMinute?.(soak);
    }
  };
  await Promise.all([...tabs.map(callOnAndOn), fail(), report()]);
  await server.quiet();
  count();
  await context.close();
  return soak;
}

/**
 * Starts a fault.
 * @param {Fault} fault
 * @param {import('./stage.mjs').BrowserContext} context
 * @param {import('./bench-server.mjs').BenchServer} server
 * @param {number} ahead how far a wrong clock is ahead, in milliseconds
 * @returns {Promise<() => Promise<void>>} ends it
 */
async function begin(fault, context, server, ahead) {
  switch (fault) {
    case 'offline':
      await context.setOffline(true);
      return () => context.setOffline(false);
    case 'clock':
      await setClocks(context, ahead);
      return () => setClocks(context, 0);
    case 'unavailable':
    case 'slow':
    case 'cut':
    case 'api-cut':
      server.fault = fault;
      return () => {
        server.fault = undefined;
        return Promise.resolve();
      };
  }
}

/**
 * Moves the clock of every page and worker forward or back.
 * @param {import('./stage.mjs').BrowserContext} context
 * @param {number} ahead in milliseconds; 0 for the right time
 */
async function setClocks(context, ahead) {
  const shift = (/** @type {number} */ by) => {
    // A new Date still has the machine's time, whatever Date.now returns.
    Date.now = () => new Date().getTime() + by;
  };
  await Promise.allSettled([
    ...context.pages().map((page) => page.evaluate(shift, ahead)),
    ...context.serviceWorkers().map((worker) => worker.evaluate(shift, ahead)),
  ]);
}

/** @param {Soak} soak */
const soakLine = ({ calls, answered, failed, refreshes, losses }) =>
  `${calls} calls, ${answered} answered, ${failed} failed for now, ${refreshes} refreshes, ${losses} losses`;

/**
 * @param {Soak} soak
 * @returns {string} lines for a terminal
 */
function soakSummary({ calls, answered, failed, refreshes, refused, losses, faults, slowestRecoveryMs }) {
  const seen = [...faults].map(([fault, times]) => `${times} x ${fault}`).join(', ');
  return [
    `calls                ${calls}, ${answered} answered 200, ${failed} failed while something was wrong`,
    `refreshes            ${refreshes}, of which ${refused} were not answered 200`,
    `faults               ${seen || 'none'}`,
    `slowest recovery     ${(slowestRecoveryMs / 1000).toFixed(1)} s after a fault was over`,
    `losses               ${losses}`,
    '',
  ].join('\n');
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
