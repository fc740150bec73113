/** DPoP and PAR against an independent server that supports or requires them (M-20). */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';

import { discoverService } from '#connections/discovery/discover-service.ts';
import { securityProfile } from '#connections/discovery/security-profile.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { APP_URL, openBrowser, serviceAt, type BrowserOptions, type Tab } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer, type OidcServerOptions } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

const SCOPE = ['openid', 'profile', 'offline_access', 'notices:read'];
const MINUTES = 60_000;
/** The URL of the API. */
const API = '/api';
const STRICT: OidcServerOptions = { binding: 'required-with-nonces', pushing: 'required' };

let server: OidcServer;
afterEach(async () => {
  await server.stop();
});

const service = () => serviceAt(server.resource, { id: 'notices', name: 'Notices' });
const leave = (tab: Tab): Promise<string> => tab.start({ service: service(), scope: SCOPE });

async function connect(tab: Tab): Promise<string> {
  const outcome = await tab.finish(await visit(await leave(tab), APP_URL));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}
const bindingOf = (tab: Tab) => tab.store.views()?.[0]?.details?.binding;
const read = async (tab: Tab, id: string): Promise<unknown> => (await tab.call(id)('')).json();

const to = (tab: Tab, path: string): Request[] => tab.requests.filter(({ url }) => new URL(url).pathname === path);
const proofsOf = (requests: Request[]): string[] => requests.map(({ headers }) => headers.get('dpop') ?? '');

/** A fetch between the app and the server that changes the responses of one URL. */
function changing(path: string, change: (response: Response) => Response | Promise<Response>): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    return new URL(new Request(input).url).pathname === path ? change(response) : response;
  };
}
/** The response as seen by a page that cannot read some of its headers. */
function hiding(...names: string[]) {
  return (response: Response): Response => {
    const headers = new Headers(response.headers);
    for (const name of names) headers.delete(name);
    return new Response(response.body, { status: response.status, headers });
  };
}
const asBearer = async (response: Response): Promise<Response> =>
  Response.json({ ...((await response.json()) as object), token_type: 'Bearer' }, { status: response.status });

