/** DPoP and PAR in Chromium, against oidc-provider on another origin (M-20). */
import type { BrowserContext, Page } from '@playwright/test';

import { axeViolations, expect } from './app.ts';
import { connectService } from './connect-service.ts';
import { stepsSeenIn } from './inspector.ts';
import { test } from './peers.ts';

test.use({ peerOptions: { binding: 'required-with-nonces', pushing: 'required', accessTokenSeconds: 3600 } });

/** Calls the notices from the console of the only connection. */
async function send(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await page.getByRole('link', { name: /Console/ }).click();
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
}
const card = (page: Page) => page.getByRole('article', { name: /Ada Byron/ });

/** Returns what script of this origin can do with the stored keys. */
function keysIn(page: Page) {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('proof-keys');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('no keys')));
    });
    const kept = await new Promise<{ key: CryptoKeyPair }[]>((resolve) => {
      const request = database.transaction('entries').objectStore('entries').getAll();
      request.addEventListener('success', () => resolve(request.result));
    });
    database.close();
    return Promise.all(
      kept.map(async ({ key: { privateKey } }) => ({
        isExtractable: privateKey.extractable,
        exported: await crypto.subtle.exportKey('jwk', privateKey).then(
          () => 'exported',
          (error: unknown) => (error instanceof DOMException ? error.name : 'another error'),
        ),
      })),
    );
  });
}

/** Every request with a proof so far: its URL and the proof. */
function proofsSent(context: BrowserContext): { url: string; headers: Record<string, string> }[] {
  const sent: { url: string; headers: Record<string, string> }[] = [];
  context.on('request', (request) => {
    if (request.headers()['dpop'] !== undefined) sent.push({ url: request.url(), headers: request.headers() });
  });
  return sent;
}

