/** E1: a client's registration goes only when nothing of that client waits to be revoked. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createDisconnectService, type DisconnectService } from '#connections/disconnect/disconnect-service.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { openPersistentStore } from '#storage/persistent-store.ts';
import { APP_URL, openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

const SCOPE = ['openid', 'profile', 'offline_access', 'notices:read'];
let server: OidcServer;
let now: number;
/** What the revocation endpoint answers instead of the server; undefined lets the server answer. */
let fault: (() => Promise<Response>) | undefined;
/** Token responses arrive only after this. */
let tokensHeld: Promise<void> | undefined;

beforeEach(async () => {
  now = Date.now();
  fault = undefined;
  tokensHeld = undefined;
  server = await startOidcServer({ configuration: { features: { registrationManagement: { enabled: true } } } });
});
afterEach(() => server.stop());

const fetchWithFault: Fetch = async (input, init) => {
  const { pathname } = new URL(new Request(input, init).url);
  if (pathname.endsWith('/revocation') && fault) return fault();
  const response = await fetch(input, init);
  if (pathname.endsWith('/token')) await tokensHeld;
  return response;
};
const answer = (status: number) => (): Promise<Response> => Promise.resolve(new Response(null, { status }));

const open = () => openBrowser({ fetch: fetchWithFault, now: () => now });

