/** What a call and a callback cost, in Chromium. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openChromium, openSite, openTab, signIn, signedInContext } from './stage.mjs';

const CALLBACKS = 7;

/**
 * The kinds of callback, with the latency of each response of the app's host and of the authorization server. The servers add
 * the latency themselves, so it also affects preflights and the worker's own requests, but not the setup of connections.
 * The emulation of the browser's developer tools, as in the side-by-side bench (peers.mjs), delays only the page's requests: a
 * document or a script from a worker would have no latency.
 * @typedef {{ name: string, latency: number, isKept: boolean }} Return isKept: whether the worker has cached the app
 * @type {readonly Return[]}
 */
const RETURNS = [
  { name: 'Callback, app not kept yet', latency: 0, isKept: false },
  { name: 'Callback, app not kept yet', latency: 150, isKept: false },
  { name: 'Callback, app kept by the worker', latency: 150, isKept: true },
];

/** Calls are timed by the hundred, because a page's clock has steps of 0.1 ms. */
const BATCHES = 30;
const BATCH = 100;

/** Prints all figures. */
export async function printFigures() {
  const site = await openSite();
  try {
    const browser = await openChromium();
    try {
      await printCalls(browser, site);
      await printCallbacks(browser, site);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/**
 * @param {import('./stage.mjs').Browser} browser
 * @param {import('./stage.mjs').Site} site
 */
async function printCalls(browser, site) {
  const context = await signedInContext(browser, site);
  const page = await openTab(context, site.appUrl);
  const { overhead, transactions } = await page.evaluate(timeCalls, { batches: BATCHES, batch: BATCH });
  site.server.expire();
  const refreshed = await page.evaluate(countTransactionsOfRefresh);
  const sizes = await page.evaluate(() => window.peer.eventSizes());
  await context.close();
  say(`A call on a stubbed fetch: ${micros(median(overhead))} more than a bare one (${range(overhead, micros)})`);
  say(
    `An event of the trace, two of which are in each call: ${median(sizes)} characters (at most ${Math.max(...sizes)})`,
  );
  say(
    `IndexedDB transactions: ${transactions} in ${2 * BATCHES * BATCH} calls with a fresh token, ${refreshed} in a refresh`,
  );
}

/**
 * Runs in the page.
 * @param {{ batches: number, batch: number }} counts
 */
async function timeCalls({ batches, batch }) {
  let transactions = 0;
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function counted(...about) {
    transactions++;
    return transaction.apply(this, about);
  };
  const realFetch = globalThis.fetch;
  globalThis.fetch = () => Promise.resolve(new Response(null, { status: 200 }));
  const bare = async () => {
    const { status } = await fetch('/me', { cache: 'no-store', headers: { authorization: 'Bearer fixed' } });
    return status;
  };
  const client = () => window.peer.api('/me');
  const time = async (/** @type {() => Promise<number>} */ send) => {
    const start = performance.now();
    for (let call = 0; call < batch; call++) if ((await send()) !== 200) throw new Error('a call was not answered 200');
    return ((performance.now() - start) * 1000) / batch;
  };
  /** @type {number[]} */
  const overhead = [];
  // The first half warms up.
  for (let round = -batches; round < batches; round++) {
    const isClientFirst = round % 2 === 0;
    const first = await time(isClientFirst ? client : bare);
    const second = await time(isClientFirst ? bare : client);
    if (round >= 0) overhead.push(isClientFirst ? first - second : second - first);
  }
  globalThis.fetch = realFetch;
  IDBDatabase.prototype.transaction = transaction;
  return { overhead, transactions };
}

/** Runs in the page, whose token is rejected, to verify that the counter counts. */
async function countTransactionsOfRefresh() {
  let transactions = 0;
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function counted(...about) {
    transactions++;
    return transaction.apply(this, about);
  };
  await window.peer.api('/me');
  IDBDatabase.prototype.transaction = transaction;
  return transactions;
}

/**
 * @param {import('./stage.mjs').Browser} browser
 * @param {import('./stage.mjs').Site} site
 */
async function printCallbacks(browser, site) {
  for (const way of RETURNS) {
    const { name, latency, isKept } = way;
    /** @type {Awaited<ReturnType<typeof timeCallback>>[]} */
    const callbacks = [];
    for (let round = 0; round < CALLBACKS; round++) callbacks.push(await timeCallback(browser, site, way));
    const left = median(callbacks.map(({ requestAt }) => requestAt));
    const stored = callbacks.map(({ storedAt }) => storedAt);
    say(
      `${name}, at ${latency} ms latency: tokens stored after ${millis(median(stored))} (${range(stored, millis)}), ` +
        `token request sent after ${millis(left)}; then ${callbacks[0]?.requests.join(', ')}`,
    );
    if (latency > 0 || isKept) continue;
    const files = callbacks[0]?.scripts ?? [];
    const sizes = files.map((path) => gzipSync(readFileSync(join(site.folder, path))).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    say(
      `Script before the token request: ${(total / 1000).toFixed(1)} kB gzip in ${files.length} files (${files.join(', ')})`,
    );
  }
}

/**
 * A sign-in in a context of its own: the start page has been seen, the callback has not, and the worker is awake.
 * @param {import('./stage.mjs').Browser} browser
 * @param {import('./stage.mjs').Site} site
 * @param {Return} way
 */
async function timeCallback(browser, { appUrl, server, network }, { latency, isKept }) {
  const context = await browser.newContext();
  const page = await openTab(context, appUrl);
  if (isKept) await page.evaluate(keepApp);
  network.latency = latency;
  await signIn(page);
  network.latency = 0;
  if ((await page.evaluate(isAppKept)) !== isKept) throw new Error('the worker kept the app at another time');
  const timing = await page.evaluate((issuer) => {
    const [navigation] = performance.getEntriesByType('navigation');
    const resources = performance
      .getEntriesByType('resource')
      .map((entry) => ({ url: entry.name, at: entry.startTime }));
    // Redirects belong to the previous page: the time starts with the request for the callback itself.
    const start = /** @type {PerformanceNavigationTiming} */ (navigation).fetchStart;
    const toServer = resources.filter(({ url }) => url.startsWith(issuer));
    const requestAt = toServer[0]?.at ?? 0;
    const before = resources.filter(({ url, at }) => url.endsWith('.js') && at < requestAt);
    return {
      storedAt: (window.peer.signedInAt ?? 0) - start,
      requestAt: requestAt - start,
      requests: toServer.map(({ url }) => new URL(url).pathname),
      scripts: before.map(({ url }) => new URL(url).pathname),
    };
  }, server.issuer);
  await context.close();
  return timing;
}

/** Runs in the page: asks the worker to cache the app, as a page does some seconds after it has loaded. */
async function keepApp() {
  const { active, scope } = await navigator.serviceWorker.ready;
  active?.postMessage('keep-app');
  const isComplete = async () => (await caches.match(new URL('complete', scope))) !== undefined;
  while (!(await isComplete())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Runs in the page. */
async function isAppKept() {
  const { scope } = await navigator.serviceWorker.ready;
  return (await caches.match(new URL('complete', scope))) !== undefined;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** @type {(values: number[], unit: (value: number) => string) => string} */
const range = (values, unit) => `${unit(Math.min(...values))} to ${unit(Math.max(...values))}`;

/** @param {number} value */
const micros = (value) => `${value.toFixed(1)} µs`;

/** @param {number} value */
const millis = (value) => `${value.toFixed(0)} ms`;

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
