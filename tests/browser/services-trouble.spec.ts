/** Misbehaving services on another origin, added by URL: what only a browser can show. */
import type { Page } from '@playwright/test';

import { changed, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { expect, test as base } from './app.ts';

const test = base.extend<{ server: MisbehavingServer }>({
  server: async ({ complaints }, provide) => {
    const server = await startMisbehavingServer();
    await provide(server);
    await server.stop();
    // What the browser logs about responses that no page may read.
    const unexpected = complaints.filter((complaint) => !/CORS|Failed to load resource/.test(complaint));
    expect(unexpected).toEqual([]);
    complaints.length = 0;
  },
});

async function search(page: Page, appUrl: string, address: string): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await page.getByRole('link', { name: 'Add a service' }).first().click();
  await page.getByRole('textbox', { name: 'Service address' }).fill(address);
  await page.keyboard.press('Enter');
}

async function connect(page: Page, appUrl: string): Promise<void> {
  await page.getByRole('button', { name: /^Connect/ }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page).toHaveURL(`${appUrl}connections`);
  await expect(page.getByRole('article', { name: /@lowtide/ })).toBeVisible();
}

const UNREADABLE_CHALLENGES: [string, (elsewhere: string) => Fault][] = [
  [
    'whose challenge no page may read',
    (elsewhere) => ({
      kind: 'answer',
      status: 401,
      headers: {
        'www-authenticate': `Bearer resource_metadata="${elsewhere}"`,
        'access-control-expose-headers': 'Content-Length',
      },
    }),
  ],
  ['whose refusal no page may read', () => ({ kind: 'unreadable' })],
];

for (const [what, fault] of UNREADABLE_CHALLENGES) {
  test(`DISC-4: an API ${what} is found at the well-known URL, and connected`, async ({ page, appUrl, server }) => {
    const elsewhere = `${server.urls.issuer}/elsewhere`;
    server.misbehave(server.urls.resource, fault(elsewhere));
    await search(page, appUrl, server.urls.resource);
    await expect(page.getByRole('main')).toContainText('Found');
    await page.getByRole('checkbox', { name: /posts:read/ }).check();
    await connect(page, appUrl);
    expect(server.count(elsewhere)).toBe(0);
    expect(server.count(server.urls.resourceMetadata)).toBeGreaterThan(0);
  });
}

test('PAGE-8, UI-2: links in metadata are not loaded, and the server’s name changes nothing around it', async ({
  page,
  appUrl,
  server,
}) => {
  const beacon = `${server.urls.issuer}/beacon`;
  const links = {
    logo_uri: beacon,
    tos_uri: beacon,
    service_documentation: beacon,
    op_policy_uri: 'javascript:alert(document.domain)',
    op_tos_uri: beacon,
    resource_documentation: beacon,
    resource_policy_uri: 'javascript:alert(document.domain)',
    resource_name: `<img src="${beacon}">\u202Eelpmaxe.live${'x'.repeat(10_000)}`,
  };
  const { resource, resourceMetadata, serverMetadata, registration } = server.urls;
  for (const address of [resourceMetadata, serverMetadata, registration]) server.misbehave(address, changed(links));
  await search(page, appUrl, resource);
  await expect(page.getByRole('main')).toContainText('It calls itself');
  const claim = page.locator('bdi').filter({ hasText: '<img' });
  await expect(claim).toHaveCount(1);
  expect((await claim.textContent())?.length).toBeLessThanOrEqual(100);
  await page.getByRole('checkbox', { name: /posts:read/ }).check();
  await connect(page, appUrl);
  await page.getByText('Details').click();
  expect(await page.locator('a[href^="javascript:"], img[src*="beacon"], a[href*="beacon"]').count()).toBe(0);
  expect(server.count(beacon)).toBe(0);
});