async function connect(tab: Tab): Promise<string> {
  const service = serviceAt(server.resource, { id: 'notices', name: 'Notices' });
  const outcome = await tab.finish(await visit(await tab.start({ service, scope: SCOPE }), APP_URL));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

/** Adds another connection of the same client. */
async function addSecondConnection(tab: Tab): Promise<string> {
  const record = (await tab.vault.all())[0] ?? expect.fail('no record');
  const id = crypto.randomUUID();
  await tab.vault.write({ ...record, id });
  await tab.store.reload(id);
  return id;
}

/** Disconnects as the app does. */
function disconnectsOf(tab: Tab): DisconnectService {
  return createDisconnectService({
    ...tab,
    appUrl: APP_URL,
    catalog: { custom: { remove: vi.fn() } } as never,
    leave: () => undefined,
    captured: undefined,
    admitted: undefined,
    onError: (error) => expect.fail(String(error)),
  });
}

const countOf = (start: string): number => server.requests.filter((request) => request.startsWith(start)).length;
const deletions = (): number => countOf('DELETE /reg/');
const revocations = (): number => countOf('POST /token/revocation');
const isActive = async (token: string): Promise<boolean> => {
  const response = await fetch(`${server.issuer}/me`, { headers: { authorization: `Bearer ${token}` } });
  return response.ok;
};

describe('REV-3: the revocation endpoint answers 503 at the disconnect', () => {
  test('E1: the registration stays, the revocation is sent again and confirmed, and then the registration goes', async () => {
    const tab = open().openTab();
    const id = await connect(tab);
    const { accessToken } = await tab.tokens.current(id);
    const service = disconnectsOf(tab);
    fault = answer(503);
    expect(await service.disconnect(id)).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
    expect(tab.revocations.hasUnsent.get()).toBe(true);
    await service.sendUnsent();
    expect(deletions()).toBe(0);
    expect(tab.revocations.hasUnsent.get()).toBe(true);

    fault = undefined;
    await service.sendUnsent();
    expect(tab.revocations.hasUnsent.get()).toBe(false);
    expect(revocations()).toBe(2);
    expect([...tab.revocations.results.get()]).toEqual([[id, 'confirmed']]);
    expect(await isActive(accessToken)).toBe(false);
    expect(deletions()).toBe(1);
    await service.sendUnsent();
    expect(deletions()).toBe(1);
  });

  test('E1: another page does the rest, and tells what is not confirmed until the user closes it', async () => {
    const browser = open();
    const tab = browser.openTab();
    const id = await connect(tab);
    fault = answer(503);
    await disconnectsOf(tab).disconnect(id);

    const later = browser.openTab();
    const service = disconnectsOf(later);
    await service.sendUnsent();
    expect([...later.revocations.reports.get()]).toMatchObject([
      [id, { service: { name: 'Notices' }, identity: { username: 'ada' }, outcome: { kind: 'unconfirmed' } }],
    ]);
    expect(JSON.stringify([...later.revocations.reports.get()])).not.toMatch(/eyJ|Token"/);
    await later.revocations.dismiss(id);
    expect(later.revocations.reports.get().size).toBe(0);

    fault = undefined;
    await service.sendUnsent();
    expect(revocations()).toBe(2);
    expect(deletions()).toBe(1);
  });

  test('E1: a client that the user connects with again keeps its registration', async () => {
    const tab = open().openTab();
    const service = disconnectsOf(tab);
    fault = answer(503);
    await service.disconnect(await connect(tab));
    // Still on the server's page: nothing but the pending sign-in needs the registration.
    const url = await tab.start({
      service: serviceAt(server.resource, { id: 'notices', name: 'Notices' }),
      scope: SCOPE,
    });
    fault = undefined;
    await service.sendUnsent();
    expect(deletions()).toBe(0);
    expect(await tab.finish(await visit(url, APP_URL))).toMatchObject({ kind: 'connected' });
  });

  test('E1: a registration that another connection still needs to revoke its superseded token stays', async () => {
    const tab = open().openTab();
    const service = disconnectsOf(tab);
    const first = await connect(tab);
    const id = await addSecondConnection(tab);
    await tab.store.apply(first, { type: 'ended', reason: 'token-refused', at: 1 });
    expect(await service.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(deletions()).toBe(0);
    expect(await service.disconnect(first)).toEqual({ kind: 'revoked' });
    expect(deletions()).toBe(1);
  });
});

describe('E1: a revocation in flight', () => {
  test('E1: the registration stays until a refresh in flight has revoked the tokens that it received', async () => {
    const tab = open().openTab();
    const id = await connect(tab);
    const { accessToken } = await tab.tokens.current(id);
    let arrive = (): void => {};
    tokensHeld = new Promise((resolve) => (arrive = resolve));
    const asked = countOf('POST /token');
    const refreshed = tab.tokens.refresh(id, accessToken).catch((error: unknown) => error);
    await vi.waitFor(() => expect(countOf('POST /token')).toBeGreaterThan(asked));
    const ended = disconnectsOf(tab).disconnect(id);
    await vi.waitFor(() => expect(revocations()).toBe(2));
    // The user does not wait for the refresh.
    expect(await ended).toMatchObject({ kind: 'revoked' });
    expect(deletions()).toBe(0);
    arrive();
    expect(await refreshed).toMatchObject({ code: 'no-connection' });
    await vi.waitFor(() => expect(deletions()).toBe(1));
    expect(revocations()).toBe(4);
    expect(server.requests.findLast((request) => /revocation|DELETE/.test(request))).toContain('DELETE /reg/');
  });

  test('E1: keeps the registration while another connection of the client ends', async () => {
    const tab = open().openTab();
    const first = await connect(tab);
    const second = await addSecondConnection(tab);
    const service = disconnectsOf(tab);
    let respond = (_response: Response): void => {};
    fault = () => new Promise((resolve) => (respond = resolve));
    const slow = service.disconnect(first);
    await vi.waitFor(() => expect(tab.store.views()).toHaveLength(1));
    fault = undefined;
    await service.disconnect(second);
    expect(deletions()).toBe(0);
    fault = answer(503);
    respond(new Response(null, { status: 503 }));
    expect(await slow).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
    expect(deletions()).toBe(0);
  });

  test('E1: is sent by a later page if this one is closed before the response', async () => {
    const browser = open();
    const tab = browser.openTab();
    const id = await connect(tab);
    const { accessToken } = await tab.tokens.current(id);
    fault = () => new Promise(() => undefined);
    void disconnectsOf(tab).disconnect(id);
    await vi.waitFor(() => expect(tab.store.views()).toEqual([]));

    fault = undefined;
    const later = browser.openTab();
    await disconnectsOf(later).sendUnsent();
    // The disconnect may still be under way.
    expect(revocations()).toBe(0);
    now += 61_000;
    await disconnectsOf(later).sendUnsent();
    expect(revocations()).toBe(2);
    expect(await isActive(accessToken)).toBe(false);
    expect([...later.revocations.results.get()]).toEqual([[id, 'confirmed']]);
  });
});

test('E1: what the server refused stays said, without being sent again, for more than a month', async () => {
  const browser = open();
  const tab = browser.openTab();
  const id = await connect(tab);
  fault = answer(400);
  expect(await disconnectsOf(tab).disconnect(id)).toMatchObject({ kind: 'unconfirmed' });
  expect(deletions()).toBe(1);
  fault = undefined;
  now += 31 * 24 * 60 * 60 * 1000;
  const later = browser.openTab();
  await disconnectsOf(later).sendUnsent();
  expect(revocations()).toBe(0);
  expect([...later.revocations.reports.get().keys()]).toEqual([id]);
  await later.revocations.dismiss(id);
  expect(await openPersistentStore('revocations').entries()).toEqual([]);
});

test('E1: a revocation given up after a month is no longer promised, and stays said', async () => {
  const browser = open();
  const tab = browser.openTab();
  const id = await connect(tab);
  fault = answer(503);
  await disconnectsOf(tab).disconnect(id);
  now += 31 * 24 * 60 * 60 * 1000;
  const later = browser.openTab();
  await disconnectsOf(later).sendUnsent();
  expect(later.revocations.reports.get().get(id)?.outcome).not.toHaveProperty('asksAgain');
  expect(later.revocations.reports.get().get(id)?.outcome).toMatchObject({ kind: 'unconfirmed' });
  expect(JSON.stringify(await openPersistentStore('revocations').entries())).not.toMatch(/eyJ|"token"/);
});

test('E1: a confirmed disconnect leaves nothing behind', async () => {
  const tab = open().openTab();
  expect(await disconnectsOf(tab).disconnect(await connect(tab))).toEqual({ kind: 'revoked' });
  expect(await openPersistentStore('revocations').entries()).toEqual([]);
  expect(deletions()).toBe(1);
});
