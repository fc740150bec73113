/**
 * Sessions survive crashes, lost responses, waits, and unconfirmed revocations. Runs in Node; tests/browser covers the worker.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { QueuedRevocations } from '#connections/disconnect/queued-revocations.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { openPersistentStore } from '#storage/persistent-store.ts';
import { openBrowser, type BrowserOptions, type Tab } from '#tests/support/browser.ts';
import { bare, json, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { connect, failureOf } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let now: number;
beforeEach(async () => {
  server = await startMisbehavingServer();
  now = Date.now();
});
afterEach(() => server.stop());

const openAt = (options: BrowserOptions = {}) => openBrowser({ now: () => now, ...options });
const statusIn = (tab: Tab) => tab.store.views()?.[0]?.status;
const refreshes = (): number => server.count(server.urls.token);

/** A tab that crashes during a refresh: its request arrives, and its response does not. */
async function crashOver(tab: Tab, id: string): Promise<void> {
  const hanging = server.hanging(server.urls.token);
  server.misbehave(server.urls.token, { kind: 'late', until: new Promise(() => {}) }, 1);
  await server.controls.expireAccessTokens();
  // Ignored, because the tab is not used again.
  tab
    .call(id)('posts')
    .catch(() => undefined);
  await hanging;
}

describe('REF-6: a tab that crashed during a refresh', () => {
  /** The lock of a crashed tab is free: another browser with the same disk represents the next start. */
  async function nextStart(first: Tab): Promise<Tab> {
    const records = await first.vault.all();
    const tab = openAt().openTab();
    for (const record of records) await tab.vault.write(record);
    for (const { id } of records) await tab.store.reloadAndBroadcast(id);
    return tab;
  }

  test('leaves its journal on disk, and the next start makes one retry and records it', async () => {
    const first = openAt().openTab();
    const id = await connect(first, server);
    await crashOver(first, id);
    expect((await first.vault.all())[0]?.journal).toMatchObject({ kind: 'in-flight', lost: 0 });

    const tab = await nextStart(first);
    const before = refreshes();
    await tab.tokens.resume(id);
    expect(refreshes()).toBe(before + 1);
    expect(statusIn(tab)).toMatchObject({ kind: 'connected' });
    expect((await tab.vault.all())[0]?.journal).toBeUndefined();
    expect(tab.recorder.events().map(({ type }) => type)).toContain('retry-declared');
    expect((await tab.call(id)('posts')).status).toBe(200);
  });

  test('and whose retry crashed too: the grant ends with that reason, and no third request is sent', async () => {
    const first = openAt().openTab();
    const id = await connect(first, server);
    await crashOver(first, id);
    const second = await nextStart(first);
    await crashOver(second, id);
    expect((await second.vault.all())[0]?.journal).toMatchObject({ kind: 'in-flight', isRetry: true, lost: 1 });

    const third = await nextStart(second);
    const before = refreshes();
    await third.tokens.resume(id);
    expect(refreshes()).toBe(before);
    expect(statusIn(third)).toMatchObject({ kind: 'needs-sign-in', reason: 'answer-lost' });
    // The token that it may have left at the server is still stored, to be revoked.
    expect((await third.vault.all())[0]?.leftovers).toHaveLength(1);
  });

  test('at a server that treats reuse as theft: the failure names the crash, and does not claim a revocation', async () => {
    const first = openAt().openTab();
    const id = await connect(first, server);
    await crashOver(first, id);
    const tab = await nextStart(first);
    server.misbehave(server.urls.token, json(400, { error: 'invalid_grant' }), 1);
    await tab.tokens.resume(id);
    expect(statusIn(tab)).toMatchObject({ kind: 'needs-sign-in', reason: 'answer-lost' });
  });
});

describe('REF-5: a refresh that fails temporarily', () => {
  test('waits longer each time, in all tabs, and the next page knows the deadline', async () => {
    const browser = openAt();
    const tab = browser.openTab();
    const id = await connect(tab, server);
    await server.controls.expireAccessTokens();
    for (const wait of [5_000, 10_000, 20_000]) {
      server.misbehave(server.urls.token, bare(503), 1);
      await failureOf(tab.call(id)('posts'));
      expect(statusIn(tab)).toMatchObject({ kind: 'waiting', until: now + wait });
      const next = browser.openTab();
      await next.store.ready;
      expect(statusIn(next)).toMatchObject({ kind: 'waiting', until: now + wait });
      now += wait + 1;
    }
    expect((await tab.call(id)('posts')).status).toBe(200);
    expect(statusIn(tab)).toMatchObject({ kind: 'connected' });
  });

  test('does not count as a lost response while the device is offline, and continues when the network is back', async () => {
    let isOffline = false;
    const fetchUnless: Fetch = (input, init) =>
      isOffline ? Promise.reject(new TypeError('Failed to fetch')) : fetch(input, init);
    const tab = openAt({ fetch: fetchUnless }).openTab();
    const id = await connect(tab, server);
    await server.controls.expireAccessTokens();
    isOffline = true;
    const { accessToken } = await tab.tokens.current(id);
    for (let round = 0; round < 4; round += 1) await tab.tokens.resume(id);
    expect((await tab.vault.all())[0]?.journal).toMatchObject({ kind: 'waiting', because: 'unreachable', lost: 0 });
    isOffline = false;
    await tab.tokens.resume(id);
    expect(statusIn(tab)).toMatchObject({ kind: 'connected' });
    expect((await tab.tokens.current(id)).accessToken).not.toBe(accessToken);
  });
});

