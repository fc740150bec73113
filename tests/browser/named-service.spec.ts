/** A service in services.json, with its icon and its limit. */
import type { Page } from '@playwright/test';

import { axeViolations, expect } from './app.ts';
import { signInAsAda, test } from './peers.ts';

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#a33"/></svg>`;

async function nameNotices(page: Page, oidc: { resource: string; issuer: string }): Promise<void> {
  const scope = ['openid', 'profile', 'offline_access', 'notices:read'];
  const notices = {
    id: 'notices',
    name: 'Notices',
    resource: oidc.resource,
    issuer: oidc.issuer,
    scopes: [{ scope, label: 'Read the notices' }],
    icon: './notices.svg',
    limits: { characters: 500 },
  };
  await page.route('**/services.json', (route) => route.fulfill({ json: { birdsong: false, services: [notices] } }));
}

/** The positions and sizes of the logos on a page. */
const boxes = (page: Page) =>
  page
    .locator('img')
    .evaluateAll((images) => images.map((image) => JSON.stringify(image.parentElement?.getBoundingClientRect())));

test('M-12: shows its icon wherever its logo is, and nothing moves when it loads', async ({
  page,
  appUrl,
  peers: { oidc },
}) => {
  await nameNotices(page, oidc);
  let letCome = (): void => undefined;
  const mayCome = new Promise<void>((resolve) => (letCome = resolve));
  await page.route('**/notices.svg', async (route) => {
    await mayCome;
    await route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
  });
  // After everything else has loaded; the icon has not.
  await page.goto(`${appUrl}connections`, { waitUntil: 'domcontentloaded' });
  const connect = page.getByRole('button', { name: 'Connect Notices' });
  await connect.waitFor();
  await expect(connect).toContainText('N');
  const before = await boxes(page);
  letCome();
  await expect(page.locator('img')).toBeVisible();
  await expect(connect).toHaveText('Connect Notices');
  expect(await boxes(page)).toEqual(before);

  await connect.click();
  await signInAsAda(page);
  const card = page.getByRole('article', { name: /Notices, Ada Byron/ });
  await expect(card.locator('img')).toBeVisible();
  await card.getByText('Details').click();
  await expect(card).toContainText('Up to 500 characters per post.');
  expect(await axeViolations(page)).toEqual([]);
  await card.getByRole('link', { name: /Console/ }).click();
  await expect(page.getByRole('heading', { name: 'Console' })).toBeVisible();
  await expect(page.getByRole('main').locator('img')).toBeVisible();
  await page.getByRole('combobox', { name: 'Method' }).selectOption('POST');
  await expect(page.getByRole('main')).toContainText('Up to 500 characters per post on Notices.');
  expect(await axeViolations(page)).toEqual([]);
});

test('M-12: keeps its first letter if its icon is missing', async ({ page, appUrl, peers: { oidc } }) => {
  await nameNotices(page, oidc);
  const missing = page.waitForResponse('**/notices.svg');
  await page.goto(`${appUrl}connections`);
  expect((await missing).status()).toBe(404);
  await expect(page.getByRole('button', { name: 'Connect Notices' })).toHaveText('NConnect Notices');
  await expect(page.locator('img')).toBeHidden();
});

test('the console restores a whole request from its history', async ({ page, appUrl, peers: { oidc } }) => {
  await nameNotices(page, oidc);
  await page.route('**/notices.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }));
  await page.goto(`${appUrl}connections`);
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await signInAsAda(page);
  await page.getByRole('link', { name: /Console/ }).click();
  await page.getByRole('combobox', { name: 'Method' }).selectOption('POST');
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('textbox', { name: 'More headers' }).fill('Content-Type: application/json');
  await page.getByRole('textbox', { name: 'Body' }).fill('{"text": "Hello"}');
  await page.getByRole('button', { name: 'Send' }).click();
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByRole('button')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'More headers' }).fill('');
  await page.getByRole('textbox', { name: 'Body' }).fill('');
  await page.getByRole('combobox', { name: 'Method' }).selectOption('GET');
  await history.getByRole('button').click();
  await expect(page.getByRole('textbox', { name: 'Path' })).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Method' })).toHaveValue('POST');
  await expect(page.getByRole('textbox', { name: 'More headers' })).toHaveValue('Content-Type: application/json');
  await expect(page.getByRole('textbox', { name: 'Body' })).toHaveValue('{"text": "Hello"}');
  expect(await axeViolations(page)).toEqual([]);
});