describe('a server that requires everything: PAR, DPoP-bound tokens, a nonce in every proof', () => {
  test('connects, calls, refreshes and disconnects with one key and a new proof each time (DPOP-2, DPOP-3, DPOP-4)', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    await tab.tokens.refresh(id, (await tab.tokens.current(id)).accessToken);
    expect(bindingOf(tab)).toBe('bound');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });

    const calls = to(tab, API).filter(({ headers }) => headers.has('authorization'));
    expect(calls.every(({ headers }) => headers.get('authorization')?.startsWith('DPoP '))).toBe(true);
    expect(proofsOf(calls).every((proof) => decodeJwt(proof).ath !== undefined)).toBe(true);
    const dpop = proofsOf([...to(tab, '/request'), ...to(tab, '/token'), ...calls]);
    expect(dpop.length).toBeGreaterThanOrEqual(6);
    expect(new Set(dpop.map((proof) => decodeJwt(proof).jti)).size).toBe(dpop.length);
    expect(new Set(dpop.map((proof) => JSON.stringify(decodeProtectedHeader(proof).jwk))).size).toBe(1);

    const { accessToken, bound } = await tab.tokens.current(id);
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(await server.provider.AccessToken.find(accessToken)).toBeUndefined();
    expect(proofsOf(to(tab, '/token/revocation'))).not.toContain('');
    expect(await tab.keys.find(bound?.keyId ?? '')).toBeUndefined();
  });

  test('PAR: the authorization URL has only client_id and request_uri (RFC 9126 §4)', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    const { searchParams } = new URL(await leave(tab));
    expect([...searchParams.keys()]).toEqual(['client_id', 'request_uri']);
    const pushed = to(tab, '/request').at(-1);
    const form = new URLSearchParams(await pushed?.text());
    expect(form.get('code_challenge_method')).toBe('S256');
    expect(form.get('resource')).toBe(server.resource);
    expect(form.get('dpop_jkt')).toMatch(/^[\w-]{43}$/); // DPOP-8
  });

  test('DPOP-6: a nonce costs one more request the first time, and none after a page load', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    await connect(tab);
    expect(server.requests.filter((one) => one === 'POST /request')).toHaveLength(2);
    expect(server.requests.filter((one) => one === 'POST /token')).toHaveLength(1);
  });

  test('DPOP-6: uses the nonce of the response to a retry next, and never repeats a call for it', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    const before = server.requests.length;
    for (let round = 0; round < 3; round += 1) await read(tab, id);
    // The first call has no nonce of the API yet, only that of the authorization server.
    expect(server.requests.slice(before)).toEqual(Array(4).fill('GET /api'));
  });

  test('rejected nonces: one retry, then an error (case 27)', async () => {
    server = await startOidcServer(STRICT);
    let round = 0;
    const churning = changing(API, async (response) => {
      round += 1;
      const headers = { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': `nonce-${round}` };
      return response.status === 401 || round > 1 ? new Response(null, { status: 401, headers }) : response;
    });
    const tab = openBrowser({ fetch: churning }).openTab();
    const id = await connect(tab);
    const before = server.requests.length;
    await expect(read(tab, id)).rejects.toMatchObject({ code: 'nonce-rejected' });
    expect(server.requests.length - before).toBe(2);
    // It ends neither the grant nor starts a refresh.
    expect(tab.store.views()?.[0]?.status.kind).toBe('connected');
  });

  test.each(['/request', API])('DPOP-7: names a nonce that this page cannot read as the cause (%s)', async (path) => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser({ fetch: changing(path, hiding('dpop-nonce')) }).openTab();
    const flow = path === API ? connect(tab).then((id) => read(tab, id)) : leave(tab);
    await expect(flow).rejects.toMatchObject({ code: 'nonce-unreadable' });
  });

  test('retries once with a new nonce if the rejection has no readable reason', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser({ fetch: changing(API, hiding('www-authenticate')) }).openTab();
    const id = await connect(tab);
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
  });

  test('two tabs with one key: each signs proofs, and one refresh serves both (REF-3)', async () => {
    server = await startOidcServer(STRICT);
    const browser = openBrowser();
    const first = browser.openTab();
    const id = await connect(first);
    const second = browser.openTab();
    const [one, two] = await Promise.all([first.tokens.current(id), second.tokens.current(id)]);
    expect(one.bound?.keyId).toBe(two.bound?.keyId);
    const before = server.requests.length;
    await Promise.all([first.tokens.refresh(id, one.accessToken), second.tokens.refresh(id, two.accessToken)]);
    const tokenRequests = server.requests.slice(before).filter((request) => request === 'POST /token');
    // The second tab has no nonce of its own yet if it is the one that refreshes.
    expect(tokenRequests.length).toBeLessThanOrEqual(2);
    expect(await Promise.all([read(first, id), read(second, id)])).toMatchObject([
      { subject: 'ada' },
      { subject: 'ada' },
    ]);
  });

  test('an intercepted proof is useless a second time, because the server rejects its jti', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await read(tab, id);
    const caught = to(tab, API).at(-1);
    expect(caught?.headers.get('dpop')).toBeTruthy();
    const again = await fetch(`${server.resource}/`, { headers: new Headers(caught?.headers) });
    expect(again.status).toBe(401);
    expect(again.headers.get('www-authenticate')).toContain('invalid_dpop_proof');
  });
});

