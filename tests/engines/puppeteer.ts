/** Chromium (by the DevTools protocol) and Firefox (by WebDriver BiDi) through Puppeteer. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import puppeteer, { type ElementHandle, type LaunchOptions, type Page } from 'puppeteer-core';

import { chromiumArgs } from '#scripts/chromium-args.mjs';

import { WINDOW, type BrowserDriver, type PageDriver, type Setup } from './driver.ts';

/** Starts Chromium or Firefox from an executable. */
export async function launchPuppeteer(
  engine: 'chromium' | 'firefox',
  executablePath: string,
  setup: Setup,
): Promise<BrowserDriver> {
  const folder = await mkdtemp(join(tmpdir(), `${engine}-`));
  const downloads = join(folder, 'downloads');
  await mkdir(downloads);
  const options = engine === 'firefox' ? firefox(setup, downloads) : await chromium(setup, folder, downloads);
  const browser = await puppeteer.launch({
    ...options,
    executablePath,
    headless: true,
    defaultViewport: WINDOW,
    // The tests stop the browser and wait for it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const context =
    engine === 'chromium' && setup === 'private'
      ? await browser.createBrowserContext({ downloadBehavior: { policy: 'allow', downloadPath: downloads } })
      : browser.defaultBrowserContext();
  const complaints: string[] = [];
  return {
    version: await browser.version(),
    complaints,
    downloads,
    async newPage() {
      const page = await context.newPage();
      await watch(page, complaints);
      return pageDriver(page);
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function firefox(setup: Setup, downloads: string): LaunchOptions {
  return {
    browser: 'firefox',
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'browser.privatebrowsing.autostart': setup === 'private',
      'dom.serviceWorkers.enabled': setup !== 'no-service-worker',
      // 2 is the setting "Block all cookies".
      'network.cookie.cookieBehavior': setup === 'storage-blocked' ? 2 : 5,
    },
  };
}

async function chromium(setup: Setup, folder: string, downloads: string): Promise<LaunchOptions> {
  const userDataDir = join(folder, 'profile');
  if (setup === 'storage-blocked') {
    await mkdir(join(userDataDir, 'Default'), { recursive: true });
    // The setting "Don't allow sites to save data on your device".
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(userDataDir, 'Default', 'Preferences'), JSON.stringify(preferences));
  }
  return {
    userDataDir,
    args: [...chromiumArgs(), `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`],
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
  };
}

/** A host name of this machine that is not loopback: its pages are not a secure context and have no service workers. */
export const INSECURE_HOST = 'planner.test';

async function watch(page: Page, complaints: string[]): Promise<void> {
  page.on('console', (message) => {
    if (!['error', 'warn', 'warning'].includes(message.type())) return;
    // Chromium logs each answer of 400 and more by itself: for an OAuth client a 401 is a step, not an error.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    // Chromium warns that the header has no effect in an insecure context.
    if (message.text().startsWith('The Cross-Origin-Opener-Policy header has been ignored')) return;
    complaints.push(`${message.type()}: ${message.text()} (${message.location().url ?? page.url()})`);
  });
  page.on('pageerror', (error) => {
    const message = error instanceof Error ? error.message : String(error);
    // Firefox logs that registering a worker failed, whether or not the page handles it.
    if (!message.startsWith('Failed to register/update a ServiceWorker')) complaints.push(`uncaught: ${message}`);
  });
  // Firefox reports CSP violations to scripts only, not to the driver.
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // oxlint-disable-next-line no-console -- what the driver hears
      console.error(`CSP: ${violatedDirective} blocked ${blockedURI}`);
    });
  });
}

/** A function as Puppeteer takes it: its arguments and result travel as JSON. */
type Serialized = (...args: unknown[]) => unknown;

function pageDriver(page: Page): PageDriver {
  return {
    open: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' })),
    reload: async () => void (await page.reload({ waitUntil: 'domcontentloaded' })),
    back: () => page.evaluate(() => void setTimeout(() => history.back(), 0)),
    evaluate: <R>(run: unknown, ...args: unknown[]) => page.evaluate(run as Serialized, ...args) as Promise<R>,
    async find(run, ...args) {
      const handle = await page.evaluateHandle(run as Serialized, ...args);
      const element = handle.asElement() as ElementHandle | null;
      return element && { click: () => element.click(), type: (text) => element.type(text) };
    },
    clickAt: (x, y) => page.mouse.click(x, y),
    press: (key) => page.keyboard.press(key),
    picture: async (file) => void (await page.screenshot({ path: file })),
    toFront: () => page.bringToFront(),
    close: () => page.close(),
  };
}
