/** The built app in Chromium. Every test fails on a console error or warning, an uncaught error, or a CSP violation. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { serveByNginx } from '#scripts/nginx.mjs';
import { PRECACHE_FILE } from '#scripts/precache.mjs';
import { serve } from '#scripts/serve.mjs';

/** Who serves the built app: the server of `npm start`, or nginx under this path, by the configuration written for it. */
export interface Hosting {
  nginxPath: string | undefined;
}

interface WorkerFixtures extends Hosting {
  /** Whether the service worker keeps the app's files; where it does, tests can't hold or change what comes from the host. */
  keepsApp: boolean;
  /** The address of the built app, with its last slash. */
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

/** @throws where there is no nginx: playwright.config.ts asks for it only where there is */
function byNginx(path: string, folder: string): ReturnType<typeof serveByNginx> {
  const nginx = process.env['NGINX'];
  if (nginx === undefined) throw new Error('NGINX is not set');
  return serveByNginx(nginx, folder, { path });
}

/** A copy of the built app whose worker has no list of files to keep. */
async function withoutPrecache(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'app-'));
  await cp('dist', folder, { recursive: true });
  await writeFile(join(folder, PRECACHE_FILE), '');
  return folder;
}

/** Collects what a page complains of. CSP violations are console errors in Chromium. */
function guard(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // Chromium logs each answer of 400 and more by itself: for an OAuth client a 401 is a step, not a fault.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
}

/** From the first-run screen, or Connections, to Birdsong's page. */
export async function goToBirdsong(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Connect (Birdsong|another account)/ }).click();
  await expect(page).toHaveTitle(/Birdsong/);
}

/** Answers Birdsong's page. `untick` names permissions that are not granted. */
export async function allow(page: Page, { person = 'Lowtide Press', untick = [] as string[] } = {}): Promise<void> {
  await page.getByRole('radio', { name: person }).check();
  for (const permission of untick) await page.getByRole('checkbox', { name: permission }).uncheck();
  await page.getByRole('button', { name: 'Allow' }).click();
}

/** A newcomer who has connected Birdsong and stands before the planner. */
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

/** Presses buttons on Birdsong's own page, on which a presenter plays its server, and comes back to `page`. */
export async function pressControls(page: Page, appUrl: string, ...names: (string | RegExp)[]): Promise<void> {
  const controls = await page.context().newPage();
  await controls.goto(`${appUrl}birdsong/controls`);
  for (const name of names) {
    const answered = controls.waitForEvent('load');
    await controls.getByRole('button', { name }).click();
    await answered;
  }
  await controls.close();
  await page.bringToFront(); // a tab that stays behind is drawn so seldom that clicks in it wait
}

/** What axe has against the page as it stands, WCAG 2.2 A and AA: the rule and where. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Colours under way would be measured: what moves comes to its end first.
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
