/** The app over https, identified to a server by its client id metadata document (M-12). */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromiumArgs } from '#scripts/chromium-args.mjs';
import { configure } from '#scripts/configure.mjs';
import { serve } from '#scripts/serve.mjs';
import { throwAwayCertificate } from '#tests/support/certificate.ts';
import { startDocumentPeer, type DocumentPeer } from '#tests/support/document-peer.ts';

import { expect, test as base } from './app.ts';

interface Deployed {
  /** The app's base URL, with its trailing slash. */
  url: string;
  folder: string;
  peer: DocumentPeer;
}

const test = base.extend<{ deployed: Deployed }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed off this pattern
  deployed: async ({}, provide) => {
    const tls = await throwAwayCertificate();
    const folder = mkdtempSync(join(tmpdir(), 'deployed-'));
    cpSync('dist', folder, { recursive: true });
    const site = await serve(folder, { tls });
    const peer = await startDocumentPeer(tls.cert);
    await provide({ url: site.url, folder, peer });
    await Promise.all([site.close(), peer.stop()]);
    rmSync(folder, { recursive: true });
  },
});
const executablePath = process.env['CHROMIUM'];
test.use({
  ignoreHTTPSErrors: true,
  // Chromium fetches the worker's script itself, without the option above.
  launchOptions: {
    args: [...chromiumArgs(), '--ignore-certificate-errors'],
    ...(executablePath !== undefined && { executablePath }),
  },
});

test('REG-1, REG-3, REG-4: is identified by its document if the server supports it, without registering; CB-6: requires iss', async ({
  page,
  deployed: { url, folder, peer },
}) => {
  configure(folder, { url });
  await page.goto(`${url}services/new`);
  await page.getByRole('textbox', { name: 'Service address' }).fill(peer.resource);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText(`${url}client-metadata.json`);
  await page.getByRole('checkbox', { name: /posts:read/ }).check();
  await page.getByRole('button', { name: /^Connect/ }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  const asked = new URL(page.url()).searchParams;
  expect(asked.get('client_id')).toBe(`${url}client-metadata.json`);
  expect(asked.get('redirect_uri')).toBe(`${url}callback`);
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page).toHaveURL(`${url}connections`);
  const card = page.getByRole('article');
  await card.getByText('Details').click();
  await expect(card).toContainText('client-metadata.json');
  await expect(card).toContainText('A client metadata document');
  expect((await peer.requests()).filter((request) => request.includes('register'))).toEqual([]);

  // Without `iss` the response could come from another server: it is rejected, and its code is sent nowhere.
  const exchanged = await tokenRequests(peer);
  await page.route('**/birdsong/authorize?**', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const location = new URL(response.headers()['location'] ?? '');
    location.searchParams.delete('iss');
    return route.fulfill({ response, headers: { ...response.headers(), location: location.href } });
  });
  await page.getByRole('button', { name: /^Connect another .* account/ }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('main')).toContainText(peer.issuer);
  await expect(page.getByRole('main')).toContainText('not stated');
  expect(await tokenRequests(peer)).toBe(exchanged);
});

const tokenRequests = async (peer: DocumentPeer): Promise<number> =>
  (await peer.requests()).filter((request) => request === 'POST /birdsong/token').length;

test('registers as before without its document', async ({ page, deployed: { url, peer } }) => {
  await page.goto(`${url}services/new`);
  await page.getByRole('textbox', { name: 'Service address' }).fill(peer.resource);
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: /posts:read/ }).check();
  await page.getByRole('button', { name: /^Connect/ }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  expect(new URL(page.url()).searchParams.get('client_id')).not.toContain('client-metadata.json');
  expect((await peer.requests()).filter((request) => request.includes('POST'))).not.toEqual([]);
});
