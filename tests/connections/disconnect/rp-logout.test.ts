/** REV-5: signing out at the provider after a disconnect, at a server that really has a sign-out (RP-Initiated Logout 1.0). */
import { afterEach, describe, expect, test, vi } from 'vitest';

import { createDisconnectService, type DisconnectService } from '#connections/disconnect/disconnect-service.ts';
import { ChunkLoadError } from '#connections/load-chunk.ts';
import { OAuthError } from '#oauth/errors.ts';
import { APP_URL, openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer, type OidcServerOptions } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

const SCOPE = ['openid', 'profile', 'offline_access', 'notices:read'];
let server: OidcServer;
afterEach(() => server.stop());

async function connected(options: OidcServerOptions = {}, clientId?: string): Promise<{ tab: Tab; id: string }> {
  server = await startOidcServer(options);
  const tab = openBrowser().openTab();
  const service = serviceAt(server.resource, {
    id: 'notices',
    name: 'Notices',
    ...(clientId !== undefined && { clientId, issuer: server.issuer }),
  });
  const outcome = await tab.finish(await visit(await tab.start({ service, scope: SCOPE }), APP_URL));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return { tab, id: outcome.kind === 'connected' ? outcome.connectionId : '' };
}

/** The ends of connections as the app wires them; `captured` is what the page's address carried. */
function disconnectServiceOf(
  tab: Tab,
  captured?: URL,
  onError = (error: unknown): void => expect.fail(String(error)),
): { service: DisconnectService; left: string[] } {
  const left: string[] = [];
  const service = createDisconnectService({
    ...tab,
    appUrl: APP_URL,
    catalog: { custom: { remove: vi.fn() } } as never,
    leave: (url) => left.push(url),
    captured: captured?.searchParams,
    admitted: undefined,
    onError,
  });
  return { service, left };
}

