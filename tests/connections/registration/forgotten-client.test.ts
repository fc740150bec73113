/**
 * REF-7, REG-7: a certified server that has deleted this client, detected at each step: one new registration, at the user's
 * request.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { isForgotten } from '#connections/failure.ts';
import { createSignInController } from '#connections/sign-in/sign-in-controller.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { APP_URL, openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

import { failureOf } from '#tests/support/tab.ts';

const SCOPE = ['openid', 'profile', 'offline_access', 'notices:read'];
let server: OidcServer;
let tab: Tab;
beforeEach(async () => {
  // The authorization request is in the URL of its own page.
  server = await startOidcServer({ pushing: 'none' });
  tab = openBrowser().openTab();
});
afterEach(() => server.stop());

const start = (options: { isForgotten?: boolean; connectionId?: string } = {}): Promise<string> =>
  tab.start({ service: serviceAt(server.resource, { id: 'notices', name: 'Notices' }), scope: SCOPE, ...options });
const registrations = (): number => server.requests.filter((request) => request === 'POST /reg').length;

async function connect(options: Parameters<typeof start>[0] = {}): Promise<string> {
  const outcome = await tab.finish(await visit(await start(options), APP_URL));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

test('REF-7: at a refresh: reports it, does not register by itself, and restores the same connection after one click', async () => {
  const id = await connect();
  await server.forgetClients();
  const { accessToken } = await tab.tokens.current(id);
  expect(await failureOf(tab.tokens.refresh(id, accessToken))).toMatchObject({ code: 'needs-sign-in' });
  expect(tab.store.views()).toMatchObject([{ id, status: { kind: 'needs-sign-in', reason: 'client-unknown' } }]);
  expect(registrations()).toBe(1);

  expect(await connect({ connectionId: id, isForgotten: true })).toBe(id);
  expect(registrations()).toBe(2);
  expect(await (await tab.call(id)('')).json()).toMatchObject({ subject: 'ada' });
});

test('REF-7: at the code exchange: reports it as such, and the next attempt registers again', async () => {
  const callback = await visit(await start(), APP_URL);
  await server.forgetClients();
  const outcome = await tab.finish(callback);
  expect(outcome).toMatchObject({ kind: 'failed', step: 'token-request', serverError: 'invalid_client' });
  expect(outcome.kind === 'failed' && isForgotten(outcome)).toBe(true);
  expect(await tab.vault.all()).toEqual([]);
  expect(registrations()).toBe(1);

  await connect({ isForgotten: true });
  expect(registrations()).toBe(2);
});

test('REG-7: on the server’s page, so that the sign-in never returns: the user can choose to register again', async () => {
  await connect();
  await server.forgetClients();
  const refused = await fetch(await start());
  expect(refused.status).toBe(400);
  expect(tab.pending.abandoned(Date.now())).toEqual(['notices']);
  // A user who merely turned back gets the same client id again.
  await start();
  expect(registrations()).toBe(1);

  await connect({ isForgotten: true });
  expect(registrations()).toBe(2);
  expect(tab.store.views()).toHaveLength(1);
  expect(tab.pending.abandoned(Date.now())).toEqual([]);
});

describe('REF-7: at a pushed request, so that the server reports it before the redirect', () => {
  beforeEach(async () => {
    await server.stop();
    server = await startOidcServer({ pushing: 'required' });
  });

  /** Redirects to the server as the screens do: one click each. */
  function screen(): { click: () => Promise<unknown>; left: string[] } {
    const left: string[] = [];
    const signIns = createSignInController(
      (request) => tab.start(request),
      (url) => left.push(url),
      () => [],
    );
    const service = serviceAt(server.resource, { id: 'notices', name: 'Notices' });
    return {
      left,
      async click() {
        await signIns.start({ service, scope: SCOPE, returnTo: '/' });
        return signIns.attempt.get();
      },
    };
  }

  test('reports it, and the next click registers again', async () => {
    const { click, left } = screen();
    await click();
    expect(await tab.finish(await visit(left.pop() ?? '', APP_URL))).toMatchObject({ kind: 'connected' });
    await server.forgetClients();
    expect(await click()).toMatchObject({ kind: 'failed', step: 'par', serverError: 'invalid_client' });
    expect(registrations()).toBe(1);
    await click();
    expect(await tab.finish(await visit(left.pop() ?? '', APP_URL))).toMatchObject({ kind: 'connected' });
    expect(registrations()).toBe(2);
    // Once: the next click uses the new registration.
    await click();
    expect(registrations()).toBe(2);
  });

  test('treats a bare 401 the same way (RFC 9126 §2.3)', async () => {
    const mute: Fetch = (input, init) =>
      new URL(new Request(input).url).pathname === '/request'
        ? Promise.resolve(new Response(null, { status: 401 }))
        : fetch(input, init);
    tab = openBrowser({ fetch: mute }).openTab();
    expect(await screen().click()).toMatchObject({ kind: 'failed', serverError: 'invalid_client' });
  });
});
