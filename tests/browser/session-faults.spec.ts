/**
 * Sessions that outlive faults (M-7, REF-5), in Chromium against oidc-provider, where a refresh token that comes twice ends the
 * grant. The server makes the faults, since the refresh is the worker's, and each comes twice: a session that was saved once may
 * have been damaged by it. What a person would wait for is passed by on
 * the page's clock; the worker's runs on.
 */
import type { Page } from '@playwright/test';

import type { Peers } from '#tests/support/peers.ts';

import { expect } from './app.ts';
import { connectNotices } from './notices.ts';
import { forgiveCors, signInAsAda, test as base } from './peers.ts';

const test = base.extend<{ forgiven: void }>({
  // The faults themselves are console errors of the browser.
  forgiven: [
    async ({ complaints }, provide) => {
      await provide();
      forgiveCors(complaints);
    },
    { auto: true },
  ],
});

test.use({ peerOptions: { accessTokenSeconds: 3600 } });
// Each signs in, and sees its fault twice.
test.slow();

const goTo = (page: Page, place: string): Promise<void> => page.getByRole('link', { name: place }).first().click();
const card = (page: Page) => page.getByRole('main').getByRole('article');

/** Sends a call from the console; nothing of the page is loaded anew. */
async function call(page: Page): Promise<void> {
  await goTo(page, 'Connections');
  await card(page)
    .getByRole('link', { name: /Console/ })
    .click();
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
}

async function expectAnswer(page: Page): Promise<void> {
  await call(page);
  await expect(page.getByRole('main')).toContainText('200');
}

/** A call gets no token now: that is said, and at Connections why. */
async function expectWait(page: Page, why: RegExp): Promise<void> {
  await call(page);
  // After 10 s at the latest.
  await expect(page.getByRole('main')).toContainText('The sign-in is kept', { timeout: 20_000 });
  await goTo(page, 'Connections');
  await expect(card(page)).toContainText(why);
}

/** A wait is over for the page, whose clock is right again afterwards: the worker counts the next one by its own. */
async function passBy(page: Page, ms: number): Promise<void> {
  await page.clock.fastForward(ms);
  await page.clock.setSystemTime(Date.now());
}

/** The connection works again, and nobody has pressed anything. */
const expectBack = (page: Page): Promise<void> => expect(card(page)).toContainText('Refreshes itself.');

const refreshes = ({ oidc }: Peers): number => oidc.requests.filter((request) => request === 'POST /token').length;

test.describe('with tokens that soon expire', () => {
  test.use({ peerOptions: { accessTokenSeconds: 6 } });

  test('REF-5: offline with an expired token: it is said, and goes on by itself when the network is back', async ({
    page,
    appUrl,
    peers,
    context,
  }) => {
    await connectNotices(page, appUrl, peers);
    await expectAnswer(page);
    for (const round of [1, 2]) {
      await goTo(page, 'Connections');
      await expect(card(page)).toContainText('Expired', { timeout: 15_000 });
      await context.setOffline(true);
      const before = refreshes(peers);
      await expectWait(page, /Waiting for the network.*This device is offline.*goes on by itself/);
      expect(refreshes(peers), `round ${round}`).toBe(before);
      await context.setOffline(false);
      await expect.poll(() => refreshes(peers)).toBe(before + 1);
      await expectBack(page);
      await expectAnswer(page);
    }
  });
});

test('REF-5: a server that fails twice is left in peace for longer each time, and then goes on by itself', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  await page.clock.install();
  for (const status of [503, 429] as const) {
    peers.oidc.failTokens({ kind: 'unavailable', status }, { kind: 'unavailable', status });
    await peers.oidc.expireAccessTokens();
    const before = refreshes(peers);
    await expectWait(page, /Waiting for Notices.*The app tries again by itself in \d s/);
    await passBy(page, 7_000);
    await expect.poll(() => refreshes(peers)).toBe(before + 2);
    await expect(card(page)).toContainText('The app tries again by itself in');
    await passBy(page, 13_000);
    await expectBack(page);
    expect(refreshes(peers)).toBe(before + 3);
    await expectAnswer(page);
  }
});

test('REF-5: a slow answer: the caller stops waiting after ten seconds, and it is used when it comes', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  for (const round of [1, 2]) {
    let answer = (): void => undefined;
    // Not before somebody has stopped waiting for it, and so within the 45 s that the request itself has.
    peers.oidc.failTokens({ kind: 'late', until: new Promise<void>((resolve) => (answer = resolve)) });
    await peers.oidc.expireAccessTokens();
    const before = refreshes(peers);
    await expectWait(page, /Refreshing/);
    answer();
    await expectBack(page);
    await expectAnswer(page);
    expect(refreshes(peers), `round ${round}`).toBe(before + 1);
  }
});

test('REF-5: an answer that a proxy cuts in the middle: one more try by itself, and it goes on', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  await page.clock.install();
  for (const round of [1, 2]) {
    peers.oidc.failTokens({ kind: 'cut', hasRotated: false });
    await peers.oidc.expireAccessTokens();
    const before = refreshes(peers);
    await expectWait(page, /Waiting for the network.*Notices could not be reached.*tries again by itself in/);
    await passBy(page, 7_000);
    await expectBack(page);
    await expectAnswer(page);
    expect(refreshes(peers), `round ${round}`).toBe(before + 2);
  }
});

test('REF-6: an answer that is cut after the server has replaced the token: the reason is told, and one click mends it', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  await page.clock.install();
  for (const round of [1, 2]) {
    peers.oidc.failTokens({ kind: 'cut', hasRotated: true });
    await peers.oidc.expireAccessTokens();
    const before = refreshes(peers);
    await expectWait(page, /Waiting for the network/);
    await passBy(page, 7_000);
    await expect(card(page)).toContainText('had replaced the token, and its answer was lost');
    expect(refreshes(peers), `round ${round}`).toBe(before + 2);
    await card(page)
      .getByRole('button', { name: /^Reconnect/ })
      .click();
    await signInAsAda(page);
    await expectBack(page);
    await expectAnswer(page);
  }
});
