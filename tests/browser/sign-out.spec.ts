/** REV-5: after a disconnect the user can also log out at the provider, and sees the result here. */
import type { BrowserContext, Locator, Page } from '@playwright/test';

import { axeViolations, expect } from './app.ts';
import { connectNotices, connectOffered, offerNotices } from './notices.ts';
import { forgiveCors, test } from './peers.ts';

const card = (page: Page) => page.getByRole('article', { name: /Notices, Ada Byron/ });

async function askToDisconnect(page: Page): Promise<void> {
  await card(page)
    .getByRole('button', { name: /^Disconnect/ })
    .click();
}

/** Returns the result shown. */
async function disconnectOffline(page: Page, context: BrowserContext): Promise<Locator> {
  await context.setOffline(true);
  await askToDisconnect(page);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Disconnect/ })
    .click();
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'Notices' });
  await expect(told).toContainText('asks Notices again automatically');
  return told;
}

test('REV-5: if chosen, the page goes to the provider without a token in its URL, and returns to the result', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  await askToDisconnect(page);
  const dialog = page.getByRole('dialog');
  const choice = dialog.getByRole('checkbox', { name: `Also sign out at ${new URL(peers.oidc.issuer).host}` });
  await expect(choice).not.toBeChecked();
  expect(await axeViolations(page)).toEqual([]);
  await choice.check();
  await dialog.getByRole('button', { name: 'Disconnect and sign out' }).click();

  await expect(page).toHaveURL(/\/session\/end\?/);
  const { searchParams } = new URL(page.url());
  expect([...searchParams.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual([
    'client_id',
    'post_logout_redirect_uri',
    'state',
  ]);
  expect(peers.oidc.requests.filter((request) => request.endsWith('/revocation'))).toHaveLength(2);
  await page.getByRole('button', { name: /^Yes/ }).click();

  await expect(page).toHaveURL(`${appUrl}connections`);
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'Notices account disconnected.' });
  await expect(told).toContainText('confirmed that the tokens for Ada Byron, @ada are revoked');
  await expect(told).toContainText('You’re back from the sign-out page of');
  expect(await axeViolations(page)).toEqual([]);
  await page.reload();
  await expect(told).toContainText('You’re back from the sign-out page of');
  await told.getByRole('button', { name: 'Close' }).click();
  await expect(told).toBeHidden();

  // The provider has logged the user out: it asks again who they are.
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await expect(page.getByRole('button', { name: 'Ada Byron', exact: true })).toBeVisible();
});

test('REV-5: survives a forged return URL, and no return at all', async ({ page, appUrl, peers }) => {
  await offerNotices(page, appUrl, peers);
  await page.goto(`${appUrl}signed-out?state=made-up&x=1#y`);
  await expect(page).toHaveURL(`${appUrl}connections`);
  await expect(page.getByRole('heading', { name: 'Connections', exact: true })).toBeVisible();

  await connectOffered(page);
  await askToDisconnect(page);
  await page.getByRole('dialog').getByRole('checkbox').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect and sign out' }).click();
  await expect(page).toHaveURL(/\/session\/end\?/);
  // Unconfirmed: the user comes back by hand.
  await page.goto(`${appUrl}connections`);
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'Notices account disconnected.' });
  await expect(told).toContainText('It isn’t known whether you’re signed out');
});

test('REV-3: a connection is removed while offline; the app reports when its server has confirmed later', async ({
  page,
  appUrl,
  peers,
  context,
  complaints,
}) => {
  await connectNotices(page, appUrl, peers);
  const told = await disconnectOffline(page, context);
  // The earlier notice is outdated. Checked at once, because it would close automatically.
  expect(await page.getByText('Connected to Notices').count()).toBe(0);
  await context.setOffline(false);
  await expect(told).toContainText('has now confirmed that the tokens for Ada Byron, @ada');
  expect(peers.oidc.requests.filter((request) => request.endsWith('/revocation'))).toHaveLength(2);
  // The browser logs what failed to load offline.
  forgiveCors(complaints);
});

test('REV-3: a page restored from the back/forward cache reports what another tab got meanwhile', async ({
  page,
  appUrl,
  peers,
  context,
  complaints,
}) => {
  await connectNotices(page, appUrl, peers);
  const told = await disconnectOffline(page, context);
  // As another tab stores it once the server has confirmed everything.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('revocations');
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          const walking = transaction.objectStore('entries').openCursor();
          walking.addEventListener('success', () => {
            walking.result?.update({ ...walking.result.value, revocations: [] });
            walking.result?.continue();
          });
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
  );
  await expect(told).toContainText('asks Notices again automatically');
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(told).toContainText('has now confirmed that the tokens for Ada Byron, @ada');
  forgiveCors(complaints);
});
