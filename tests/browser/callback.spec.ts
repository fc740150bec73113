import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import type { Page } from '@playwright/test';

import { allow, connected, expect, goToBirdsong, test } from './app.ts';

// These tests delay the host's responses and measure what is loaded.
test.use({ keepsApp: false });

/** Lets Birdsong respond, but stops the browser before it opens the callback. Returns the callback URL. */
async function answerHeld(page: Page, appUrl: string): Promise<URL> {
  await page.goto(appUrl);
  await goToBirdsong(page);
  const held = new Promise<URL>((resolve) => {
    void page.route(/\/callback\?/, async (route) => {
      resolve(new URL(route.request().url()));
      await route.abort();
    });
  });
  await allow(page);
  const address = await held;
  await page.unroute(/\/callback\?/);
  return address;
}

test.describe('the callback page', () => {
  test('CB-3: rejects a response that this tab did not request', async ({ page, appUrl }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(`${appUrl}callback?code=stolen&state=made-up`);
    await expect(page.getByRole('heading', { name: 'This sign-in wasn’t started here' })).toBeFocused();
    expect(requests.filter((path) => path === '/birdsong/token')).toEqual([]);
    expect(await page.evaluate(() => location.search)).toBe('');
  });

  test('CB-2: rejects a response with a repeated parameter', async ({ page, appUrl }) => {
    await page.goto(`${appUrl}callback?code=a&code=b&state=s`);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByText(/more than once|twice/)).toBeVisible();
  });

  test('CB-4: discards a response of another issuer', async ({ page, appUrl }) => {
    const held = await answerHeld(page, appUrl);
    held.searchParams.set('iss', 'https://attacker.example');
    await page.goto(held.href);
    await expect(page.getByRole('heading', { name: 'The response came from a different server' })).toBeVisible();
    await expect(page.getByText('attacker.example')).toBeVisible();
  });

  test('CB-1, CB-8: removes the code from the URL at once; reload and Back redeem nothing', async ({
    page,
    appUrl,
  }) => {
    const redeemed: string[] = [];
    const referrers: (string | undefined)[] = [];
    await page.addInitScript(() => {
      const { fetch } = globalThis;
      const fetchedFrom: string[] = [];
      Object.assign(globalThis, { fetchedFrom });
      globalThis.fetch = (...request) => {
        fetchedFrom.push(location.href);
        return fetch(...request);
      };
    });
    page.on('request', (request) => {
      referrers.push(request.headers()['referer']);
      if (request.url().endsWith('/birdsong/token')) redeemed.push(request.postData() ?? '');
    });
    const held = await answerHeld(page, appUrl);
    await page.goto(held.href);
    await expect(page.getByRole('button', { name: 'New post' })).toBeVisible();
    expect(redeemed).toHaveLength(1);
    // Set above.
    const fetchedFrom = await page.evaluate(() => (globalThis as unknown as { fetchedFrom: string[] }).fetchedFrom);
    expect(fetchedFrom.length).toBeGreaterThan(0);
    expect([...fetchedFrom, ...referrers].filter((address) => address?.includes('code='))).toEqual([]);
    await page.goto(held.href);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await page.reload();
    await expect(page.getByText('Nothing to finish here')).toBeVisible();
    expect(redeemed).toHaveLength(1);
  });

  test('AUTH-8: redirects the whole page to the server and back, and ignores a forged message', async ({
    page,
    appUrl,
    context,
  }) => {
    const redeemed: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/birdsong/token'))
        redeemed.push(new URLSearchParams(request.postData() ?? '').get('code') ?? '');
    });
    const forge = (): Promise<void> =>
      page.evaluate(() => {
        const state = Object.keys(sessionStorage)
          .find((key) => key.startsWith('sign-in '))
          ?.slice('sign-in '.length);
        const answer = { code: 'stolen', state, url: `/callback?code=stolen&state=${state}` };
        for (const message of [answer, { type: 'authorization_response', response: answer }])
          window.postMessage(message, '*');
      });
    await page.goto(appUrl);
    await forge();
    await goToBirdsong(page);
    expect(context.pages()).toHaveLength(1);
    expect(page.frames()).toHaveLength(1);
    // Back at the app, with a pending sign-in.
    await page.goto(appUrl);
    await forge();
    await goToBirdsong(page);
    await allow(page);
    await expect(page.getByRole('button', { name: 'New post' })).toBeVisible();
    expect(redeemed).toHaveLength(1);
    expect(redeemed).not.toContain('stolen');
  });

  test('returns to the draft that the sign-in interrupted', async ({ page, appUrl }) => {
    await connected(page, appUrl, { untick: ['Post for you'] });
    await page.getByRole('button', { name: 'New post' }).click();
    await page.getByRole('textbox', { name: 'Post' }).fill('Worth keeping');
    await page.getByRole('checkbox', { name: /Birdsong/ }).check();
    await page.getByRole('button', { name: 'Allow posting' }).first().click();
    await expect(page).toHaveTitle(/Birdsong/);
    await allow(page);
    await expect(page.getByRole('textbox', { name: 'Post' })).toHaveValue('Worth keeping');
    await page.getByRole('button', { name: 'Post now on Birdsong' }).click();
    await expect(page.getByRole('article').filter({ hasText: 'Worth keeping' })).toContainText('Sent');
  });

  test('loads at most 20 kB of script before the token request', async ({ page, appUrl }) => {
    const held = await answerHeld(page, appUrl);
    const left = page.waitForRequest((request) => request.url().endsWith('/birdsong/token'));
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
    });
    await page.goto(held.href, { waitUntil: 'commit' });
    await left;
    const loaded = scripts.map((path) => gzipSync(readFileSync(`dist${path}`)).length);
    const bytes = loaded.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(20_000);
  });
});