describe('REF-3: without Web Locks', () => {
  test('a tab waits for the refresh of another tab and uses its token', async () => {
    const browser = openAt({ hasWebLocks: false });
    const [first, second] = [browser.openTab(), browser.openTab()];
    const id = await connect(first, server);
    await second.store.reloadAndBroadcast(id);
    let response = (): void => undefined;
    const until = new Promise<void>((resolve) => (response = resolve));
    const hanging = server.hanging(server.urls.token);
    server.misbehave(server.urls.token, { kind: 'late', until }, 1);
    await server.controls.expireAccessTokens();
    const before = refreshes();
    const asked = server.count(`${server.urls.resource}/posts`);
    const calls = [first.call(id)('posts')];
    await hanging;
    calls.push(second.call(id)('posts'));
    await expect.poll(() => server.count(`${server.urls.resource}/posts`)).toBe(asked + 2);
    response();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    expect(refreshes()).toBe(before + 1);
  });

  test('REF-4: a tab ignores a rejection after another tab has refreshed, and uses the newer token', async () => {
    let isHeld = true;
    let letGo = (): void => undefined;
    const stepper = new Promise<void>((resolve) => (letGo = resolve));
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const slowFirst: Fetch = async (input, init) => {
      const form = init?.body instanceof URLSearchParams ? init.body : new URLSearchParams();
      const isRefresh = form.get('grant_type') === 'refresh_token';
      if (isRefresh && isHeld) {
        isHeld = false;
        isAsked();
        await stepper;
      }
      return fetch(input, init);
    };
    const browser = openAt({ hasWebLocks: false, fetch: slowFirst });
    const [first, second] = [browser.openTab(), browser.openTab()];
    const id = await connect(first, server);
    await second.store.reloadAndBroadcast(id);
    await server.controls.expireAccessTokens();
    const call = first.call(id)('posts');
    await asked;
    // As after the device slept: the second tab takes the first for crashed.
    now += 61_000;
    expect((await second.call(id)('posts')).status).toBe(200);
    server.misbehave(server.urls.token, json(400, { error: 'invalid_grant' }), 1);
    letGo();
    expect((await call).status).toBe(200);
    for (const tab of [first, second]) expect(statusIn(tab)).toMatchObject({ kind: 'connected' });
  });
});

describe('a token is refreshed', () => {
  test('before a call that would arrive after its expiry, without a rejected call', async () => {
    const tab = openAt().openTab();
    const id = await connect(tab, server);
    now += 61_000;
    const asked = server.requests.length;
    await tab.call(id)('posts');
    expect(server.requests.slice(asked)).toEqual([
      'POST /birdsong/token',
      'GET /birdsong/jwks', // ID-2
      'GET /birdsong/api/posts',
    ]);
  });

  test('shortly before its expiry, in the background, only while the user is active', async () => {
    const tab = openAt().openTab();
    const id = await connect(tab, server);
    now += 40_000;
    await tab.call(id)('posts');
    expect(refreshes()).toBe(1); // From the sign-in.
    now += 14_000;
    expect((await tab.call(id)('posts')).status).toBe(200);
    await expect.poll(refreshes).toBe(2);
  });
});