describe('a server that supports DPoP and PAR but does not require them', () => {
  test.each(['opaque', 'jwt'] as const)('binds tokens if possible (%s)', async (accessTokenFormat) => {
    server = await startOidcServer({ accessTokenFormat });
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
  });

  test('DPOP-4: uses tokens that the server does not bind as bearer tokens, and reports it', async () => {
    server = await startOidcServer({ binding: 'none' });
    const promising: Fetch = changing('/.well-known/oauth-authorization-server', async (response) =>
      Response.json({ ...((await response.json()) as object), dpop_signing_alg_values_supported: ['ES256'] }),
    );
    const tab = openBrowser({ fetch: promising }).openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('not-granted');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    expect(to(tab, API).at(-1)?.headers.get('authorization')).toMatch(/^Bearer /);
  });

  test('DPOP-3: refreshes a plain access token with proofs if its refresh token is bound (RFC 9449 §5)', async () => {
    server = await startOidcServer();
    const tab = openBrowser({ fetch: changing('/token', asBearer) }).openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('not-granted');
    const { accessToken } = await tab.tokens.current(id);
    expect((await tab.tokens.refresh(id, accessToken)).accessToken).not.toBe(accessToken);
    expect(bindingOf(tab)).toBe('not-granted');
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(proofsOf(to(tab, '/token'))).not.toContain('');
  });

  test('DPOP-9: uses bearer tokens at a server that supports other algorithms only', async () => {
    server = await startOidcServer();
    const others: Fetch = changing('/.well-known/oauth-authorization-server', async (response) =>
      Response.json({ ...((await response.json()) as object), dpop_signing_alg_values_supported: ['EdDSA'] }),
    );
    const tab = openBrowser({ fetch: others }).openTab();
    await connect(tab);
    expect(bindingOf(tab)).toBe('bearer');
  });

  test('sends the authorization request in the URL if PAR is unreachable, bound to the key by its thumbprint', async () => {
    server = await startOidcServer();
    const closed: Fetch = (input, init) =>
      new URL(new Request(input).url).pathname === '/request'
        ? Promise.reject(new TypeError('Failed to fetch'))
        : fetch(input, init);
    const tab = openBrowser({ fetch: closed }).openTab();
    const url = new URL(await leave(tab));
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('dpop_jkt')).toMatch(/^[\w-]{43}$/);
    expect(await tab.finish(await visit(url.href, APP_URL))).toMatchObject({ kind: 'connected' });
    expect(bindingOf(tab)).toBe('bound');
  });

  const describing = (members: object) =>
    changing('/.well-known/oauth-protected-resource/api', async (response) =>
      Response.json({ ...((await response.json()) as object), ...members }),
    );
  const challenging = (challenge: string) =>
    changing('/api', () => new Response(null, { status: 401, headers: { 'www-authenticate': challenge } }));

  test.each([
    ['in its metadata', () => describing({ dpop_signing_alg_values_supported: ['EdDSA'] })],
    ['in its challenge', () => challenging('Bearer, DPoP algs="EdDSA PS256"')],
  ])('DPOP-9: uses bearer tokens if the API says %s that it supports other algorithms only', async (_name, says) => {
    server = await startOidcServer();
    const tab = openBrowser({ fetch: says() }).openTab();
    await connect(tab);
    expect(bindingOf(tab)).toBe('bearer');
  });

  test('DPOP-9: binds tokens if our algorithm is among them', async () => {
    server = await startOidcServer();
    const tab = openBrowser({ fetch: challenging('Bearer, DPoP algs="EdDSA ES256"') }).openTab();
    await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
  });

  test('DPOP-9: rejects an API that requires DPoP and supports other algorithms only', async () => {
    server = await startOidcServer({ binding: 'required' });
    const tab = openBrowser({ fetch: describing({ dpop_signing_alg_values_supported: ['EdDSA'] }) }).openTab();
    const context = tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' });
    const { servers, requiresBinding } = await discoverService(context, server.resource);
    const [found] = servers;
    expect(found.kind === 'usable' && securityProfile(found.metadata, requiresBinding).tokens).toBe('impossible');
    await expect(leave(tab)).rejects.toMatchObject({ code: 'dpop-unavailable' });
  });

  test.each([404, 405, 410])('sends the authorization request in the URL if PAR responds with %i', async (status) => {
    server = await startOidcServer();
    const tab = openBrowser({ fetch: changing('/request', () => new Response('gone', { status })) }).openTab();
    const url = new URL(await leave(tab));
    expect(url.searchParams.get('request_uri')).toBeNull();
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  });

  test.each([
    ['with 200 and no expiry', 200, { expires_in: undefined }],
    ['with the expiry as a string', 201, { expires_in: '60' }],
  ])('accepts a PAR response %s', async (_name, status, members) => {
    server = await startOidcServer();
    const loose = changing('/request', async (response) =>
      response.ok ? Response.json({ ...((await response.json()) as object), ...members }, { status }) : response,
    );
    const tab = openBrowser({ fetch: loose }).openTab();
    const url = new URL(await leave(tab));
    expect([...url.searchParams.keys()]).toEqual(['client_id', 'request_uri']);
    expect(await tab.finish(await visit(url.href, APP_URL))).toMatchObject({ kind: 'connected' });
  });

  test('rejects a web page as a PAR response', async () => {
    server = await startOidcServer();
    const page = changing(
      '/request',
      () => new Response('{"request_uri":"x"}', { headers: { 'content-type': 'text/html' } }),
    );
    await expect(leave(openBrowser({ fetch: page }).openTab())).rejects.toMatchObject({ code: 'malformed-response' });
  });

  test('does not send a rejected pushed request in the URL', async () => {
    server = await startOidcServer();
    const refused = changing('/request', () => Response.json({ error: 'invalid_scope' }, { status: 400 }));
    const tab = openBrowser({ fetch: refused }).openTab();
    await expect(leave(tab)).rejects.toMatchObject({
      code: 'oauth-error',
      details: { step: 'par', serverError: 'invalid_scope' },
    });
    expect(server.requests.some((request) => request.includes('/auth'))).toBe(false);
  });

  test('does not send the request in the URL if the server requires PAR and is unreachable', async () => {
    server = await startOidcServer({ pushing: 'required' });
    const gone = changing('/request', () => new Response(null, { status: 404 }));
    const tab = openBrowser({ fetch: gone }).openTab();
    await expect(leave(tab)).rejects.toMatchObject({ details: { step: 'par', status: 404 } });
  });
});

