/** REV-5: logs out at the provider after a disconnect, at a server that supports RP-Initiated Logout 1.0. */
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

/** Disconnects as the app does; `captured` is the query of the URL that the page was opened with. */
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

/** Confirms the logout on the provider's page. Returns the URL that the provider redirects to. */
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

describe('REV-5: logout at the provider', () => {
  test('runs after the revocations, sends no token, and returns to the result of the disconnect', async () => {
    const { tab, id } = await connected();
    const token = await tab.tokens.current(id);
    const { service, left } = disconnectServiceOf(tab);
    expect(await service.prepareLogout(id)).toMatchObject({ host: new URL(server.issuer).host, hasReturnUri: true });
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
    'reports the disconnect but not the logout after a return with the query "%s"',
    async (query) => {
      const { tab, id } = await connected();
      await disconnectServiceOf(tab).service.disconnect(id, { signsOut: true });
      const { service } = disconnectServiceOf(tab, new URL(`${APP_URL}signed-out${query}`));
      expect(service.signedOut.get()).toMatchObject({ outcome: { kind: 'revoked' } });
      expect(service.signedOut.get()?.isLedBack).toBeUndefined();
    },
  );

  test('ignores a return that this browser did not start', async () => {
    const { tab } = await connected();
    const { service } = disconnectServiceOf(tab, new URL(`${APP_URL}signed-out?state=made-up`));
    expect(service.signedOut.get()).toBeUndefined();
    expect(tab.store.views()).toHaveLength(1);
  });

  test('keeps the user on the page unless they choose to log out', async () => {
    const { tab, id } = await connected();
    const { service, left } = disconnectServiceOf(tab);
    await service.disconnect(id);
    expect(left).toEqual([]);
    expect(service.signedOut.get()).toBeUndefined();
  });

  test('sends no return URI with a configured client id, because it may not be registered', async () => {
    const own = {
      client_id: 'own',
      token_endpoint_auth_method: 'none' as const,
      redirect_uris: [`${APP_URL}callback`],
      grant_types: ['authorization_code', 'refresh_token'],
    };
    const { tab, id } = await connected({ configuration: { clients: [own] } }, 'own');
    const { service, left } = disconnectServiceOf(tab);
    expect(await service.prepareLogout(id)).toMatchObject({ hasReturnUri: false });
    await service.disconnect(id, { signsOut: true });
    expect([...new URL(left[0] ?? '').searchParams]).toEqual([['client_id', 'own']]);
    expect(await (await fetch(left[0] ?? '')).text()).toContain('name="xsrf"');
  });

  test('is not offered if the server does not support it', async () => {
    const { tab, id } = await connected({ configuration: { features: { rpInitiatedLogout: { enabled: false } } } });
    expect(await disconnectServiceOf(tab).service.prepareLogout(id)).toBeUndefined();
  });

  test('is not offered if the stored URL is unsafe', async () => {
    const { tab, id } = await connected();
    const record = await tab.vault.read(id);
    if (record?.state.kind !== 'connected') throw new Error('not connected');
    record.state.grant.server.end_session_endpoint = 'javascript:alert(1)';
    await tab.vault.write(record);
    await tab.store.reload(id);
    expect(await disconnectServiceOf(tab).service.prepareLogout(id)).toBeUndefined();
  });

  test('REG-7: keeps the registration until the user is back, because the provider needs the client id', async () => {
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

describe('REV-4: a disconnect that could not delete the registration', () => {
  test.each<[string, Error, 'reported' | 'passed over']>([
    ['its script did not load, as when offline', new ChunkLoadError('offline'), 'passed over'],
    ['its server did not delete it', new OAuthError('http-5xx', 'a page of its own'), 'passed over'],
    ['the app itself failed', new TypeError('undefined is not a function'), 'reported'],
  ])('still reports its result when %s', async (_name, fault, expected) => {
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
