/** The installed app: it opens offline, and offers a newer version without forcing it. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writePrecache } from '#scripts/precache.mjs';
import { serve } from '#scripts/serve.mjs';

import { axeViolations, connected, expect, test } from './app.ts';
import { appIsKept, keptAddresses } from './kept-app.ts';

test('M-18: opens offline, at any of its screens, with the planned posts', async ({ page, appUrl, context }) => {
  await connected(page, appUrl);
  await appIsKept(page, appUrl);
  await context.setOffline(true);
  await page.goto(`${appUrl}settings`);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.goto(`${appUrl}connections`);
  await expect(page.getByText('Lowtide Press')).toBeVisible();
  await context.setOffline(false);
});

test('PAGE-7: does not use the parameters of an authorization response as a cache key', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await appIsKept(page, appUrl);
  // A second sign-in returns to an app that is served from the cache.
  await page.getByRole('link', { name: 'Connections' }).first().click();
  await page.goto(`${appUrl}callback?code=a-code-that-nobody-keeps&state=unknown`);
  await expect(page.getByRole('heading').first()).toBeVisible();
  const kept = await keptAddresses(page);
  expect(kept.filter((address) => address.includes('?') || address.includes('callback?'))).toEqual([]);
  expect(kept.filter((address) => address.includes('/birdsong/'))).toEqual([]);
});

test('loads a newer version only on request, and tells an open tab when another has loaded it', async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), 'deployed-'));
  await cp('dist', folder, { recursive: true });
  const server = await serve(folder);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await appIsKept(page, server.url);

    const index = join(folder, 'index.html');
    await writeFile(index, (await readFile(index, 'utf8')).replace('lang="en"', 'lang="en" data-version="2"'));
    writePrecache(folder);
    const other = await context.newPage();
    await other.goto(`${server.url}settings`);

    // The old version is served until the user loads the new one.
    const offer = page.getByRole('status').filter({ hasText: 'A new version of Content Planner is ready.' });
    await expect(offer).toBeVisible({ timeout: 30_000 });
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        expect(await axeViolations(page), `${colorScheme} at ${width} px`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    }
    expect(await other.locator('html').getAttribute('data-version')).toBeNull();
    await offer.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('html[data-version="2"]')).toBeAttached({ timeout: 30_000 });
    await expect(other.getByText('Another tab has loaded a new version')).toBeVisible();
    await other.getByRole('button', { name: 'Reload' }).click();
    await expect(other.locator('html[data-version="2"]')).toBeAttached();
    await expect(other.getByText('Another tab has loaded')).toBeHidden();
  } finally {
    await context.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
});
