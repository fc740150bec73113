/** Attacks on a sign-in: nothing that an attacker sends changes the state, and no secret leaves. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { consent, locationOf } from '#tests/birdsong/client.ts';
import { APP_URL, openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { changed, challenged } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { allowed, begin, connect, expectNoSecretSeen, kept, openTab } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let attacker: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  attacker = await startMisbehavingServer();
  tab = openTab();
});
afterEach(async () => {
  await server.stop();
  await attacker.stop();
});

const tokenRequests = (): number => [server, attacker].reduce((sum, one) => sum + one.count(one.urls.token), 0);

/** Everything that this tab sent to a URL, as text. */
const sentTo = (address: string): Promise<string[]> =>
  Promise.all(tab.requests.filter(({ url }) => url === address).map((request) => request.clone().text()));

/** An authorization response that the server never sent. */
function forged(url: string, parameters: Record<string, string>): URL {
  const { searchParams } = new URL(url);
  const callback = new URL(searchParams.get('redirect_uri') ?? '');
  callback.search = new URLSearchParams({ state: searchParams.get('state') ?? '', ...parameters }).toString();
  return callback;
}

describe('the authorization request', () => {
  test('AUTH-3: has a new state, nonce and challenge each time, and they contain no data', async () => {
    const [one, two] = [new URL(await begin(tab, server)), new URL(await begin(tab, server))];
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = [one.searchParams.get(name), two.searchParams.get(name)];
      expect(new Set(values).size, name).toBe(2);
      for (const value of values) expect(value, name).toMatch(/^[\w-]{43}$/);
    }
  });

  test('AUTH-2: stays S256 after the server has rejected it, and never falls back to plain', async () => {
    const { issuer } = server.urls;
    const refusal = { error: 'invalid_request', error_description: 'transform algorithm not supported', iss: issuer };
    const outcome = await tab.finish(forged(await begin(tab, server), refusal));
    expect(outcome).toMatchObject({ kind: 'error-response', error: 'invalid_request' });
    expect(new URL(await begin(tab, server)).searchParams.get('code_challenge_method')).toBe('S256');
    expect(tokenRequests()).toBe(0);
  });

  test('REG-8: has exactly the registered redirect URI, as the token request does', async () => {
    const url = new URL(await begin(tab, server));
    await tab.finish(locationOf(await consent(url)));
    const [registration = ''] = await sentTo(server.urls.registration);
    const [context] = await sentTo(server.urls.token);
    const [redirectUri] = (JSON.parse(registration) as { redirect_uris: string[] }).redirect_uris;
    expect(redirectUri).toBe(`${APP_URL}callback`);
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri);
    expect(new URLSearchParams(context).get('redirect_uri')).toBe(redirectUri);
  });

  test('REG-8: is not sent if the server registered the redirect URI with a query', async () => {
    server.misbehave(server.urls.registration, changed({ redirect_uris: [`${APP_URL}callback?from=server`] }));
    await expect(begin(tab, server)).rejects.toMatchObject({ code: 'registration-altered' });
  });

  test('REG-1: has the configured client id, even if the server offers registration', async () => {
    const service = serviceAt(server.urls.resource, {
      clientId: 'from-the-deployer',
      issuer: server.urls.issuer,
    });
    const url = new URL(await tab.start({ service, scope: ['openid'] }));
    expect(url.searchParams.get('client_id')).toBe('from-the-deployer');
    expect(server.count(server.urls.registration)).toBe(0);
  });

  test('REG-7: needs one registration, however many tabs sign in at once', async () => {
    const browser = openBrowser();
    const tabs = Array.from({ length: 4 }, () => browser.openTab());
    const urls = await Promise.all(tabs.map((one) => begin(one, server)));
    expect(new Set(urls.map((url) => new URL(url).searchParams.get('client_id'))).size).toBe(1);
    expect(server.count(server.urls.registration)).toBe(1);
  });

  test('AUTH-7: asks only for the needed scopes, whatever scope a challenge requests', async () => {
    server.misbehave(server.urls.resource, challenged('Bearer scope="admin posts:read"'));
    const scope = new URL(await begin(tab, server)).searchParams.get('scope');
    expect(scope).toBe(serviceAt('').firstScopes.join(' '));
  });
});

describe('the code is sent to the stored endpoint', () => {
  test('CB-7, AUTH-4: even if the server’s metadata names another one meanwhile', async () => {
    const callback = await allowed(tab, server);
    server.misbehave(server.urls.serverMetadata, changed({ token_endpoint: attacker.urls.token }));
    expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
    expect(attacker.requests).toEqual([]);
  });

  test('CB-7: and nowhere if the response names another server, even a known one', async () => {
    await connect(tab, attacker);
    const before = tokenRequests();
    const callback = await allowed(tab, server);
    callback.searchParams.set('iss', attacker.urls.issuer);
    expect(await tab.finish(callback)).toMatchObject({ kind: 'issuer-mismatch', actual: attacker.urls.issuer });
    expect(tokenRequests()).toBe(before);
    expectNoSecretSeen(tab, attacker);
  });

  test('CB-7: and not to an attacker who redirects users to an honest server with a client id that it knows', async () => {
    await connect(tab, server);
    const clientId = tab.store.views()?.[0]?.details?.clientId;
    attacker.misbehave(attacker.urls.registration, changed({ client_id: clientId }));
    attacker.misbehave(attacker.urls.serverMetadata, changed({ authorization_endpoint: server.urls.authorization }));
    const url = new URL(await begin(tab, attacker));
    expect(url.origin).toBe(server.urls.origin);
    // The honest server ignores the resource here, because it would reject this one.
    url.searchParams.set('resource', server.urls.resource);
    const before = tokenRequests();
    const outcome = await tab.finish(locationOf(await consent(url)));
    expect(outcome).toMatchObject({ kind: 'issuer-mismatch', actual: server.urls.issuer });
    expect(tokenRequests()).toBe(before);
  });
});

