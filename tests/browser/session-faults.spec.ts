/**
 * Sessions that outlive faults (M-7, REF-5), in Chromium against oidc-provider, where a refresh token that comes twice ends the
 * grant. The server makes the faults, since the refresh is the worker's, and each comes twice: a session that was saved once may
 * have been damaged by it. What a person would wait for is passed by on
 * the page's clock; the worker's runs on.
 */
import type { BrowserContext, Page } from '@playwright/test';

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
  await expect(page.getByRole('main')).toContainText('You stay signed in', { timeout: 20_000 });
  await goTo(page, 'Connections');
  await expect(card(page)).toContainText(why);
}

/** A wait is over for the page, whose clock is right again afterwards: the worker counts the next one by its own. */
async function passBy(page: Page, ms: number): Promise<void> {
  await page.clock.fastForward(ms);
  await page.clock.setSystemTime(Date.now());
}

/** The connection works again, and nobody has pressed anything. */
const expectBack = (page: Page): Promise<void> =>
  // A wait that began only after the clock was passed on takes its time.
  expect(card(page)).toContainText('Renews automatically (', { timeout: 20_000 });

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
      await expect(card(page)).toContainText('Renews automatically when next used', { timeout: 15_000 });
      await context.setOffline(true);
      const before = refreshes(peers);
      await expectWait(page, /Waiting for the network.*You stay signed in; the app retries when you’re back online/);
      expect(refreshes(peers), `round ${round}`).toBe(before);
      await context.setOffline(false);
      await expect.poll(() => refreshes(peers)).toBe(before + 1);
      await expectBack(page);
      await expectAnswer(page);
    }
  });
});

test('REF-5: a server that fails twice, by 503 or by 429: it is said, and goes on by itself', async ({
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
    await expectWait(page, /Waiting for Notices.*Retrying in \d s/);
    await passBy(page, 7_000);
    // How long each wait is, is asserted in tests/connections/refresh: here the page's clock is not the worker's.
    await expect.poll(() => refreshes(peers)).toBeGreaterThanOrEqual(before + 2);
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
    await expectWait(page, /Renewing/);
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
  // The page's clock is a little behind the worker's, as after a clock was put right: no wait is over for that.
  await page.clock.install({ time: Date.now() - 500 });
  for (const round of [1, 2]) {
    peers.oidc.failTokens({ kind: 'cut', hasRotated: false });
    await peers.oidc.expireAccessTokens();
    const before = refreshes(peers);
    await expectWait(page, /Waiting for the network.*Notices couldn’t be reached.*Retrying in/);
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
    await expect(card(page)).toContainText('The renewed token from Notices never arrived');
    expect(refreshes(peers), `round ${round}`).toBe(before + 2);
    await card(page)
      .getByRole('button', { name: /^Reconnect/ })
      .click();
    await signInAsAda(page);
    await expectBack(page);
    await expectAnswer(page);
  }
});

const TEN_MINUTES_MS = 10 * 60 * 1000;

/** Puts the worker's clock forward or back; 0 for the right time. The page's is Playwright's. */
async function setWorkerClock(context: BrowserContext, ahead: number): Promise<void> {
  const workers = context.serviceWorkers();
  expect(workers).toHaveLength(1);
  await workers[0]?.evaluate((by) => {
    // A Date of its own tells the machine's time, whatever became of Date.now.
    Date.now = () => new Date().getTime() + by;
  }, ahead);
}

/** Renewed since the server has expired its token, and counted from this device's own clock, whatever the server's says. */
async function expectRefresh(page: Page, peers: Peers): Promise<void> {
  await peers.oidc.expireAccessTokens();
  const before = refreshes(peers);
  await expectAnswer(page);
  expect(refreshes(peers)).toBeGreaterThan(before);
  await goTo(page, 'Connections');
  await expect(card(page)).toContainText(/Renews automatically \((59|60) min left\)/);
}

const CLOCKS: [name: string, ahead: number][] = [
  ['fast', TEN_MINUTES_MS],
  ['slow', -TEN_MINUTES_MS],
];

// With nonces no proof depends on a clock; without, see below.
for (const binding of ['none', 'nonces'] as const) {
  test.describe(`a server with ${binding === 'none' ? 'tokens for whoever holds them' : 'bound tokens'}`, () => {
    test.use({ peerOptions: { accessTokenSeconds: 3600, binding } });

    for (const [name, ahead] of CLOCKS) {
      test(`REF-5, DPOP-9: a clock that is ten minutes ${name}: connected, refreshed twice, and again when it is set right`, async ({
        page,
        appUrl,
        peers,
        context,
      }) => {
        await page.clock.install({ time: Date.now() + ahead });
        await connectNotices(page, appUrl, peers);
        await setWorkerClock(context, ahead);
        await expectRefresh(page, peers);
        await expectRefresh(page, peers);
        await page.clock.setSystemTime(Date.now());
        await setWorkerClock(context, 0);
        await expectRefresh(page, peers);
      });
    }
  });
}

test('REF-5, DPOP-9: a clock that goes wrong where proofs depend on it and the server’s can’t be read: it is said, and goes on when it is right', async ({
  page,
  appUrl,
  peers,
  context,
}) => {
  await connectNotices(page, appUrl, peers);
  await page.clock.install();
  for (const [, ahead] of CLOCKS) {
    await page.clock.setSystemTime(Date.now() + ahead);
    await setWorkerClock(context, ahead);
    await peers.oidc.expireAccessTokens();
    await expectWait(page, /Not renewed.*this device’s clock is wrong/);
    // Somebody does. What was counted by the wrong clock is no longer to be waited for.
    await page.clock.setSystemTime(Date.now());
    await setWorkerClock(context, 0);
    await passBy(page, 7_000);
    await expectBack(page);
    await expectRefresh(page, peers);
  }
});

/** As a browser does when room is short, or a person who clears a site's data. */
async function clearStorage(page: Page, appUrl: string, what: 'indexeddb' | 'all'): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(appUrl).origin, storageTypes: what });
  await devtools.detach();
}

