/** The built app in one engine, and the ways through it that several tests take. */
import { test as base, expect } from '@playwright/test';

import { serve } from '#scripts/serve.mjs';

import type { BrowserDriver, EngineName, Setup } from './driver.ts';
import { launch } from './installed.ts';
import { openPage, type StoryPage } from './page.ts';

/** Set by the project. */
export interface EngineOptions {
  engine: EngineName;
}

interface WorkerFixtures extends EngineOptions {
  /** Serves the built app; `stop` takes the host off the net. */
  host: { url: string; stop: () => Promise<void> };
}

export const test = base.extend<object, WorkerFixtures>({
  engine: ['chromium', { scope: 'worker', option: true }],
  host: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const server = await serve('dist');
      let isStopped = false;
      const stop = async (): Promise<void> => {
        if (!isStopped) await server.close();
        isStopped = true;
      };
      await use({ url: server.url, stop });
      await stop();
    },
    { scope: 'worker' },
  ],
});
export { expect };

/** A running browser, and how to open tabs in it. */
export interface Started {
  browser: BrowserDriver;
  openTab: () => Promise<StoryPage>;
  /** Fails for what its pages have complained of since the last call. */
  expectNoComplaints: () => void;
}

/** Starts an engine's browser with a profile of its own. Its pages' pictures go to `.cache/engines`. */
export async function startBrowser(engine: EngineName, setup: Setup = 'normal'): Promise<Started> {
  const browser = await launch(engine, setup);
  const pictures = `.cache/engines/${engine}${setup === 'normal' ? '' : `-${setup}`}`;
  let heard = 0;
  return {
    browser,
    openTab: () => openPage(browser, pictures),
    expectNoComplaints: () => {
      const fresh = browser.complaints.slice(heard);
      heard = browser.complaints.length;
      expect(fresh).toEqual([]);
    },
  };
}

/** From the first screen, or Connections, to Birdsong's page. */
export async function goToBirdsong(page: StoryPage): Promise<void> {
  await page.click('button', /^Connect (Birdsong|another account)/);
  await page.isAt(/\/birdsong\/authorize/);
  await page.element('button', { name: 'Allow' });
}

/** Answers Birdsong's page. `untick` names permissions that are not granted. */
export async function allow(page: StoryPage, untick: readonly string[] = []): Promise<void> {
  await page.click('radio', /Lowtide Press/);
  for (const permission of untick) await page.click('checkbox', new RegExp(`^${permission}`));
  await page.click('button', 'Allow');
}

/** A newcomer connects Birdsong and is back at the planner. */
export async function connect(page: StoryPage, url: string, untick: readonly string[] = []): Promise<void> {
  await page.open(url);
  await goToBirdsong(page);
  await allow(page, untick);
  await page.element('button', { name: 'New post' });
}

/** Writes a post and sends it at once. */
export async function postNow(page: StoryPage, text: string): Promise<void> {
  await page.click('button', 'New post');
  await page.type('textbox', 'Post', text);
  await page.click('button', 'Post now on Birdsong');
  await page.lacks('dialog');
}

/** Answers oidc-provider's pages. */
export async function signInAsAda(page: StoryPage): Promise<void> {
  await page.isAt(/\/interaction\//);
  await page.click('button', 'Ada Byron');
  await page.click('button', 'Allow');
}

/** Goes to a screen by the frame's navigation. */
export async function goTo(
  page: StoryPage,
  screen: 'Planner' | 'Connections' | 'Flow inspector' | 'Settings',
): Promise<void> {
  await page.click('link', screen, { role: 'navigation' });
  if (screen !== 'Planner') await page.element('heading', { name: screen });
}

/** Lets Birdsong's access tokens expire, at its controls in a tab of its own. */
export async function expireTokens(openTab: () => Promise<StoryPage>, url: string): Promise<void> {
  const controls = await openTab();
  await controls.open(`${url}birdsong/controls`);
  await controls.click('button', 'Expire access tokens now');
  await controls.sees('All access tokens have expired', 'status');
  await controls.close();
}