test('DPOP-1 to DPOP-6, PAR: uses what the server requires, and shows it on the connection', async ({
  page,
  appUrl,
  context,
  peers: { oidc },
}) => {
  const sent = proofsSent(context);
  await connectService(page, appUrl, oidc.resource, {
    scopes: [/notices:read/],
    async whenFound() {
      const found = page.getByRole('main');
      await expect(found).toContainText('work only with this browser’s key (DPoP)');
      await expect(found).toContainText('sent directly to the server (PAR)');
      expect(await axeViolations(page)).toEqual([]);
    },
    async whenLeft() {
      expect(oidc.requests.filter((request) => request === 'POST /request')).toHaveLength(2); // The nonce.
    },
  });
  await card(page).getByText('Details').click();
  await expect(card(page)).toContainText('Works only with this browser’s key');
  expect(await axeViolations(page)).toEqual([]);

  await send(page, appUrl);
  await expect(page.getByRole('main')).toContainText('200');
  expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(
    expect.arrayContaining(['/request', '/token', '/api/notices']),
  );

  await page.reload();
  expect(await keysIn(page)).toEqual([{ isExtractable: false, exported: 'InvalidAccessError' }]);
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('200');

  // An intercepted proof is useless.
  const caught = sent.findLast(({ url }) => url.endsWith('/api/notices'));
  const again = await fetch(caught?.url ?? '', { headers: caught?.headers ?? {} });
  expect(again.status).toBe(401);
  expect(again.headers.get('www-authenticate')).toContain('invalid_dpop_proof');

  await page.goto(`${appUrl}connections`);
  await card(page)
    .getByRole('button', { name: /^Disconnect/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('main')).toContainText('account disconnected');
  await expect(page.getByRole('main')).toContainText('are revoked');
  await expect.poll(() => keysIn(page)).toEqual([]);

  // M-16: the inspector shows all of it. The newest flow comes first, so each is searched separately.
  const steps = await stepsSeenIn(page);
  for (const told of [
    /POST \/reg,.*201/,
    /POST \/request,.*400 use_dpop_nonce/,
    /POST \/request,.*201/,
    /GET \/auth,.*Content Planner to Authorization server/,
    /POST \/token,.*200/,
    /GET \/api\/notices,.*200/,
    /POST \/token\/revocation,.*200/,
  ]) {
    expect(steps.filter((step) => told.test(step)).length, `${told} in\n${steps.join('\n')}`).toBeGreaterThan(0);
  }
});

test('two tabs with one key: both call, and one refresh serves both (REF-3)', async ({
  page,
  appUrl,
  context,
  peers: { oidc },
}) => {
  const sent = proofsSent(context);
  await connectService(page, appUrl, oidc.resource, { scopes: [/notices:read/, /offline_access/] });
  await send(page, appUrl);
  await expect(page.getByRole('main')).toContainText('200');
  const other = await context.newPage();
  await send(other, appUrl);
  await expect(other.getByRole('main')).toContainText('200');
  expect(await keysIn(other)).toHaveLength(1);

  let refreshes = 0;
  oidc.provider.on('grant.success', () => (refreshes += 1));
  const token = sent.at(-1)?.headers['authorization']?.replace('DPoP ', '') ?? '';
  await (await oidc.provider.AccessToken.find(token))?.destroy();
  await Promise.all([page, other].map((one) => one.getByRole('button', { name: 'Send' }).click()));
  for (const one of [page, other]) await expect(one.getByRole('main')).toContainText('200');
  // Each tab has called with the new token.
  const isRefreshed = ({ headers }: { headers: Record<string, string> }) =>
    headers['authorization'] !== undefined && headers['authorization'] !== `DPoP ${token}`;
  await expect.poll(() => sent.filter(isRefreshed).length).toBeGreaterThanOrEqual(2);
  expect(refreshes).toBe(1);
});

test.describe('a clock that is off by 10 minutes', () => {
  for (const minutes of [10, -10]) {
    for (const apiWantsNonces of [true, false]) {
      test.describe(`${minutes} minutes, ${apiWantsNonces ? 'with' : 'without'} nonces at the API`, () => {
        test.use({ peerOptions: { binding: 'nonces', apiWantsNonces, accessTokenSeconds: 3600 } });
        test('DPOP-9: still signs in and calls', async ({ page, appUrl, peers: { oidc } }) => {
          await page.addInitScript((ahead) => {
            const now = Date.now.bind(Date);
            Date.now = () => now() + ahead;
          }, minutes * 60_000);
          await connectService(page, appUrl, oidc.resource, { scopes: [/notices:read/] });
          await send(page, appUrl);
          await expect(page.getByRole('main')).toContainText('200');
        });
      });
    }
  }
});

test.describe('a server that supports DPoP but does not require it', () => {
  test.use({ peerOptions: { binding: 'nonces', accessTokenSeconds: 3600 } });

  test('DPOP-7: is named as the cause if the page cannot read its nonce', async ({ page, appUrl, peers: { oidc } }) => {
    await page.route(`${oidc.issuer}/request`, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const response = await route.fetch();
      return route.fulfill({
        response,
        headers: { ...response.headers(), 'access-control-expose-headers': 'WWW-Authenticate' },
      });
    });
    await connectService(page, appUrl, oidc.resource, { scopes: [/notices:read/], failsAt: 'start' });
    await expect(page.getByRole('main')).toContainText('hides a value that browser apps need');
    await expect(page.getByRole('main')).toContainText('Access-Control-Expose-Headers: DPoP-Nonce');
  });

  test('DPOP-4: shows a bearer token differently from a bound one', async ({ page, appUrl, peers: { oidc } }) => {
    await page.route(`${oidc.issuer}/token`, async (route) => {
      const response = await route.fetch();
      if (!response.ok() || route.request().method() !== 'POST') return route.fulfill({ response });
      const answer = (await response.json()) as object;
      return route.fulfill({ response, json: { ...answer, token_type: 'Bearer' } });
    });
    await connectService(page, appUrl, oidc.resource, { scopes: [/notices:read/] });
    await card(page).getByText('Details').click();
    await expect(card(page)).toContainText('offers DPoP but didn’t use it here');
  });
});

test.describe('a resource that requires DPoP', () => {
  test.use({ peerOptions: { binding: 'required', accessTokenSeconds: 3600 } });

  test('DPOP-4: a bearer token is discarded, and nothing is connected (case 28)', async ({
    page,
    appUrl,
    peers: { oidc },
  }) => {
    await page.route(`${oidc.issuer}/token`, async (route) => {
      const response = await route.fetch();
      if (!response.ok() || route.request().method() !== 'POST') return route.fulfill({ response });
      const answer = (await response.json()) as object;
      return route.fulfill({ response, json: { ...answer, token_type: 'Bearer' } });
    });
    await connectService(page, appUrl, oidc.resource, { scopes: [/notices:read/], failsAt: 'callback' });
    await expect(page.getByRole('main')).toContainText('returned an unprotected token');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('DPOP-1: a browser that stores no key fails before the redirect', async ({ page, appUrl, peers: { oidc } }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...[value, key]: Parameters<typeof put>) {
        if (this.transaction.db.name !== 'proof-keys') return put.call(this, value, key);
        throw new DOMException('the object could not be cloned', 'DataCloneError');
      };
    });
    await connectService(page, appUrl, oidc.resource, { scopes: [/notices:read/], failsAt: 'start' });
    await expect(page.getByRole('main')).toContainText('needs a key this browser can’t store');
    expect(oidc.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});
