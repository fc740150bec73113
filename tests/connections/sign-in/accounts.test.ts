/** Account matching, incremental scopes, and disconnecting, on Birdsong with several users. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { birdsong as network } from '#networks/birdsong.ts';
import { consent, locationOf } from '#tests/birdsong/client.ts';
import { startBirdsong, type BirdsongServer } from '#tests/support/birdsong-server.ts';
import { openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';

let server: BirdsongServer;
beforeEach(async () => {
  server = await startBirdsong();
});
afterEach(() => server.stop());

type Answer = Parameters<typeof consent>[1];
type SignInChanges = Partial<Parameters<Tab['start']>[0]>;

/** Opens the consent page and submits the choice. Returns the URL that the server redirects to. */
async function signIn(tab: Tab, answer: Answer = {}, request: SignInChanges = {}): Promise<URL> {
  const service = serviceAt(server.resource);
  const url = await tab.start({ service, scope: service.firstScopes, ...request });
  return locationOf(await consent(new URL(url), answer));
}

async function connect(tab: Tab, answer: Answer = {}, request: SignInChanges = {}): Promise<string> {
  const outcome = await tab.finish(await signIn(tab, answer, request));
  if (outcome.kind !== 'connected') throw new Error(`not connected: ${outcome.kind}`);
  return outcome.connectionId;
}

const tokenOf = async (tab: Tab, id: string): Promise<string> => (await tab.tokens.current(id)).accessToken;
const isAccepted = async (token: string): Promise<boolean> =>
  (await fetch(`${server.resource}/me`, { headers: { authorization: `Bearer ${token}` } })).ok;

describe('UI-4: another user signs in', () => {
  test('merges and stores nothing before the choice, and keeps the old grant', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { user: 'lowtide' });
    const before = await tab.vault.all();
    const outcome = await tab.finish(await signIn(tab, { user: 'robin' }, { connectionId: id }));
    expect(outcome).toMatchObject({
      kind: 'account-mismatch',
      connectionId: id,
      expected: { username: 'lowtide' },
      actual: { username: 'robin' },
    });
    expect(await tab.vault.all()).toEqual(before);
    expect(await isAccepted(await tokenOf(tab, id))).toBe(true);
    expect(tab.recorder.events()).toContainEqual(expect.objectContaining({ rule: 'same-person', outcome: 'failed' }));
  });

  test('keep: adds a separate connection', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { user: 'lowtide' });
    const outcome = await tab.finish(await signIn(tab, { user: 'robin' }, { connectionId: id }));
    const decided = outcome.kind === 'account-mismatch' ? await outcome.decide('keep-both') : outcome;
    expect(decided.kind).toBe('connected');
    const people = new Map((await tab.vault.all()).map((record) => [record.identity?.username, record.id === id]));
    expect(people).toEqual(
      new Map([
        ['lowtide', true],
        ['robin', false],
      ]),
    );
  });

  test('keep: a user who is already connected keeps their connection', async () => {
    const tab = openBrowser().openTab();
    const lowtide = await connect(tab, { user: 'lowtide' });
    const robin = await connect(tab, { user: 'robin' });
    const outcome = await tab.finish(await signIn(tab, { user: 'robin' }, { connectionId: lowtide }));
    const decided = outcome.kind === 'account-mismatch' ? await outcome.decide('keep-both') : outcome;
    expect(decided).toMatchObject({ kind: 'connected', connectionId: robin });
    expect(await tab.vault.all()).toHaveLength(2);
  });

  test('discard: revokes the tokens at the server', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { user: 'lowtide' });
    const outcome = await tab.finish(await signIn(tab, { user: 'robin' }, { connectionId: id }));
    const revocations = (): number => server.requests.filter((request) => request === 'POST /birdsong/revoke').length;
    expect(revocations()).toBe(0);
    const decided = outcome.kind === 'account-mismatch' ? await outcome.decide('discard') : outcome;
    expect(decided.kind).toBe('discarded');
    expect(revocations()).toBe(2);
    expect((await tab.vault.all()).map((record) => record.identity?.username)).toEqual(['lowtide']);
    expect(await isAccepted(await tokenOf(tab, id))).toBe(true);
  });

  test('AUTH-7: sends the server the expected account, which it offers first', async () => {
    const tab = openBrowser().openTab();
    const service = serviceAt(server.resource);
    const url = await tab.start({ service, scope: service.firstScopes, loginHint: 'robin' });
    const page = await (await fetch(url)).text();
    expect(page).toMatch(/value="robin" checked/);
    expect(page).not.toMatch(/value="lowtide" checked/);
  });
});