describe('an app that is identified by its document, with one redirect URI for all servers', () => {
  const DEPLOYED = 'https://planner.example/';
  const document = {
    client_id: `${DEPLOYED}client-metadata.json`,
    redirect_uris: [`${DEPLOYED}callback`],
    token_endpoint_auth_method: 'none',
  };
  beforeEach(() => {
    tab = openTab({
      appUrl: DEPLOYED,
      fetch: (input, init) =>
        new Request(input).url === document.client_id ? Promise.resolve(Response.json(document)) : fetch(input, init),
    });
    // This server accepts only metadata documents and does not promise to send iss.
    const members = {
      client_id_metadata_document_supported: true,
      registration_endpoint: undefined,
      authorization_response_iss_parameter_supported: undefined,
    };
    server.misbehave(server.urls.serverMetadata, changed(members));
  });

  test.each([
    ['no server', {}],
    ['another server', { iss: 'https://attacker.example' }],
  ])('CB-6: rejects a response that names %s', async (_name, iss) => {
    const url = await begin(tab, server);
    expect(new URL(url).searchParams.get('client_id')).toBe(document.client_id);
    const outcome = await tab.finish(forged(url, { code: 'another-server-gave-it', ...iss }));
    expect(outcome).toMatchObject({ kind: 'issuer-mismatch', expected: server.urls.issuer });
    expect(tokenRequests()).toBe(0);
  });

  test('CB-6: accepts a response that names the server', async () => {
    const { issuer } = server.urls;
    await tab.finish(forged(await begin(tab, server), { code: 'a-code', iss: issuer }));
    expect(tokenRequests()).toBe(1);
  });
});

describe('a forged response', () => {
  test('with the code of another sign-in fails because the verifier does not match, and nothing is stored', async () => {
    const stolen = await allowed(openTab(), server);
    const callback = await allowed(tab, server);
    callback.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect(await tab.finish(callback)).toMatchObject({ kind: 'failed', serverError: 'invalid_grant' });
    expect((await kept(tab)).connections).toEqual([]);
  });

  test.each([
    ['CB-3: with an error', { error: 'access_denied' }],
    ['CB-3: with a code', { code: 'stolen' }],
    ['CB-9: with a token', { access_token: 'stolen' }],
  ])('%s, for no sign-in of this tab, leaves the connections unchanged', async (_name, parameters) => {
    await connect(tab, server);
    const before = await kept(tab);
    const asked = tab.requests.length;
    const callback = new URL(`${APP_URL}callback?${new URLSearchParams({ ...parameters, state: 'made-up' })}`);
    expect(await tab.finish(callback)).toMatchObject({ kind: 'invalid-response' });
    expect(await kept(tab)).toEqual(before);
    expect(tab.requests).toHaveLength(asked);
  });
});

describe('a connection', () => {
  test('REV-1: is revoked at the server by its refresh token first, as a form with the client id', async () => {
    const id = await connect(tab, server);
    const state = (await tab.vault.read(id))?.state;
    if (state?.kind !== 'connected') throw new Error('not connected');
    const { refreshToken, accessToken, clientId } = state.grant;
    await tab.disconnect(id);
    const sent = await sentTo(server.urls.revocation);
    expect(sent.map((form) => Object.fromEntries(new URLSearchParams(form)))).toEqual([
      { token: refreshToken, token_type_hint: 'refresh_token', client_id: clientId },
      { token: accessToken, token_type_hint: 'access_token', client_id: clientId },
    ]);
  });

  test('REV-1: sends no token to an unencrypted revocation endpoint, even if one was stored', async () => {
    const id = await connect(tab, server);
    const record = await tab.vault.read(id);
    if (record?.state.kind !== 'connected') throw new Error('not connected');
    const { grant } = record.state;
    const plain = { ...grant.server, revocation_endpoint: 'http://as.example/revoke' };
    await tab.vault.write({ ...record, state: { kind: 'connected', grant: { ...grant, server: plain } } });
    await tab.store.reload(id);
    const asked = tab.requests.length;
    expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed' });
    expect(tab.requests).toHaveLength(asked);
  });

  test.each([
    ['ahead', 10],
    ['behind', -10],
  ])('is used and refreshed by a device whose clock is ten minutes %s', async (_name, minutes) => {
    tab = openTab({ now: () => Date.now() + minutes * 60_000 });
    const id = await connect(tab, server);
    expect((await tab.call(id)('posts')).status).toBe(200);
    await server.controls.expireAccessTokens();
    expect((await tab.call(id)('posts')).status).toBe(200);
  });
});