/** Answers the provider's page with yes, and gives the address that it leads to. */
async function confirm(url: string): Promise<URL> {
  const shown = await fetch(url);
  const page = await shown.text();
  expect(page).toContain('name="xsrf"');
  const answered = await fetch(`${server.issuer}/session/end/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: shown.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    },
    body: new URLSearchParams({ xsrf: /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '', logout: 'yes' }),
  });
  return new URL(answered.headers.get('location') ?? '');
}

describe('REV-5: signing out at the provider', () => {
  test('comes after the revocations, carries no token, and leads back to what became of the connection', async () => {
    const { tab, id } = await connected();
    const token = await tab.tokens.current(id);
    const { service, left } = disconnectServiceOf(tab);
    expect(await service.prepareLogout(id)).toMatchObject({ host: new URL(server.issuer).host, leadsBack: true });
    expect(await service.disconnect(id, { signsOut: true })).toEqual({ kind: 'revoked' });
    expect(tab.store.views()).toEqual([]);
    expect(server.requests.filter((request) => request.endsWith('/revocation'))).toHaveLength(2);
    const [url = ''] = left;
    const { searchParams } = new URL(url);
    expect([...searchParams.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'client_id',
      'post_logout_redirect_uri',
      'state',
    ]);
    expect(url + JSON.stringify(tab.sessionStorage)).not.toContain(token);
    expect(JSON.stringify(tab.sessionStorage)).not.toMatch(/eyJ|Token"/);

    const back = await confirm(url);
    expect(back.origin + back.pathname).toBe(`${APP_URL}signed-out`);
    const { service: later } = disconnectServiceOf(tab, back);
    expect(later.signedOut.get()).toMatchObject({
      isLedBack: true,
      host: new URL(server.issuer).host,
      service: { name: 'Notices' },
      identity: { username: 'ada' },
      outcome: { kind: 'revoked' },
    });
    later.forgetSignOut();
    expect(disconnectServiceOf(tab).service.signedOut.get()).toBeUndefined();
  });

  test.each(['', '?state=somebody-elses', '?state=a&state=b'])(
    'survives a way back with the query "%s": the connection’s end is told, the sign-out is not claimed',
    async (query) => {
      const { tab, id } = await connected();
      await disconnectServiceOf(tab).service.disconnect(id, { signsOut: true });
      const { service } = disconnectServiceOf(tab, new URL(`${APP_URL}signed-out${query}`));
      expect(service.signedOut.get()).toMatchObject({ outcome: { kind: 'revoked' } });
      expect(service.signedOut.get()?.isLedBack).toBeUndefined();
    },
  );

  test('a way back that nobody here has begun changes nothing', async () => {
    const { tab } = await connected();
    const { service } = disconnectServiceOf(tab, new URL(`${APP_URL}signed-out?state=made-up`));
    expect(service.signedOut.get()).toBeUndefined();
    expect(tab.store.views()).toHaveLength(1);
  });

  test('without the choice the page stays', async () => {
    const { tab, id } = await connected();
    const { service, left } = disconnectServiceOf(tab);
    await service.disconnect(id);
    expect(left).toEqual([]);
    expect(service.signedOut.get()).toBeUndefined();
  });

  test('with a client id of one’s own asks for no way back that may not be registered', async () => {
    const own = {
      client_id: 'own',
      token_endpoint_auth_method: 'none' as const,
      redirect_uris: [`${APP_URL}callback`],
      grant_types: ['authorization_code', 'refresh_token'],
    };
    const { tab, id } = await connected({ configuration: { clients: [own] } }, 'own');
    const { service, left } = disconnectServiceOf(tab);
    expect(await service.prepareLogout(id)).toMatchObject({ leadsBack: false });
    await service.disconnect(id, { signsOut: true });
    expect([...new URL(left[0] ?? '').searchParams]).toEqual([['client_id', 'own']]);
    expect(await (await fetch(left[0] ?? '')).text()).toContain('name="xsrf"');
  });

  test('is not offered where the server has no sign-out', async () => {
    const { tab, id } = await connected({ configuration: { features: { rpInitiatedLogout: { enabled: false } } } });
    expect(await disconnectServiceOf(tab).service.prepareLogout(id)).toBeUndefined();
  });

  test('is not offered for a stored address that is not safe', async () => {
    const { tab, id } = await connected();
    const record = await tab.vault.read(id);
    if (record?.state.kind !== 'connected') throw new Error('not connected');
    record.state.grant.server.end_session_endpoint = 'javascript:alert(1)';
    await tab.vault.write(record);
    await tab.store.reload(id);
    expect(await disconnectServiceOf(tab).service.prepareLogout(id)).toBeUndefined();
  });

  test('REG-7: the registration lives until the person is back, since the provider asks for whom it signs out', async () => {
    const { tab, id } = await connected({
      configuration: { features: { registrationManagement: { enabled: true } } },
    });
    const clientId = tab.store.views()?.[0]?.details?.clientId ?? '';
    const { service, left } = disconnectServiceOf(tab);
    await service.disconnect(id, { signsOut: true });
    const back = await confirm(left[0] ?? '');
    expect(server.requests).not.toContain(`DELETE /reg/${clientId}`);
    disconnectServiceOf(tab, back);
    await vi.waitFor(() => expect(server.requests).toContain(`DELETE /reg/${clientId}`));
    expect(await tab.registrations.find(server.issuer, clientId)).toBeUndefined();
    expect(tab.pendingLogouts.find()).toMatchObject({ isLedBack: true });
  });
});

describe('REV-4: a disconnect after which the registration could not be ended', () => {
  test.each<[string, Error, 'reported' | 'passed over']>([
    ['its script did not come, as offline', new ChunkLoadError('offline'), 'passed over'],
    ['its server did not let go of it', new OAuthError('http-5xx', 'a page of its own'), 'passed over'],
    ['the app itself failed', new TypeError('undefined is not a function'), 'reported'],
  ])('since %s, tells what it came to all the same', async (_name, fault, expected) => {
    const { tab, id } = await connected();
    const release = vi.fn(() => Promise.reject(fault));
    const faults: unknown[] = [];
    const troubled = { ...tab, registrations: { ...tab.registrations, release } };
    const { service } = disconnectServiceOf(troubled, undefined, (error) => faults.push(error));
    expect(await service.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(release).toHaveBeenCalledOnce();
    expect(faults).toEqual(expected === 'reported' ? [fault] : []);
  });
});