test('STO-6, REF-8: a storage that is cleared in the middle of a refresh: it is said, nothing of it comes back, and one click connects anew', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  for (const what of ['indexeddb', 'all'] as const) {
    let answer = (): void => undefined;
    peers.oidc.failTokens({ kind: 'late', until: new Promise<void>((resolve) => (answer = resolve)) });
    await peers.oidc.expireAccessTokens();
    const before = refreshes(peers);
    await call(page);
    await expect.poll(() => refreshes(peers)).toBe(before + 1);
    await clearStorage(page, appUrl, what);
    await expect(page.getByText('Your browser deleted this app’s data.')).toBeVisible();
    answer();
    // What the refresh brought is revoked: nobody keeps it.
    await expect.poll(() => peers.oidc.isLatestTokenGood()).toBe(false);
    await goTo(page, 'Connections');
    await expect(page.getByText('No connections yet')).toBeVisible();
    await page.getByRole('button', { name: 'Connect Notices' }).click();
    await signInAsAda(page);
    await expectBack(page);
    await expectAnswer(page);
    await expect(page.getByText('Your browser deleted this app’s data.')).toBeHidden();
  }
});

/** From now on nothing fits on the disk of a page or of the worker, as browsers tell it. */
const fillDisk = (): void => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    const request = put.call(this, value, key);
    Object.defineProperty(this.transaction, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
    this.transaction.abort();
    return request;
  };
};

test('STO-6, REF-2: a disk that fills up in the middle of a session: it is said, and refreshed twice without a sign-in', async ({
  page,
  appUrl,
  peers,
  context,
}) => {
  await connectNotices(page, appUrl, peers);
  await expectAnswer(page);
  await page.evaluate(fillDisk);
  for (const worker of context.serviceWorkers()) await worker.evaluate(fillDisk);
  for (const round of [1, 2]) {
    const before = refreshes(peers);
    await peers.oidc.expireAccessTokens();
    await expectAnswer(page);
    expect(refreshes(peers), `round ${round}`).toBe(before + 1);
    await expect(page.getByText('This device is out of storage.')).toBeVisible();
  }
});
