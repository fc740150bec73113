/** REV-5: after a disconnect a person can sign out at the provider too, and learns here what became of it all. */
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

/** Gives what is told of it. */
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

test('REV-5: chosen, the page goes to the provider with no token in its address, and back to what became of it', async ({
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

  // The provider has forgotten the person: it asks again who it is.
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await expect(page.getByRole('button', { name: 'Ada Byron', exact: true })).toBeVisible();
});

test('REV-5: a way back by somebody’s made-up address is survived, and so is none at all', async ({
  page,
  appUrl,
  peers,
}) => {
  await offerNotices(page, appUrl, peers);
  await page.goto(`${appUrl}signed-out?state=made-up&x=1#y`);
  await expect(page).toHaveURL(`${appUrl}connections`);
  await expect(page.getByRole('heading', { name: 'Connections', exact: true })).toBeVisible();

  await connectOffered(page);
  await askToDisconnect(page);
  await page.getByRole('dialog').getByRole('checkbox').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect and sign out' }).click();
  await expect(page).toHaveURL(/\/session\/end\?/);
  // Not confirmed: the person comes back by hand.
  await page.goto(`${appUrl}connections`);
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'Notices account disconnected.' });
  await expect(told).toContainText('It isn’t known whether you’re signed out');
});

test('REV-3: offline a connection is forgotten all the same; that its server hears of it later is told when it has', async ({
  page,
  appUrl,
  peers,
  context,
  complaints,
}) => {
  await connectNotices(page, appUrl, peers);
  const told = await disconnectOffline(page, context);
  // What was said of the connection before is not so any more. Looked at once: it would go by itself.
  expect(await page.getByText('Connected to Notices').count()).toBe(0);
  await context.setOffline(false);
  await expect(told).toContainText('has now confirmed that the tokens for Ada Byron, @ada');
  expect(peers.oidc.requests.filter((request) => request.endsWith('/revocation'))).toHaveLength(2);
  // That nothing could be loaded offline, the browser tells by itself.
  forgiveCors(complaints);
});

test('REV-3: a page that comes back from the browser’s memory tells what another tab has heard meanwhile', async ({
  page,
  appUrl,
  peers,
  context,
  complaints,
}) => {
  await connectNotices(page, appUrl, peers);
  const told = await disconnectOffline(page, context);
  // As another tab leaves it, once the server has confirmed all.
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
