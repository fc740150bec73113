/**
 * All tabs agree: every tab shows by itself what another does with a connection. Each test reports how long that took but does
 * not assert it, because test machines are sometimes slow.
 */
import type { BrowserContext, Page } from '@playwright/test';

import { connected, expect } from './app.ts';
import { connectNotices, offerNotices } from './notices.ts';
import { signInAsAda, test } from './peers.ts';

test.use({ peerOptions: { accessTokenSeconds: 3600 } });
// Three tabs, and the redirect to a sign-in page and back.
test.slow();

const cards = (tab: Page) => tab.getByRole('main').getByRole('article');
const card = (tab: Page, name: RegExp) => tab.getByRole('article', { name });

/** Opens two more tabs at Connections, which are not reloaded. */
async function openOthers(context: BrowserContext, appUrl: string): Promise<Page[]> {
  return Promise.all(
    [1, 2].map(async () => {
      const tab = await context.newPage();
      await tab.goto(`${appUrl}connections`);
      await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
      return tab;
    }),
  );
}

/** Empties a database without notifying any tab. */
function clearInSilence(page: Page, database: string): Promise<void> {
  return page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          transaction.objectStore('entries').clear();
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
    database,
  );
}

/** Waits until all tabs show something, starting with the tab that caused it, and reports how much later the last one did. */
async function allShow(what: string, [first, ...others]: Page[], shown: (tab: Page) => Promise<void>): Promise<void> {
  if (first) await shown(first);
  const since = Date.now();
  await Promise.all(others.map(shown));
  test.info().annotations.push({ type: what, description: `in all tabs ${Date.now() - since} ms after the first` });
}

test('M-8: all tabs show that one of them connected, refreshed and disconnected', async ({
  page,
  appUrl,
  peers,
  context,
}) => {
  await offerNotices(page, appUrl, peers);
  const others = await openOthers(context, appUrl);
  const all = [page, ...others];
  await page.bringToFront();
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await signInAsAda(page);
  await allShow('connected', all, (tab) => expect(card(tab, /Ada Byron/)).toContainText('Renews automatically ('));

  let answer = (): void => undefined;
  peers.oidc.failTokens({ kind: 'late', until: new Promise<void>((resolve) => (answer = resolve)) });
  await peers.oidc.expireAccessTokens();
  await cards(page)
    .getByRole('link', { name: /Console/ })
    .click();
  await page.getByRole('button', { name: 'Send' }).click();
  await allShow('refreshing', others, (tab) => expect(cards(tab)).toContainText('Renewing'));
  answer();
  await expect(page.getByRole('main')).toContainText('200');
  await allShow('refreshed', others, (tab) => expect(cards(tab)).toContainText('Renews automatically ('));

  const [second] = others;
  await second?.bringToFront();
  await second?.getByRole('button', { name: /^Disconnect/ }).click();
  await second?.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await allShow('disconnected', others, (tab) => expect(cards(tab)).toHaveCount(0));
  await expect(page.getByRole('main')).toContainText('This connection no longer exists');
});

test('M-8, UI-4: all tabs show that another account replaced the first', async ({ page, appUrl, peers, context }) => {
  await connectNotices(page, appUrl, peers);
  const all = [page, ...(await openOthers(context, appUrl))];
  await page.bringToFront();
  // Without a session the server asks who signs in; with one it would send Ada straight back.
  await context.clearCookies();
  await card(page, /Ada Byron/)
    .getByRole('button', { name: /^Reconnect/ })
    .click();
  await expect(page).toHaveURL(/\/interaction\//);
  await page.getByRole('button', { name: 'Grace Hopper' }).click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.getByRole('button', { name: /^Keep @grace/ }).click();
  await expect(page).toHaveURL(`${appUrl}connections`);
  await allShow('a second account', all, (tab) => expect(card(tab, /Grace Hopper/)).toBeVisible());
  await card(page, /Ada Byron/)
    .getByRole('button', { name: /^Disconnect/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await allShow('the first is gone', all, (tab) => expect(card(tab, /Ada Byron/)).toHaveCount(0));
  for (const tab of all) await expect(cards(tab)).toHaveCount(1);
});

test('M-8: a page restored from the back/forward cache shows the changes of other tabs that it missed', async ({
  page,
  appUrl,
}) => {
  await connected(page, appUrl);
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill('Not yet');
  await expect(page.getByText('Saved on this device')).toBeVisible();
  await page.keyboard.press('Escape');
  const draft = page.getByRole('article').filter({ hasText: 'Not yet' });
  await expect(draft).toBeVisible();
  await clearInSilence(page, 'posts');
  await clearInSilence(page, 'connections');
  await expect(draft).toBeVisible();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(draft).toHaveCount(0);
  await page.getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByText('No connections yet')).toBeVisible();
});

test('REF-8: a refresh that ends after another tab has disconnected: its tokens are revoked, and nothing is restored', async ({
  page,
  appUrl,
  peers,
  context,
}) => {
  await connectNotices(page, appUrl, peers);
  const [second] = await openOthers(context, appUrl);
  if (!second) throw new Error('there is no second tab');
  let answer = (): void => undefined;
  peers.oidc.failTokens({ kind: 'late', until: new Promise<void>((resolve) => (answer = resolve)) });
  await peers.oidc.expireAccessTokens();
  await page.bringToFront();
  await cards(page)
    .getByRole('link', { name: /Console/ })
    .click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(cards(second)).toContainText('Renewing');
  await expect.poll(() => peers.oidc.isLatestTokenGood()).toBe(true);

  await second.bringToFront();
  await second.getByRole('button', { name: /^Disconnect/ }).click();
  await second.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(second.getByRole('main')).toContainText('Notices account disconnected.');
  answer();
  await expect.poll(() => peers.oidc.isLatestTokenGood()).toBe(false);
  await expect(page.getByRole('main')).toContainText('This connection no longer exists');
  for (const tab of [page, second]) {
    await tab.goto(`${appUrl}connections`);
    await expect(tab.getByText('No connections yet')).toBeVisible();
  }
});