describe('no downgrade to bearer tokens', () => {
  test('DPOP-4: discards and revokes a bearer token if the resource requires DPoP (case 28)', async () => {
    server = await startOidcServer({ binding: 'required' });
    const tab = openBrowser({ fetch: changing('/token', asBearer) }).openTab();
    const outcome = await tab.finish(await visit(await leave(tab), APP_URL));
    expect(outcome).toMatchObject({ kind: 'failed', code: 'not-dpop-bound' });
    expect(await tab.vault.all()).toEqual([]);
    await expect.poll(() => server.requests.filter((one) => one === 'POST /token/revocation').length).toBe(2);
  });

  test('DPOP-4: ends the grant and says so if a refresh returns a bearer token', async () => {
    server = await startOidcServer();
    let isDowngrading = false;
    const downgrading = changing('/token', (response) => (isDowngrading ? asBearer(response) : response));
    const tab = openBrowser({ fetch: downgrading }).openTab();
    const id = await connect(tab);
    isDowngrading = true;
    const { accessToken } = await tab.tokens.current(id);
    await expect(tab.tokens.refresh(id, accessToken)).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'needs-sign-in', reason: 'binding-dropped' });
  });

  test('DPOP-4: refreshes a bound token bound, or not at all', async () => {
    server = await startOidcServer();
    let hasForgotten = false;
    const forgetful = changing('/.well-known/oauth-authorization-server', async (response) => {
      const { dpop_signing_alg_values_supported: algorithms, ...others } = (await response.json()) as Record<
        string,
        unknown
      >;
      return Response.json({ ...others, dpop_signing_alg_values_supported: hasForgotten ? ['RS256'] : algorithms });
    });
    const tab = openBrowser({ fetch: forgetful }).openTab();
    const connectionId = await connect(tab);
    hasForgotten = true;
    const again = tab.start({ service: service(), scope: SCOPE, connectionId, isDpopBound: true, isForgotten: true });
    await expect(again).rejects.toMatchObject({ code: 'dpop-unavailable' });
  });

  test('DPOP-5: never sends a bound token as a Bearer token, even after a Bearer challenge', async () => {
    server = await startOidcServer();
    const bearerOnly = changing(
      API,
      () => new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }),
    );
    const tab = openBrowser({ fetch: bearerOnly }).openTab();
    const id = await connect(tab);
    await expect(read(tab, id)).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ reason: 'bound-token-refused' });
    const sent = to(tab, API).map(({ headers }) => headers.get('authorization'));
    expect(sent.filter((value) => value?.startsWith('Bearer '))).toEqual([]);
  });
});

