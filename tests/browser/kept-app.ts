/** Reads the service worker's cache of the app's own files. */
import type { Page } from '@playwright/test';

import { expect } from './app.ts';

/** The URLs in the worker's caches. */
export const keptAddresses = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  });

/** Waits until the whole app is cached. */
export const appIsKept = (page: Page, appUrl: string): Promise<void> =>
  expect.poll(() => keptAddresses(page), { timeout: 30_000 }).toContain(`${appUrl}complete`);