describe('M-9: incremental scopes', () => {
  const wanted = ['openid', 'profile', 'posts:read', 'posts:write'];

  test('the new grant replaces the old one, and the rejected call succeeds', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { permissions: ['posts-read', 'offline'] });
    const post = { text: 'Hello', idempotencyKey: 'one' };
    const refusal = network.publish(tab.call(id), post);
    await expect(refusal).rejects.toMatchObject({ code: 'insufficient-scope', missingScope: ['posts:write'] });

    const outcome = await tab.finish(await signIn(tab, {}, { connectionId: id, scope: wanted, resumes: 'post-1' }));
    expect(outcome).toMatchObject({ kind: 'connected', connectionId: id, resumes: 'post-1' });
    expect(await tab.vault.all()).toHaveLength(1);
    expect(await network.publish(tab.call(id), post)).toMatchObject({ text: 'Hello' });
  });

  test('denied: the old grant stays', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { permissions: ['posts-read', 'offline'] });
    const before = await tab.vault.all();
    const outcome = await tab.finish(await signIn(tab, { decision: 'deny' }, { connectionId: id, scope: wanted }));
    expect(outcome.kind).toBe('denied');
    expect(await tab.vault.all()).toEqual(before);
    expect((await network.list(tab.call(id))).posts).toBeDefined();
  });

  test('CB-8: Allow after Deny and Back is reported as a used response', async () => {
    const tab = openBrowser().openTab();
    const service = serviceAt(server.resource);
    const url = new URL(await tab.start({ service, scope: service.firstScopes }));
    expect((await tab.finish(locationOf(await consent(url, { decision: 'deny' })))).kind).toBe('denied');
    const outcome = await tab.finish(locationOf(await consent(url)));
    expect(outcome).toEqual({ kind: 'invalid-response', reason: 'already-used' });
    expect(await tab.vault.all()).toEqual([]);
  });
});

/** A network that can delay one response of the token endpoint, after the server has processed the request. */
function tokenGate() {
  let letGo = (): void => {};
  let hasReached: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  return {
    async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
      const { url } = new Request(input, init);
      const response = await fetch(input, init);
      if (url !== server.urls.token || !hasReached) return response;
      hasReached();
      hasReached = undefined;
      await held;
      return response;
    },
    /** Resolves when the next response has arrived and is delayed. */
    holdNext: () => new Promise<void>((resolve) => (hasReached = resolve)),
    letGo: () => letGo(),
  };
}

