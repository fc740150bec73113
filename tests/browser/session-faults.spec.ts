/**
 * Sessions that survive faults (M-7, REF-5), in Chromium against oidc-provider, which revokes a grant when a refresh token is
 * used twice. The server causes the faults, because the worker refreshes, and each occurs twice: a session that survived once may
 * have been damaged. Waits are skipped on the page's clock; the worker's clock runs on.
 */
import type { BrowserContext, Page } from '@playwright/test';

import type { Peers } from '#tests/support/peers.ts';

import { expect } from './app.ts';
import { connectNotices } from './notices.ts';
import { forgiveCors, signInAsAda, test as base } from './peers.ts';

const test = base.extend<{ forgiven: void }>({
  // The browser logs the faults as console errors.
  forgiven: [
    async ({ complaints }, provide) => {
      await provide();
      forgiveCors(complaints);
    },
    { auto: true },
  ],
});

test.use({ peerOptions: { accessTokenSeconds: 3600 } });
// Each test signs in and meets its fault twice.
test.slow();

const goTo = (page: Page, place: string): Promise<void> => page.getByRole('link', { name: place }).first().click();
const card = (page: Page) => page.getByRole('main').getByRole('article');

/** Sends a call from the console without reloading the page. */
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

/** A call gets no token now: the console says so, and Connections says why. */
async function expectWait(page: Page, why: RegExp): Promise<void> {
  await call(page);
  // After 10 s at most.
  await expect(page.getByRole('main')).toContainText('You stay signed in', { timeout: 20_000 });
  await goTo(page, 'Connections');
  await expect(card(page)).toContainText(why);
}

/** Ends a wait on the page's clock, which is right again afterwards: the worker measures the next wait by its own clock. */
async function passBy(page: Page, ms: number): Promise<void> {
  await page.clock.fastForward(ms);
  await page.clock.setSystemTime(Date.now());
}

/** The connection works again without any action of the user. */
const expectBack = (page: Page): Promise<void> =>
  // A wait that started after the clock was moved forward takes its full time.
  expect(card(page)).toContainText('Renews automatically (', { timeout: 20_000 });

const refreshes = ({ oidc }: Peers): number => oidc.requests.filter((request) => request === 'POST /token').length;

test.describe('with tokens that expire soon', () => {
  test.use({ peerOptions: { accessTokenSeconds: 6 } });

  test('REF-5: offline with an expired token: says so, and continues automatically when the network is back', async ({
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

test('REF-5: a server that fails twice, with 503 or 429: says so, and continues automatically', async ({
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
    // tests/connections/refresh checks the length of the waits: here the page's clock differs from the worker's.
    await expect.poll(() => refreshes(peers)).toBeGreaterThanOrEqual(before + 2);
    await passBy(page, 13_000);
    await expectBack(page);
    expect(refreshes(peers)).toBe(before + 3);
    await expectAnswer(page);
  }
});

test('REF-5: a slow response: the caller stops waiting after ten seconds, and the response is used when it arrives', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  for (const round of [1, 2]) {
    let answer = (): void => undefined;
    // Not before the caller has stopped waiting, and within the 45 s of the request itself.
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

test('REF-5: a response that a proxy cuts off: one automatic retry, then it continues', async ({
  page,
  appUrl,
  peers,
}) => {
  await connectNotices(page, appUrl, peers);
  // The page's clock is slightly behind the worker's, as after a clock correction: that ends no wait.
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

test('REF-6: a response that is cut off after the server has rotated the token: shows the reason, and one click reconnects', async ({
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

/** Moves the worker's clock forward or back; 0 for the right time. Playwright controls the page's clock. */
async function setWorkerClock(context: BrowserContext, ahead: number): Promise<void> {
  const workers = context.serviceWorkers();
  expect(workers).toHaveLength(1);
  await workers[0]?.evaluate((by) => {
    // A new Date still has the machine's time, whatever Date.now returns.
    Date.now = () => new Date().getTime() + by;
  }, ahead);
}

/**
 * Refreshed after the server has expired the token, with the expiry measured by this device's clock, whatever the server's clock.
 */
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

// With nonces no proof depends on a clock; without them, see below.
for (const binding of ['none', 'nonces'] as const) {
  test.describe(`a server with ${binding === 'none' ? 'tokens for whoever holds them' : 'bound tokens'}`, () => {
    test.use({ peerOptions: { accessTokenSeconds: 3600, binding } });

    for (const [name, ahead] of CLOCKS) {
      test(`REF-5, DPOP-9: a clock that is ten minutes ${name}: connects, refreshes twice, and again when it is corrected`, async ({
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

test('REF-5, DPOP-9: a clock that becomes wrong when proofs depend on it and the server’s clock is unreadable: says so, and continues once it is right', async ({
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
    await expectWait(page, /Not renewed.*this device’s clock may be wrong/);
    // The clock is corrected: a deadline from the wrong clock no longer counts.
    await page.clock.setSystemTime(Date.now());
    await setWorkerClock(context, 0);
    await passBy(page, 7_000);
    await expectBack(page);
    await expectRefresh(page, peers);
  }
});

/** Clears storage as a browser does when space is short, or a user who clears site data. */
async function clearStorage(page: Page, appUrl: string, what: 'indexeddb' | 'all'): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(appUrl).origin, storageTypes: what });
  await devtools.detach();
}

test('STO-6, REF-8: storage that is cleared during a refresh: says so, restores nothing, and one click connects again', async ({
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
    // The new tokens are revoked, because nothing stores them.
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

/** From now on every write fails in the page or the worker, as in a browser with a full disk. */
const fillDisk = (): void => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    const request = put.call(this, value, key);
    Object.defineProperty(this.transaction, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
    this.transaction.abort();
    return request;
  };
};

test('STO-6, REF-2: a disk that fills up during a session: says so, and refreshes twice without a sign-in', async ({
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
