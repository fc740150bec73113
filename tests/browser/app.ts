/** The built app in Chromium. Every test fails on a console error or warning, an uncaught error, or a CSP violation. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { serveByNginx } from '#scripts/nginx.mjs';
import { PRECACHE_FILE } from '#scripts/precache.mjs';
import { serve } from '#scripts/serve.mjs';

/** Who serves the built app: the server of `npm start`, or nginx under this path with the generated configuration. */
export interface Hosting {
  nginxPath: string | undefined;
}

interface WorkerFixtures extends Hosting {
  /** Whether the service worker caches the app's files. If it does, tests cannot delay or change what the host sends. */
  keepsApp: boolean;
  /** The base URL of the built app, with its trailing slash. */
  appUrl: string;
}

export const test = base.extend<{ complaints: string[] }, WorkerFixtures>({
  nginxPath: [undefined, { scope: 'worker', option: true }],
  keepsApp: [true, { scope: 'worker', option: true }],
  appUrl: [
    async ({ nginxPath, keepsApp }, use) => {
      const folder = keepsApp ? 'dist' : await withoutPrecache();
      const server = nginxPath === undefined ? await serve(folder) : await byNginx(nginxPath, folder);
      await use(server.url);
      await server.close();
      if (!keepsApp) await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      guard(context, complaints);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** @throws if nginx is not installed: playwright.config.ts selects it only if it is */
function byNginx(path: string, folder: string): ReturnType<typeof serveByNginx> {
  const nginx = process.env['NGINX'];
  if (nginx === undefined) throw new Error('NGINX is not set');
  return serveByNginx(nginx, folder, { path });
}

/** A copy of the built app whose worker has no list of files to cache. */
async function withoutPrecache(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'app-'));
  await cp('dist', folder, { recursive: true });
  await writeFile(join(folder, PRECACHE_FILE), '');
  return folder;
}

/** Collects the console messages and errors of a page. CSP violations are console errors in Chromium. */
function guard(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // Chromium logs each response of 400 and above: for an OAuth client a 401 is an ordinary step.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
}

/** Goes from the first-run screen, or Connections, to Birdsong's consent page. */
export async function goToBirdsong(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Connect (Birdsong|another account)/ }).click();
  await expect(page).toHaveTitle(/Birdsong/);
}

/** Submits Birdsong's consent page. `untick` names permissions that are not granted. */
export async function allow(page: Page, { person = 'Lowtide Press', untick = [] as string[] } = {}): Promise<void> {
  await page.getByRole('radio', { name: person }).check();
  for (const permission of untick) await page.getByRole('checkbox', { name: permission }).uncheck();
  await page.getByRole('button', { name: 'Allow' }).click();
}

/** Connects Birdsong as a new user and opens the planner. */
export async function connected(page: Page, appUrl: string, answer: Parameters<typeof allow>[1] = {}): Promise<void> {
  await page.goto(appUrl);
  await goToBirdsong(page);
  await allow(page, answer);
  await expect(page.getByRole('button', { name: 'New post' })).toBeVisible();
}

/** Writes a post and sends it at once. */
export async function postNow(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill(text);
  await page.getByRole('button', { name: 'Post now on Birdsong' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Presses buttons on Birdsong's controls page, which simulate server events, and returns to `page`. */
export async function pressControls(page: Page, appUrl: string, ...names: (string | RegExp)[]): Promise<void> {
  const controls = await page.context().newPage();
  await controls.goto(`${appUrl}birdsong/controls`);
  for (const name of names) {
    const answered = controls.waitForEvent('load');
    await controls.getByRole('button', { name }).click();
    await answered;
  }
  await controls.close();
  await page.bringToFront(); // A background tab is drawn so rarely that clicks in it wait.
}

/** Returns axe's violations on the current page, WCAG 2.2 A and AA: the rule and the element. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Finish running animations first, because axe would measure intermediate colours.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      const isEndless = animation.effect?.getComputedTiming().endTime === Infinity;
      if (isEndless) animation.cancel();
      else animation.finish();
    }
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