describe('a browser that stores no key (DPOP-1)', () => {
  function withoutKeys(options: BrowserOptions = {}): Tab {
    const browser = openBrowser(options);
    const { open } = indexedDB;
    // As WebKit does in some windows: the database opens, but a CryptoKey cannot be cloned into it.
    indexedDB.open = (name, version) => {
      if (name !== 'proof-keys') return open.call(indexedDB, name, version);
      throw new DOMException('the object could not be cloned', 'DataCloneError');
    };
    return browser.openTab();
  }

  test('fails before anything is sent if DPoP is required', async () => {
    server = await startOidcServer({ binding: 'required' });
    const tab = withoutKeys();
    await expect(leave(tab)).rejects.toMatchObject({ code: 'dpop-unavailable' });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  test('uses bearer tokens if DPoP is optional, and reports it', async () => {
    server = await startOidcServer();
    const tab = withoutKeys();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('key-not-kept');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
  });

  test('asks for a sign-in and says why if the key was lost since', async () => {
    server = await startOidcServer();
    const browser = openBrowser();
    const id = await connect(browser.openTab());
    const tab = browser.openTab();
    const { bound } = await tab.tokens.current(id);
    await tab.keys.remove(bound?.keyId ?? '');
    await expect(read(tab, id)).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'needs-sign-in', reason: 'key-lost' });
  });
});

describe('a clock that is off by 10 minutes (DPOP-9)', () => {
  test.each([10, -10])('%i minutes: is corrected once by the Date of a rejection', async (minutes) => {
    server = await startOidcServer({ accessTokenSeconds: 3600 });
    const tab = openBrowser({ now: () => Date.now() + minutes * MINUTES }).openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
    for (let round = 0; round < 2; round += 1) expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    expect(to(tab, '/request')).toHaveLength(2);
    // One rejection by the server, and one by the API.
    expect(to(tab, API).filter(({ headers }) => headers.has('dpop'))).toHaveLength(3);
  });

  test.each([10, -10])(
    '%i minutes: is corrected by the iat of the tokens if the API’s Date is hidden',
    async (minutes) => {
      server = await startOidcServer({ accessTokenSeconds: 3600 });
      const now = () => Date.now() + minutes * MINUTES;
      const tab = openBrowser({ now, fetch: changing(API, hiding('date')) }).openTab();
      const id = await connect(tab);
      expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    },
  );

  test('is named as the likely cause if nothing tells the time', async () => {
    server = await startOidcServer();
    const tab = openBrowser({
      now: () => Date.now() - 10 * MINUTES,
      fetch: changing('/request', hiding('date')),
    }).openTab();
    await expect(leave(tab)).rejects.toMatchObject({
      code: 'invalid-dpop-proof',
      details: { serverError: 'invalid_dpop_proof' },
    });
    expect(server.requests.filter((request) => request === 'POST /request')).toHaveLength(1);
  });

  test('is not inferred from the time that identifying the user takes, nor does a token’s lifetime grow by it', async () => {
    server = await startOidcServer({ accessTokenFormat: 'jwt' });
    let later = 0;
    const slow: Fetch = (input, init) => {
      if (new URL(new Request(input).url).pathname === '/me') later = 8_000;
      return fetch(input, init);
    };
    const tab = openBrowser({ now: () => Date.now() + later, fetch: slow }).openTab();
    // Without openid no id_token tells the time.
    const url = await tab.start({ service: service(), scope: ['notices:read'] });
    expect(await tab.finish(await visit(url, APP_URL))).toMatchObject({ kind: 'connected' });
    expect(later).toBe(8_000);
    const [record] = await tab.vault.all();
    const grant = record?.state.kind === 'connected' ? record.state.grant : expect.fail('not connected');
    expect(grant.expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(grant.binding?.kind === 'bound' && Math.abs(grant.binding.clockOffset ?? 0)).toBeLessThan(5_000);
  });
});
