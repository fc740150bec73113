/** REG-7: a server whose own page says that it does not know this app: the sign-in never comes back, and one click mends it. */
import { expect } from './app.ts';
import { offerNotices, signInAsAda } from './notices.ts';
import { test } from './peers.ts';

// Where requests are pushed, the server says it before the page leaves.
test.use({ peerOptions: { pushing: 'none', accessTokenSeconds: 60 } });

test('REG-7: back by hand, a person is offered to register anew, and is connected after one click', async ({
  page,
  appUrl,
  peers,
}) => {
  await offerNotices(page, appUrl, peers);
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await signInAsAda(page);
  const cards = page.getByRole('main').getByRole('article');
  await expect(cards).toHaveCount(1);
  const registrations = () => peers.oidc.requests.filter((request) => request === 'POST /reg').length;

  await peers.oidc.forgetClients();
  await cards.getByRole('button', { name: /^Reconnect/ }).click();
  await expect(page.getByRole('heading', { name: 'The server says: invalid_client' })).toBeVisible();
  await page.goto(`${appUrl}connections`);
  await expect(page.getByRole('main')).toContainText('The last sign-in with Notices did not come back.');
  expect(registrations()).toBe(1);
  await page.getByRole('button', { name: 'Register anew and connect' }).click();
  await signInAsAda(page);
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText('Refreshes itself');
  await expect(page.getByText('did not come back')).toBeHidden();
  expect(registrations()).toBe(2);
});
