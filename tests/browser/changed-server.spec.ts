/** DISC-5: an API that has moved to another authorization server, in the console and at Connections. */
import { startOidcServer, type OidcServer } from '#tests/support/oidc-server.ts';

import { axeViolations, expect } from './app.ts';
import { connectNotices } from './notices.ts';
import { signInAsAda, test as base } from './peers.ts';

const test = base.extend<{ next: OidcServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed off this pattern
  next: async ({}, provide) => {
    const next = await startOidcServer({ host: 'localhost', signIn: 'pages' });
    await provide(next);
    await next.stop();
  },
});

test('DISC-5, UI-1: names the new server; one click goes there and makes a separate connection', async ({
  page,
  appUrl,
  peers,
  next,
}) => {
  const cards = await connectNotices(page, appUrl, peers);

  peers.oidc.moveApiTo(next);
  await cards.getByRole('link', { name: /Console/ }).click();
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('Sign in to Notices again.');
  await page.getByRole('button', { name: 'Reconnect' }).first().click();

  await expect(page).toHaveURL(`${appUrl}connections`);
  const host = new URL(next.issuer).host;
  await expect(cards).toContainText(`You signed in at ${new URL(peers.oidc.issuer).host}.`);
  await expect(cards).toContainText(host);
  expect(await axeViolations(page)).toEqual([]);
  // Showing its name has sent nothing to it.
  expect(next.requests).toEqual([]);
  await page.reload();
  await cards.getByRole('button', { name: `Sign in at ${host}` }).click();
  await signInAsAda(page);

  await expect(cards).toHaveCount(2);
  await cards
    .last()
    .getByRole('link', { name: /Console/ })
    .click();
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('200');

  await page.goto(`${appUrl}connections`);
  await cards
    .first()
    .getByRole('button', { name: /^Disconnect/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText('Renews automatically');
  expect(next.requests.filter((request) => request.endsWith('/revocation'))).toEqual([]);
});

test('DISC-6: links to no other server if the deployer has configured the server', async ({
  page,
  appUrl,
  peers,
  next,
}) => {
  const card = await connectNotices(page, appUrl, peers, { issuer: peers.oidc.issuer });
  peers.oidc.moveApiTo(next);
  await card.getByRole('link', { name: /Console/ }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('Sign in to Notices again.');
  await page.goto(`${appUrl}connections`);
  await expect(card).toContainText('is configured to sign in at');
  await expect(card.getByRole('button', { name: /^Sign in at/ })).toHaveCount(0);
  expect(next.requests).toEqual([]);
});
