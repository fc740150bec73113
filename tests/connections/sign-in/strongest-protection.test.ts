/** DPoP and PAR against an independent server that offers them or demands them (M-20). */
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
/** Where calls go. */
const API = '/api/';
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

/** A fetch between the app and the server that changes the answers of one address. */
function changing(path: string, change: (response: Response) => Response | Promise<Response>): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    return new URL(new Request(input).url).pathname === path ? change(response) : response;
  };
}
/** The answer as a page sees it that may not read some of its headers. */
function hiding(...names: string[]) {
  return (response: Response): Response => {
    const headers = new Headers(response.headers);
    for (const name of names) headers.delete(name);
    return new Response(response.body, { status: response.status, headers });
  };
}
const asBearer = async (response: Response): Promise<Response> =>
  Response.json({ ...((await response.json()) as object), token_type: 'Bearer' }, { status: response.status });

describe('a server that demands everything: pushed requests, bound tokens, a nonce in every proof', () => {
  test('connects, calls, refreshes and disconnects, with one key and a new proof each time (DPOP-2, DPOP-3, DPOP-4)', async () => {
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

  test('PAR: the address that the person is sent to has client_id and request_uri alone (RFC 9126 §4)', async () => {
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

  test('DPOP-6: a nonce costs one more request when it is first asked for, and none after a page load', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    await connect(tab);
    expect(server.requests.filter((one) => one === 'POST /request')).toHaveLength(2);
    expect(server.requests.filter((one) => one === 'POST /token')).toHaveLength(1);
  });

  test('DPOP-6: the nonce of the answer to a retry is the next one: no call is sent twice for want of it', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    const before = server.requests.length;
    for (let round = 0; round < 3; round += 1) await read(tab, id);
    // The first has no nonce of the API yet; that of the authorization server is another's.
    expect(server.requests.slice(before)).toEqual(Array(4).fill('GET /api/'));
  });

  test('nonces that never fit: one more try, then an error (case 27)', async () => {
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
    await expect(read(tab, id)).rejects.toMatchObject({ code: 'invalid-dpop-proof' });
    expect(server.requests.length - before).toBe(2);
    // It is no reason to end the sign-in, nor to refresh.
    expect(tab.store.views()?.[0]?.status.kind).toBe('connected');
  });

  test.each(['/request', API])(
    'DPOP-7: a nonce that this page may not read is named as the cause (%s)',
    async (path) => {
      server = await startOidcServer(STRICT);
      const tab = openBrowser({ fetch: changing(path, hiding('dpop-nonce')) }).openTab();
      const flow = path === API ? connect(tab).then((id) => read(tab, id)) : leave(tab);
      await expect(flow).rejects.toMatchObject({ code: 'nonce-unreadable' });
    },
  );

  test('a refusal that gives no readable reason, and a new nonce: once more with that', async () => {
    server = await startOidcServer(STRICT);
    const tab = openBrowser({ fetch: changing(API, hiding('www-authenticate')) }).openTab();
    const id = await connect(tab);
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
  });

  test('two tabs with one key: each proves it, one refresh serves both (REF-3)', async () => {
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
    // The second tab has no nonce of its own yet where it is the one that refreshes.
    expect(tokenRequests.length).toBeLessThanOrEqual(2);
    expect(await Promise.all([read(first, id), read(second, id)])).toMatchObject([
      { subject: 'ada' },
      { subject: 'ada' },
    ]);
  });

  test('a proof that was caught is of no use a second time: the server refuses its jti', async () => {
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

describe('a server that offers what it does not demand', () => {
  test.each(['opaque', 'jwt'] as const)('tokens are bound where they can be (%s)', async (accessTokenFormat) => {
    server = await startOidcServer({ accessTokenFormat });
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
  });

  test('DPOP-4: tokens that it does not bind are used as what they are, and it is said', async () => {
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

  test('DPOP-3: a plain access token whose refresh token is bound to the key is renewed with proofs (RFC 9449 §5)', async () => {
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

  test('DPOP-9: a server that wants other keys than ours gives plain tokens', async () => {
    server = await startOidcServer();
    const others: Fetch = changing('/.well-known/oauth-authorization-server', async (response) =>
      Response.json({ ...((await response.json()) as object), dpop_signing_alg_values_supported: ['EdDSA'] }),
    );
    const tab = openBrowser({ fetch: others }).openTab();
    await connect(tab);
    expect(bindingOf(tab)).toBe('bearer');
  });

  test('a pushed request that goes nowhere is sent in the address instead, bound to the key by its thumbprint', async () => {
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
  ])('DPOP-9: tokens are plain where the API says %s that it checks other proofs than ours', async (_name, says) => {
    server = await startOidcServer();
    const tab = openBrowser({ fetch: says() }).openTab();
    await connect(tab);
    expect(bindingOf(tab)).toBe('bearer');
  });

  test('DPOP-9: and bound where ours are among them', async () => {
    server = await startOidcServer();
    const tab = openBrowser({ fetch: challenging('Bearer, DPoP algs="EdDSA ES256"') }).openTab();
    await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
  });

  test('DPOP-9: an API that takes bound tokens alone, and checks other proofs, is found to be out of reach', async () => {
    server = await startOidcServer({ binding: 'required' });
    const tab = openBrowser({ fetch: describing({ dpop_signing_alg_values_supported: ['EdDSA'] }) }).openTab();
    const context = tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' });
    const { servers, requiresBinding } = await discoverService(context, server.resource);
    const [found] = servers;
    expect(found.kind === 'usable' && securityProfile(found.metadata, requiresBinding).tokens).toBe('impossible');
    await expect(leave(tab)).rejects.toMatchObject({ code: 'dpop-unavailable' });
  });

  test.each([404, 405, 410])(
    'a pushed request that nobody takes (%i) is sent in the address instead',
    async (status) => {
      server = await startOidcServer();
      const tab = openBrowser({ fetch: changing('/request', () => new Response('gone', { status })) }).openTab();
      const url = new URL(await leave(tab));
      expect(url.searchParams.get('request_uri')).toBeNull();
      expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    },
  );

  test.each([
    ['with 200, and no word of its end', 200, { expires_in: undefined }],
    ['with its end as a text', 201, { expires_in: '60' }],
  ])('a pushed request that is taken %s is taken', async (_name, status, members) => {
    server = await startOidcServer();
    const loose = changing('/request', async (response) =>
      response.ok ? Response.json({ ...((await response.json()) as object), ...members }, { status }) : response,
    );
    const tab = openBrowser({ fetch: loose }).openTab();
    const url = new URL(await leave(tab));
    expect([...url.searchParams.keys()]).toEqual(['client_id', 'request_uri']);
    expect(await tab.finish(await visit(url.href, APP_URL))).toMatchObject({ kind: 'connected' });
  });

  test('a pushed request for which a web page comes has not been taken', async () => {
    server = await startOidcServer();
    const page = changing(
      '/request',
      () => new Response('{"request_uri":"x"}', { headers: { 'content-type': 'text/html' } }),
    );
    await expect(leave(openBrowser({ fetch: page }).openTab())).rejects.toMatchObject({ code: 'malformed-response' });
  });

  test('a pushed request that is refused is no reason to ask for the same in the open', async () => {
    server = await startOidcServer();
    const refused = changing('/request', () => Response.json({ error: 'invalid_scope' }, { status: 400 }));
    const tab = openBrowser({ fetch: refused }).openTab();
    await expect(leave(tab)).rejects.toMatchObject({
      code: 'oauth-error',
      details: { step: 'par', serverError: 'invalid_scope' },
    });
    expect(server.requests.some((request) => request.includes('/auth'))).toBe(false);
  });

  test('a server that demands pushed requests and can’t be reached for them gets none in the open', async () => {
    server = await startOidcServer({ pushing: 'required' });
    const gone = changing('/request', () => new Response(null, { status: 404 }));
    const tab = openBrowser({ fetch: gone }).openTab();
    await expect(leave(tab)).rejects.toMatchObject({ details: { step: 'par', status: 404 } });
  });
});

describe('no way back to tokens that anyone could use', () => {
  test('DPOP-4: a plain token is thrown away and revoked where the resource takes bound ones alone (case 28)', async () => {
    server = await startOidcServer({ binding: 'required' });
    const tab = openBrowser({ fetch: changing('/token', asBearer) }).openTab();
    const outcome = await tab.finish(await visit(await leave(tab), APP_URL));
    expect(outcome).toMatchObject({ kind: 'failed', code: 'not-dpop-bound' });
    expect(await tab.vault.all()).toEqual([]);
    await expect.poll(() => server.requests.filter((one) => one === 'POST /token/revocation').length).toBe(2);
  });

  test('DPOP-4: a refresh that brings a plain token ends the sign-in, and says so', async () => {
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

  test('DPOP-4: what was bound is renewed bound, or not at all', async () => {
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

  test('DPOP-5: an API that answers a bound token with a Bearer challenge never gets it as a Bearer token', async () => {
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

describe('a browser that keeps no key (DPOP-1)', () => {
  function withoutKeys(options: BrowserOptions = {}): Tab {
    const browser = openBrowser(options);
    const { open } = indexedDB;
    // As WebKit does in some windows: the database opens, and a CryptoKey can't be cloned into it.
    indexedDB.open = (name, version) => {
      if (name !== 'proof-keys') return open.call(indexedDB, name, version);
      throw new DOMException('the object could not be cloned', 'DataCloneError');
    };
    return browser.openTab();
  }

  test('is told so before anything is sent, where bound tokens are required', async () => {
    server = await startOidcServer({ binding: 'required' });
    const tab = withoutKeys();
    await expect(leave(tab)).rejects.toMatchObject({ code: 'dpop-unavailable' });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  test('gets plain tokens where they are only offered, and it is said', async () => {
    server = await startOidcServer();
    const tab = withoutKeys();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('key-not-kept');
    expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
  });

  test('that has lost the key since asks for a sign-in and says why', async () => {
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
  test.each([10, -10])('%i minutes: corrected once by the Date of a refusal', async (minutes) => {
    server = await startOidcServer({ accessTokenSeconds: 3600 });
    const tab = openBrowser({ now: () => Date.now() + minutes * MINUTES }).openTab();
    const id = await connect(tab);
    expect(bindingOf(tab)).toBe('bound');
    for (let round = 0; round < 2; round += 1) expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    expect(to(tab, '/request')).toHaveLength(2);
    // One refusal at the server, and one at the API.
    expect(to(tab, API).filter(({ headers }) => headers.has('dpop'))).toHaveLength(3);
  });

  test.each([10, -10])(
    '%i minutes: corrected by the iat of the tokens where the API’s Date is hidden',
    async (minutes) => {
      server = await startOidcServer({ accessTokenSeconds: 3600 });
      const now = () => Date.now() + minutes * MINUTES;
      const tab = openBrowser({ now, fetch: changing(API, hiding('date')) }).openTab();
      const id = await connect(tab);
      expect(await read(tab, id)).toMatchObject({ subject: 'ada' });
    },
  );

  test('is named as the likely cause where nothing says what time it is', async () => {
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

  test('is not thought to be off for the time that it takes to learn who signed in, nor do tokens live longer for it', async () => {
    server = await startOidcServer({ accessTokenFormat: 'jwt' });
    let later = 0;
    const slow: Fetch = (input, init) => {
      if (new URL(new Request(input).url).pathname === '/me') later = 8_000;
      return fetch(input, init);
    };
    const tab = openBrowser({ now: () => Date.now() + later, fetch: slow }).openTab();
    // Without openid no id_token says it.
    const url = await tab.start({ service: service(), scope: ['notices:read'] });
    expect(await tab.finish(await visit(url, APP_URL))).toMatchObject({ kind: 'connected' });
    expect(later).toBe(8_000);
    const [record] = await tab.vault.all();
    const grant = record?.state.kind === 'connected' ? record.state.grant : expect.fail('not connected');
    expect(grant.expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(grant.binding?.kind === 'bound' && Math.abs(grant.binding.clockOffset ?? 0)).toBeLessThan(5_000);
  });
});