describe('M-10: disconnecting', () => {
  test('also revokes grants that newer sign-ins replaced', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    const first = await tab.vault.read(id);
    await connect(tab, {}, { connectionId: id });
    await connect(tab, {}, { connectionId: id });
    expect((await tab.vault.read(id))?.leftovers).toHaveLength(2);
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    const oldest = first?.state.kind === 'connected' ? first.state.grant : undefined;
    const answer = await fetch(server.urls.token, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: oldest?.refreshToken ?? '',
        client_id: oldest?.clientId ?? '',
      }),
    });
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
    expect(await isAccepted(oldest?.accessToken ?? '')).toBe(false);
  });

  test('revokes a token that an API call was rejected with, because it may still be valid', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await tab.store.apply(id, { type: 'ended', reason: 'token-refused', at: 1 });
    expect((await tab.vault.read(id))?.leftovers).toHaveLength(1);
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(server.requests.filter((request) => request === 'POST /birdsong/revoke')).toHaveLength(1);
  });

  test('does not claim that it revoked the tokens of an unreadable record', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await tab.store.apply(id, { type: 'ended', reason: 'record-damaged', at: 1 });
    expect(await tab.disconnect(id)).toEqual({ kind: 'unconfirmed' });
  });

  test('still revokes the superseded tokens that can be read from such a record', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await tab.store.apply(id, { type: 'ended', reason: 'token-refused', at: 1 });
    const record = (await tab.vault.read(id)) ?? expect.fail('no record');
    await tab.vault.write({ ...record, state: { kind: 'needs-sign-in', reason: 'record-damaged', at: 1, scope: [] } });
    expect(await tab.disconnect(id)).toEqual({ kind: 'unconfirmed' });
    expect(server.requests.filter((request) => request === 'POST /birdsong/revoke')).toHaveLength(1);
  });

  test('revokes the token of a refresh that ends while a newer sign-in waits for it', async () => {
    const stepper = tokenGate();
    const browser = openBrowser({ fetch: stepper.fetch });
    const [tab, other] = [browser.openTab(), browser.openTab()];
    const id = await connect(tab);
    await other.store.reload(id);
    const first = await tab.vault.read(id);
    const callback = await signIn(tab, {}, { connectionId: id });
    const isHeld = stepper.holdNext();
    const refreshed = other.tokens.refresh(id, await tokenOf(tab, id));
    await isHeld;
    const finished = tab.finish(callback);
    stepper.letGo();
    await Promise.all([refreshed, finished]);
    const [leftover] = (await tab.vault.read(id))?.leftovers ?? [];
    const before = first?.state.kind === 'connected' ? first.state.grant.refreshToken : '';
    expect(leftover?.refreshToken).toMatch(/./);
    expect(leftover?.refreshToken).not.toBe(before);
  });

  test('revokes nothing after the grant has ended, and does not claim that it did', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await tab.store.apply(id, { type: 'ended', reason: 'grant-refused', at: 1 });
    expect(await tab.disconnect(id)).toEqual({ kind: 'nothing-to-revoke' });
    expect(server.requests).not.toContain('POST /birdsong/revoke');
  });

  test('REV-4, REF-8: deletes the connection before the server responds, and revokes the tokens of a running refresh', async () => {
    const stepper = tokenGate();
    const browser = openBrowser({ fetch: stepper.fetch });
    const tab = browser.openTab();
    const id = await connect(tab);
    const other = browser.openTab();
    await other.store.ready;
    const token = await tokenOf(tab, id);
    const isHeld = stepper.holdNext();
    const refresh = expect(other.tokens.refresh(id, token)).rejects.toMatchObject({ code: 'no-connection' });
    await isHeld; // The server has rotated the token, and its response is on the way.
    await tab.disconnect(id);
    expect(await tab.vault.all()).toEqual([]);
    stepper.letGo();
    await refresh;
    expect(await tab.vault.all()).toEqual([]);
    const late = other.requests.filter(({ url }) => url === server.urls.revocation);
    expect(late).toHaveLength(2);
  });
});

describe('M-14: several users at once', () => {
  test('each call carries its own token only', async () => {
    const tab = openBrowser().openTab();
    const ids = [await connect(tab, { user: 'lowtide' }), await connect(tab, { user: 'robin' })];
    const tokens = await Promise.all(ids.map((id) => tokenOf(tab, id)));
    expect(new Set(tokens).size).toBe(2);
    const from = tab.requests.length;
    await Promise.all(
      ids.flatMap((id, place) => [
        network.publish(tab.call(id), { text: `From ${place}`, idempotencyKey: `key-${place}` }),
        network.list(tab.call(id)),
      ]),
    );
    const carried = tab.requests.slice(from).map((request) => request.headers.get('authorization'));
    for (const token of tokens) expect(carried.filter((header) => header === `Bearer ${token}`)).toHaveLength(2);
    expect(carried).toHaveLength(4);
    for (const [place, id] of ids.entries()) {
      expect((await network.list(tab.call(id))).posts.map(({ text }) => text)).toEqual([`From ${place}`]);
    }
  });

  test('two tabs that finish the first sign-in of one user at once make one connection', async () => {
    const browser = openBrowser();
    const [one, two] = [browser.openTab(), browser.openTab()];
    const [first, second] = [await signIn(one), await signIn(two)];
    const outcomes = await Promise.all([one.finish(first), two.finish(second)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['connected', 'connected']);
    expect(await one.vault.all()).toHaveLength(1);
  });

  test('disconnecting one user keeps the others', async () => {
    const tab = openBrowser().openTab();
    const [lowtide, robin] = [await connect(tab, { user: 'lowtide' }), await connect(tab, { user: 'robin' })];
    await tab.disconnect(lowtide);
    expect(await isAccepted(await tokenOf(tab, robin))).toBe(true);
  });
});
