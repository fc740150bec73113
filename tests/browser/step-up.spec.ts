/** API-8: a network that requires step-up authentication for a post (RFC 9470), as the user sees it. */
import type { Page } from '@playwright/test';

import { challenged } from '#tests/support/fault.ts';
import { startMisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { allow, axeViolations, connected, expect, postNow, test as base } from './app.ts';

/** Birdsong never requires it: a server on another origin responds to the posts, as long as it is told to. */
const test = base.extend<{ demand: (page: Page) => Promise<void> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed off this pattern
  demand: async ({}, provide) => {
    const server = await startMisbehavingServer();
    const demanding = `${server.urls.issuer}/demanding`;
    server.misbehave(demanding, challenged('Bearer error="insufficient_user_authentication", max_age="300"'));
    await provide((page) => page.evaluate((url) => sessionStorage.setItem('test-demand', url), demanding));
    await server.stop();
  },
  page: async ({ page }, provide) => {
    await page.addInitScript(() => {
      const { fetch } = globalThis;
      globalThis.fetch = (input, init) => {
        const asked = input instanceof Request ? input : new Request(input, init);
        const url = sessionStorage.getItem('test-demand');
        const isPost = asked.method === 'POST' && new URL(asked.url).pathname.endsWith('/birdsong/api/posts');
        return isPost && url !== null ? fetch(url, { ...init }) : fetch(input, init);
      };
    });
    await provide(page);
  },
});
const satisfy = (page: Page): Promise<void> => page.evaluate(() => sessionStorage.removeItem('test-demand'));

const TEXT = 'Only for who is really there';
const card = (page: Page) => page.getByRole('article').filter({ hasText: TEXT });

async function refused(page: Page, appUrl: string, demand: (page: Page) => Promise<void>): Promise<void> {
  await connected(page, appUrl);
  await demand(page);
  await postNow(page, TEXT);
  await expect(card(page)).toContainText('Birdsong wants you to sign in again first.');
}

test('API-8: keeps the post, says why, and sends it automatically after one click and the sign-in', async ({
  page,
  appUrl,
  demand,
}) => {
  await refused(page, appUrl, demand);
  expect(await axeViolations(page)).toEqual([]);
  await card(page).getByRole('button', { name: 'Sign in again' }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  expect(new URL(page.url()).searchParams.get('max_age')).toBe('300');
  await satisfy(page);
  await allow(page);
  await expect(card(page)).toContainText('Sent');
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('API-8: says so if the same is required again, without an endless loop', async ({ page, appUrl, demand }) => {
  await refused(page, appUrl, demand);
  await card(page).getByRole('button', { name: 'Sign in again' }).click();
  await allow(page);
  await expect(card(page)).toContainText('Birdsong keeps asking for the same sign-in.');
  await expect(card(page).getByRole('button', { name: 'Sign in again' })).toBeHidden();
  await satisfy(page);
  await card(page).getByRole('button', { name: 'Try again' }).click();
  await expect(card(page)).toContainText('Sent');
});

test('API-8: after a denial the post still waits, and retrying requires the same', async ({ page, appUrl, demand }) => {
  await refused(page, appUrl, demand);
  await card(page).getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  expect(new URL(page.url()).searchParams.get('max_age')).toBe('300');
  await satisfy(page);
  await allow(page);
  await expect(card(page)).toContainText('Sent');
});
