/**
 * Token responses of servers in the field, as the user sees them on the connection's card (A2, A4, E3), in Chromium against
 * oidc-provider, which revokes a grant when a refresh token is used twice.
 */
import { decodeJwt, UnsecuredJWT } from 'jose';

import type { Page } from '@playwright/test';

import { expect } from './app.ts';
import { connectNotices } from './notices.ts';
import { forgiveCors, signInAsAda, test as base } from './peers.ts';

const test = base.extend<{ forgiven: void }>({
  // The browser logs the rejections as console errors.
  forgiven: [
    async ({ complaints }, provide) => {
      await provide();
      forgiveCors(complaints);
    },
    { auto: true },
  ],
});

test.use({ peerOptions: { accessTokenSeconds: 3600 } });
test.slow();

const card = (page: Page) => page.getByRole('main').getByRole('article');

/** Sends a call from the console without reloading the page, and returns to Connections. */
async function call(page: Page, shows: RegExp): Promise<void> {
  await card(page)
    .getByRole('link', { name: /Console/ })
    .click();
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText(shows);
  await page.getByRole('link', { name: 'Connections' }).first().click();
}

test('A4: a server that keeps refusing to renew: the card says so in its words and offers to sign in again', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  await page.clock.install();
  const body = { error: 'invalid_request', error_description: 'The moon is in the wrong phase.' };
  const rejected = { kind: 'rejected', status: 400, body } as const;
  peers.oidc.failTokens(rejected, rejected, rejected);
  await peers.oidc.expireAccessTokens();
  await call(page, /You stay signed in/);
  for (const ms of [7_000, 13_000]) {
    await expect(card(page)).toContainText('Not renewed');
    await page.clock.fastForward(ms);
    await page.clock.setSystemTime(Date.now());
  }
  await expect(card(page)).toContainText('Can’t be renewed');
  await expect(card(page)).toContainText('Notices keeps refusing to renew this sign-in.');
  await expect(card(page)).toContainText('It says: “The moon is in the wrong phase.”');
  await expect(card(page)).toContainText('invalid_request');
  await card(page)
    .getByRole('button', { name: /^Sign in again/ })
    .click();
  // This server always asks a native client's user, and the app is one here, on http.
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(card(page)).toContainText('Connected');
  await expect(card(page).getByRole('button', { name: /^Reconnect/ })).toBeVisible();
});

test('A2, A4, E3: what cannot be used costs no sign-in; what needs the user or is somebody else’s says so', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  await page.clock.install();
  const edited = (edit: (document: Record<string, unknown>) => object) =>
    peers.oidc.failTokens({ kind: 'edited', edit: (document) => ({ ...document, ...edit(document) }) });

  // The server has rotated the refresh token, and would end everything if the old one came again.
  edited(() => ({ token_type: 'MAC' }));
  await peers.oidc.expireAccessTokens();
  await call(page, /You stay signed in/);
  await expect(card(page)).toContainText('sent a token of an unknown type, so Content Planner didn’t use it');
  await page.clock.fastForward(7_000);
  await page.clock.setSystemTime(Date.now());
  await expect(card(page)).toContainText('Renews automatically (');

  peers.oidc.failTokens({ kind: 'rejected', status: 400, body: { error: 'consent_required' } });
  await peers.oidc.expireAccessTokens();
  await call(page, /sign in again/i);
  await expect(card(page)).toContainText('Notices has wanted you to sign in again');
  await card(page)
    .getByRole('button', { name: /^Reconnect/ })
    .click();
  await signInAsAda(page);
  await expect(card(page)).toContainText('Renews automatically (');

  edited(({ id_token }) => ({
    id_token: new UnsecuredJWT({ ...decodeJwt(String(id_token)), sub: 'mallory' }).encode() + 'x',
  }));
  await peers.oidc.expireAccessTokens();
  const before = peers.oidc.requests.length;
  await call(page, /sign in again/i);
  await expect(card(page)).toContainText('renewed this sign-in with someone else’s');
  const since = peers.oidc.requests.slice(before).filter((request) => request.startsWith('POST /token'));
  expect(since).toEqual(['POST /token', 'POST /token/revocation', 'POST /token/revocation']);
});