describe('REV-3: an unconfirmed revocation', () => {
  test('is stored, reported, and sent when the server is reachable, and then its token is deleted', async () => {
    const browser = openAt();
    const tab = browser.openTab();
    const other = browser.openTab();
    const id = await connect(tab, server);
    const { accessToken } = await tab.tokens.current(id);
    server.misbehave(server.urls.revocation, { kind: 'hang-up' }, 2);
    expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
    expect(tab.store.views()).toEqual([]);

    server.misbehave(server.urls.revocation, bare(503), 2);
    await tab.revocations.send();
    const headers = { authorization: `Bearer ${accessToken}` };
    const isAccepted = async () => (await fetch(`${server.urls.resource}/posts`, { headers })).status === 200;
    expect(await isAccepted()).toBe(true);
    expect(tab.revocations.results.get().size).toBe(0);

    await other.revocations.send();
    expect(await isAccepted()).toBe(false);
    // Whichever tab has sent it, each can report it.
    for (const { revocations } of [tab, other])
      await expect.poll(() => [...revocations.results.get()]).toEqual([[id, 'confirmed']]);
    expect(JSON.stringify(await openPersistentStore('revocations').entries())).not.toMatch(/token/i);
    const asked = server.requests.length;
    await tab.revocations.send();
    expect(server.requests.length).toBe(asked);
  });

  test('is not repeated if the server has rejected it', async () => {
    const tab = openAt().openTab();
    const id = await connect(tab, server);
    server.misbehave(server.urls.revocation, json(400, { error: 'unsupported_token_type' }), 2);
    const outcome = await tab.disconnect(id);
    expect(outcome).toMatchObject({ kind: 'unconfirmed' });
    expect(outcome).not.toHaveProperty('asksAgain');
    const asked = server.requests.length;
    await tab.revocations.send();
    expect(server.requests.length).toBe(asked);
  });

  test('that the server finally rejects is reported as rejected', async () => {
    const tab = openAt().openTab();
    const id = await connect(tab, server);
    server.misbehave(server.urls.revocation, bare(503), 2);
    expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
    server.misbehave(server.urls.revocation, json(400, { error: 'unsupported_token_type' }), 1);
    await tab.revocations.send();
    expect([...tab.revocations.results.get()]).toEqual([[id, 'refused']]);
  });

  describe('of two tokens with different results', () => {
    type Hint = 'access_token' | 'refresh_token';
    const REFUSED = json(400, { error: 'unsupported_token_type' });
    /** The results of the next revocations of each token; with none, the server revokes it. */
    let faults: Partial<Record<Hint, Fault>>;
    let isAsked: (hint: Hint) => Promise<void>;
    beforeEach(() => {
      faults = {};
      isAsked = () => Promise.resolve();
    });
    const openFaulty = () =>
      openAt({
        fetch: async (input, init) => {
          const hint = init?.body instanceof URLSearchParams ? init.body.get('token_type_hint') : null;
          if (hint === 'access_token' || hint === 'refresh_token') {
            await isAsked(hint);
            const fault = faults[hint];
            if (fault) server.misbehave(server.urls.revocation, fault, 1);
          }
          return fetch(input, init);
        },
      });

    test('counts as rejected if one of them was, whichever tab gets the last result', async () => {
      const browser = openFaulty();
      const tab = browser.openTab();
      const id = await connect(tab, server);
      faults = { refresh_token: bare(503), access_token: bare(503) };
      await tab.disconnect(id);
      faults = { refresh_token: REFUSED, access_token: bare(503) };
      await tab.revocations.send();
      expect(tab.revocations.results.get().size).toBe(0);

      faults = {};
      const other = browser.openTab();
      await other.revocations.send();
      for (const { revocations } of [tab, other])
        await expect.poll(() => [...revocations.results.get()]).toEqual([[id, 'refused']]);
    });

    test('counts as rejected if the rejection came at once, with the disconnect', async () => {
      const tab = openFaulty().openTab();
      const id = await connect(tab, server);
      faults = { refresh_token: bare(503), access_token: REFUSED };
      expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
      faults = {};
      await tab.revocations.send();
      expect([...tab.revocations.results.get()]).toEqual([[id, 'refused']]);
    });

    test('is not reported as confirmed while another token of the same disconnect is pending', async () => {
      const browser = openFaulty();
      const [tab, other] = [browser.openTab(), browser.openTab()];
      const id = await connect(tab, server);
      faults = { refresh_token: bare(503), access_token: bare(503) };
      let heardMeanwhile: number | undefined;
      isAsked = async (hint) => {
        if (hint === 'refresh_token') return;
        isAsked = () => Promise.resolve();
        faults = { access_token: bare(503) };
        await other.revocations.send();
        heardMeanwhile = other.revocations.results.get().size;
      };
      expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
      expect(heardMeanwhile).toBe(0);
      faults = {};
      await other.revocations.send();
      for (const { revocations } of [tab, other])
        await expect.poll(() => [...revocations.results.get()]).toEqual([[id, 'confirmed']]);
    });
  });

  test('is reported for a month, also by a page that was opened after another got the result', async () => {
    const browser = openAt();
    const tab = browser.openTab();
    const id = await connect(tab, server);
    server.misbehave(server.urls.revocation, bare(503), 2);
    await tab.disconnect(id);
    await tab.revocations.send();

    const later = browser.openTab();
    const asked = server.requests.length;
    await later.revocations.send();
    expect([...later.revocations.results.get()]).toEqual([[id, 'confirmed']]);
    expect(server.requests.length).toBe(asked);
    now += 31 * 24 * 60 * 60 * 1000;
    await later.revocations.send();
    expect(later.revocations.results.get().size).toBe(0);
    expect(await openPersistentStore('revocations').entries()).toEqual([]);
  });

  test('that an older version of the app stored separately for each token is still sent', async () => {
    const tab = openAt().openTab();
    const id = await connect(tab, server);
    server.misbehave(server.urls.revocation, bare(503), 2);
    await tab.disconnect(id);
    const store = openPersistentStore('revocations');
    const kept = await store.get(id);
    await store.delete(id);
    const { revocations, ...about } = kept as QueuedRevocations;
    for (const revocation of revocations) await store.set(crypto.randomUUID(), { ...about, ...revocation });
    const asked = server.count(server.urls.revocation);
    await tab.revocations.send();
    await tab.revocations.send();
    expect(server.count(server.urls.revocation)).toBe(asked + 2);
  });
});
