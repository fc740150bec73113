/** The same flow against an independent, certified server, so that it does not depend on Birdsong's leniency. */
import { afterEach, describe, expect, test } from 'vitest';

import type { Fetch } from '#oauth/flow-context.ts';
import type { JsonObject } from '#oauth/json-document.ts';
import { APP_URL, openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer, type OidcServerOptions } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

const SCOPE = ['openid', 'profile', 'offline_access', 'notices:read'];
let server: OidcServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function connect(tab: Tab, options: OidcServerOptions = {}): Promise<{ id: string; server: OidcServer }> {
  server = await startOidcServer(options);
  const service = serviceAt(server.resource, { id: 'notices', name: 'Notices' });
  const callback = await visit(await tab.start({ service, scope: SCOPE }), APP_URL);
  const outcome = await tab.finish(callback);
  expect(outcome).toMatchObject({ kind: 'connected' });
  return { id: outcome.kind === 'connected' ? outcome.connectionId : '', server };
}

async function read(tab: Tab, id: string): Promise<unknown> {
  return (await tab.call(id)('')).json();
}

describe('oidc-provider as the authorization server', () => {
  test.each(['opaque', 'jwt'] as const)('ID-7: connects and calls with an access token that is %s', async (form) => {
    const tab = openBrowser().openTab();
    const { id } = await connect(tab, { accessTokenFormat: form });
    expect(tab.store.views()).toMatchObject([
      {
        identity: { subject: 'ada', name: 'Ada Byron', username: 'ada' },
        details: { accessTokenForm: form, hasRefreshToken: true },
        status: { kind: 'connected', refreshesItself: true },
      },
    ]);
    if (form === 'opaque') expect(await read(tab, id)).toMatchObject({ subject: 'ada', scope: 'notices:read' });
  });

  test('uses the rotated refresh token next: two refreshes in a row succeed', async () => {
    const tab = openBrowser().openTab();
    const { id } = await connect(tab);
    for (let round = 0; round < 2; round += 1) {
      await tab.tokens.refresh(id, (await tab.tokens.current(id)).accessToken);
      expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    }
  });

  test('REF-3: makes one request when five tabs refresh at once and reuse would revoke the grant', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    const { id, server: peer } = await connect(first);
    const tabs = [first, ...Array.from({ length: 4 }, () => browser.openTab())];
    const old = await Promise.all(tabs.map(async ({ tokens }) => (await tokens.current(id)).accessToken));
    expect(new Set(old).size).toBe(1);
    const before = peer.requests.length;
    const refreshed = await Promise.all(tabs.map(({ tokens }, place) => tokens.refresh(id, old[place] ?? '')));
    expect(new Set(refreshed.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(peer.requests.slice(before)).toEqual(['POST /token', 'GET /jwks']);
    for (const one of tabs) expect(await read(one, id)).toMatchObject({ subject: 'ada' });
  });

  test('REF-7: ends the grant when the server has deleted the client; the next sign-in registers once and connects', async () => {
    const tab = openBrowser().openTab();
    const { id, server: peer } = await connect(tab);
    const clientId = tab.store.views()?.[0]?.details?.clientId ?? '';
    // Not in its types: the store of its clients.
    const { adapter } = peer.provider.Client as unknown as { adapter: { destroy(id: string): Promise<void> } };
    await adapter.destroy(clientId);
    const { accessToken } = await tab.tokens.current(id);
    await expect(tab.tokens.refresh(id, accessToken)).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'needs-sign-in', reason: 'client-unknown' });
    expect(peer.requests.filter((request) => request === 'POST /reg')).toHaveLength(1);
    const service = serviceAt(peer.resource, { id: 'notices' });
    const url = await tab.start({ service, scope: SCOPE, connectionId: id, isForgotten: true });
    expect(await tab.finish(await visit(url, APP_URL))).toMatchObject({ kind: 'connected', connectionId: id });
    expect(peer.requests.filter((request) => request === 'POST /reg')).toHaveLength(2);
  });

  test('REG-7: deletes an unused registration if the server supports managing it', async () => {
    const tab = openBrowser().openTab();
    const { server: peer } = await connect(tab, {
      configuration: { features: { registrationManagement: { enabled: true } } },
    });
    const clientId = tab.store.views()?.[0]?.details?.clientId ?? '';
    const context = tab.http.forFlow({ flow: 'f', kind: 'disconnect', service: 'Notices' });
    await tab.registrations.release(context, 'https://other.example', clientId);
    expect(peer.requests).not.toContain(`DELETE /reg/${clientId}`);
    await tab.registrations.release(context, peer.issuer, clientId);
    expect(peer.requests).toContain(`DELETE /reg/${clientId}`);
    expect(await peer.provider.Client.find(clientId)).toBeUndefined();
  });

  test('M-10: revokes at the server when disconnecting', async () => {
    const tab = openBrowser().openTab();
    const { id, server: peer } = await connect(tab);
    const { accessToken: token } = await tab.tokens.current(id);
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(await peer.provider.AccessToken.find(token)).toBeUndefined();
  });

  test('TOK-8: fails and stores nothing if the code was used elsewhere', async () => {
    const tab = openBrowser().openTab();
    server = await startOidcServer();
    const service = serviceAt(server.resource, { id: 'notices' });
    const callback = await visit(await tab.start({ service, scope: SCOPE }), APP_URL);
    callback.searchParams.set('code', 'a-code-of-someone-else');
    expect(await tab.finish(callback)).toMatchObject({
      kind: 'failed',
      code: 'oauth-error',
      serverError: 'invalid_grant',
    });
    expect(await tab.vault.all()).toEqual([]);
    expect(server.requests.filter((request) => request === 'POST /token')).toHaveLength(1);
  });

  test('CB-6: uses a separate redirect URI for a server that does not send iss', async () => {
    const withoutIss: Fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!new Request(input).url.includes('/.well-known/oauth-authorization-server')) return response;
      const { authorization_response_iss_parameter_supported: _, ...metadata } = (await response.json()) as JsonObject;
      return Response.json(metadata);
    };
    const tab = openBrowser({ fetch: withoutIss }).openTab();
    server = await startOidcServer();
    const service = serviceAt(server.resource, { id: 'notices' });
    const url = new URL(await tab.start({ service, scope: SCOPE }));
    const pushed = tab.requests.find((request) => request.url.endsWith('/request'));
    expect(new URLSearchParams(await pushed?.text()).get('redirect_uri')).toMatch(
      /^http:\/\/localhost:4173\/callback\/[0-9a-f]{16}$/,
    );
    // An unadvertised `iss` that matches is accepted (CB-4).
    expect(await tab.finish(await visit(url.href, APP_URL))).toMatchObject({ kind: 'connected' });
  });
});
