/** REF-7, REG-7: a server that has deleted this client reports it in the app or on its own page; one click registers again. */
import { expect } from './app.ts';
import { connectNotices } from './notices.ts';
import { signInAsAda, test } from './peers.ts';

test('REF-7: reported before the redirect, the user registers again with the next click', async ({
  page,
  appUrl,
  peers,
}) => {
  const cards = await connectNotices(page, appUrl, peers);
  const registrations = () => peers.oidc.requests.filter((request) => request === 'POST /reg').length;

  await peers.oidc.forgetClients();
  const reconnect = cards.getByRole('button', { name: /^Reconnect/ });
  await reconnect.click();
  await expect(cards).toContainText('no longer recognises this app');
  await expect(cards).toContainText('the app will register again');
  expect(registrations()).toBe(1);
  await reconnect.click();
  await signInAsAda(page);
  await expect(cards).toContainText('Renews automatically');
  expect(registrations()).toBe(2);
});

test.describe('a server that does not support PAR', () => {
  test.use({ peerOptions: { pushing: 'none' } });

  test('REG-7: after coming back by hand, the user can register again and is connected with one click', async ({
    page,
    appUrl,
    peers,
  }) => {
    const cards = await connectNotices(page, appUrl, peers);
    const registrations = () => peers.oidc.requests.filter((request) => request === 'POST /reg').length;

    await peers.oidc.forgetClients();
    await cards.getByRole('button', { name: /^Reconnect/ }).click();
    await expect(page.getByRole('heading', { name: 'The server says: invalid_client' })).toBeVisible();
    await page.goto(`${appUrl}connections`);
    await expect(page.getByRole('main')).toContainText('Your last sign-in to Notices wasn’t finished.');
    expect(registrations()).toBe(1);
    await page.getByRole('button', { name: 'Register again and connect' }).click();
    await signInAsAda(page);
    await expect(cards).toHaveCount(1);
    await expect(cards).toContainText('Renews automatically');
    await expect(page.getByText('wasn’t finished')).toBeHidden();
    expect(registrations()).toBe(2);
  });
});
