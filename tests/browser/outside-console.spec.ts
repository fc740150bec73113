/** A server in the field as the console and two tabs see it (D6, E7, E8), in Chromium. */
import type { Page } from '@playwright/test';

import { challenged, changed, json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { expect, test as base } from './app.ts';

const test = base.extend<{ server: MisbehavingServer }>({
  server: async ({ complaints }, provide) => {
    const server = await startMisbehavingServer();
    await provide(server);
    await server.stop();
    // What the browser logs about responses that no page may read, and connections that break.
    const unexpected = complaints.filter((complaint) => !/CORS|Failed to load resource/.test(complaint));
    expect(unexpected).toEqual([]);
    complaints.length = 0;
  },
});

async function found(page: Page, appUrl: string, server: MisbehavingServer): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await page.getByRole('link', { name: 'Add a service' }).first().click();
  await page.getByRole('textbox', { name: 'Service address' }).fill(server.urls.resource);
  await page.keyboard.press('Enter');
  for (const name of [/posts:read/, /posts:write/]) await page.getByRole('checkbox', { name }).check();
}
const press = (page: Page) => page.getByRole('button', { name: /^Connect/ }).click();

test('D6, E8: the console asks the resource itself, and says what a lost or rejected request may mean', async ({
  page,
  appUrl,
  server,
}) => {
  server.misbehave(server.urls.token, changed({ refresh_token: undefined, expires_in: undefined }));
  await found(page, appUrl, server);
  await press(page);
  await page.getByRole('button', { name: 'Allow' }).click();
  const card = page.getByRole('article', { name: /@lowtide/ });
  await expect(card).toContainText('doesn’t say when access expires');
  await expect(card.locator('bdi', { hasText: /^@lowtide$/ })).toBeVisible();
  await card.getByRole('link', { name: /Console/ }).click();
  const pane = page.getByRole('region', { name: 'Response' });
  const send = () => page.getByRole('button', { name: 'Send' }).click();

  server.misbehave(server.urls.resource, json(200, { index: 'of the API' }));
  await expect(page.getByText(server.urls.resource, { exact: true })).toBeVisible();
  await send();
  await expect(pane).toContainText('of the API');

  const posts = `${server.urls.resource}/posts`;
  await page.getByRole('textbox', { name: 'Path' }).fill('posts');
  server.misbehave(posts, challenged('Bearer error="invalid_token"'));
  await send();
  await expect(pane).toContainText('rejected it, and it can’t be refreshed');

  server.misbehave(posts, { kind: 'lost-answer' });
  await page.getByRole('combobox', { name: 'Method' }).selectOption('POST');
  await send();
  await expect(pane).toContainText('The POST request may still have been processed, even more than once');
});

test('E7: two tabs that connect one address at the same moment list it once', async ({ page, appUrl, server }) => {
  const other = await page.context().newPage();
  await Promise.all([found(page, appUrl, server), found(other, appUrl, server)]);
  await Promise.all([press(page), press(other)]);
  for (const tab of [page, other]) await expect(tab.getByRole('button', { name: 'Allow' })).toBeVisible();
  await page.goto(`${appUrl}connections`);
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(1);
});
