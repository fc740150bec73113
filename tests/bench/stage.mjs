/** The environment of a bench: the page, its server and a Chromium, which this module starts and stops. */
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { chromiumArgs } from '#scripts/chromium-args.mjs';
import { serve } from '#scripts/serve.mjs';
import { startBenchServer } from './bench-server.mjs';
import { buildBenchPage, freshFolder } from './page-build.mjs';

/**
 * @typedef {import('@playwright/test').Browser} Browser
 * @typedef {import('@playwright/test').BrowserContext} BrowserContext
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {{ appUrl: string, folder: string, server: import('./bench-server.mjs').BenchServer, network: { latency: number }, close: () => Promise<void> }} Site
 *   folder: what is served; network: how late every answer is, of the page's host and of the authorization server, in
 *   milliseconds
 */

/** Longer than any time limit of the client. */
export const CALL_TIMEOUT_MS = 40_000;

/**
 * Serves the page like the product, beside a server of its own.
 * @param {{ tokenSeconds?: number }} [options]
 * @returns {Promise<Site>}
 */
export async function openSite(options = {}) {
  const folder = await freshFolder();
  const network = { latency: 0 };
  const beforeAnswer = async () => {
    if (network.latency > 0) await pause(network.latency);
  };
  const site = await serve(folder, { beforeAnswer });
  const server = await startBenchServer({ appUrl: site.url, beforeAnswer, ...options });
  const { issuer, endpoints, clientId, api } = server;
  await buildBenchPage(folder, { issuer, endpoints, clientId, api, scope: ['openid'] });
  return {
    appUrl: site.url,
    folder,
    server,
    network,
    async close() {
      await Promise.all([site.close(), server.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** @returns {Promise<Browser>} */
export async function openChromium() {
  const { chromium } = await import('@playwright/test');
  const { findOrInstallChromium } = await import('#scripts/chromium.mjs');
  return chromium.launch({ executablePath: await findOrInstallChromium(), args: chromiumArgs() });
}

/**
 * @param {BrowserContext} context
 * @param {string} url
 * @returns {Promise<Page>} a tab in which calls can be made
 */
export async function openTab(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => window.peer.ready);
  return page;
}

/**
 * Signs in and returns to the page.
 * @param {Page} page one of the bench's
 * @returns {Promise<void>} when the tokens are stored
 */
export async function signIn(page) {
  await page.evaluate(() => void window.peer.signIn());
  await page.waitForURL(({ pathname }) => pathname === '/callback');
  await page.evaluate(() => window.peer.ready);
}

/**
 * Creates a context with a signed-in user, and an empty tab that keeps it open.
 * @param {Browser} browser
 * @param {Site} site
 * @returns {Promise<BrowserContext>}
 */
export async function signedInContext(browser, site) {
  const context = await browser.newContext();
  await context.newPage();
  const page = await openTab(context, site.appUrl);
  await signIn(page);
  await page.close();
  return context;
}

/**
 * @param {Page} page
 * @returns {Promise<number>} the status of one call; 401 if a sign-in is needed, 0 without a response
 */
export function call(page) {
  return page.evaluate((patience) => {
    const late = new Promise((resolve) => setTimeout(resolve, patience, 0));
    const answer = window.peer.api('/me').catch(() => 0);
    return /** @type {Promise<number>} */ (Promise.race([answer, late]));
  }, CALL_TIMEOUT_MS);
}

/**
 * Returns whether a new tab can still call, with a token that must be refreshed first.
 * @param {BrowserContext} context
 * @param {Site} site
 */
export async function isAlive(context, { appUrl, server }) {
  server.expire();
  const page = await openTab(context, appUrl);
  const status = await call(page);
  await page.close();
  return status === 200;
}
