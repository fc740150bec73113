import { describe, expect, test } from 'vitest';

import { authorizedFetch, stepUpIn } from '#api/authorized-fetch.ts';
import { ApiError } from '#api/errors.ts';
import { createQueryClient } from '#api/query-client.ts';
import { createAccessTokens } from '#connections/refresh/access-tokens.ts';
import { createTabLock } from '#connections/lock.ts';
import { createDpopSigner } from '#connections/http/dpop.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { createHttpClient } from '#connections/http/http-client.ts';
import { createRecorder } from '#trace/recorder.ts';
import { grant, record } from '#tests/support/records.ts';
import { readRecord, type ConnectionRecord } from '#connections/store/connection-record.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

/** A server that rejects every token but `good`, and responds to a refresh with the next of `tokens`. */
function setUp(respond: (request: Request) => Response | Promise<Response>, start = record()) {
  const vault = new Map([[start.id, start]]);
  const store = createConnectionStore(
    {
      all: () => Promise.resolve([...vault.values()]),
      isFullyReadable: () => Promise.resolve(true),
      read: (id) => Promise.resolve(vault.get(id)),
      write: (changed: ConnectionRecord) => Promise.resolve(void vault.set(changed.id, changed)),
      replace: (changed) => {
        const wasThere = vault.has(changed.id);
        if (wasThere) vault.set(changed.id, changed);
        return Promise.resolve(wasThere);
      },
      remove: (id) => Promise.resolve(void vault.delete(id)),
    },
    { announce: () => {}, listen: () => {} },
    () => 0,
  );
  const sent: Request[] = [];
  const recorder = createRecorder(() => 0);
  const http = createHttpClient({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      return respond(request);
    },
    recorder,
    now: () => 0,
    allowLoopbackHttp: false,
    dpop: createDpopSigner({ find: () => Promise.resolve(undefined) }, () => 0),
  });
  const tokens = createAccessTokens({ store, http, lock: createTabLock(), random: () => 0.5 });
  return { sent, store, vault, call: authorizedFetch({ store, tokens, http }, start.id) };
}
const bearer = (request: Request): string | null => request.headers.get('authorization');
const paths = (sent: Request[]): string[] => sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
/** The resource metadata, which is fetched again when the API rejects a fresh token (DISC-5). */
const DESCRIPTION = 'GET /.well-known/oauth-protected-resource/v1';
const DESCRIPTION_AT_ROOT = 'GET /.well-known/oauth-protected-resource';
const refreshed = () => Response.json({ access_token: 'access-2', token_type: 'Bearer', expires_in: 60 });

describe('a call on the user’s behalf', () => {
  test('API-1, API-3: sends the token in Authorization only, with no cookie, redirect or referrer', async () => {
    const { sent, call } = setUp(() => Response.json({}));
    await call('posts', { method: 'POST', body: '{}' });
    const [request] = sent;
    expect(request && bearer(request)).toBe('Bearer access-1');
    expect(request?.url).toBe('https://api.example/v1/posts');
    expect([request?.credentials, request?.redirect, request?.referrerPolicy]).toEqual([
      'omit',
      'manual',
      'no-referrer',
    ]);
  });

  test('API-5: refreshes a rejected token once, and sends the call once more with its body', async () => {
    const { sent, call } = setUp((request) => {
      if (request.url.endsWith('/token')) return refreshed();
      return bearer(request) === 'Bearer access-2' ? Response.json({ ok: true }) : new Response(null, { status: 401 });
    });
    expect(await (await call('posts', { method: 'POST', body: '{"text":"x"}' })).json()).toEqual({ ok: true });
    expect(paths(sent)).toEqual(['POST /v1/posts', 'POST /token', 'POST /v1/posts']);
    expect(await sent[2]?.text()).toBe('{"text":"x"}');
  });

  test('API-5: makes two attempts at most, then asks for a sign-in', async () => {
    const { sent, call, vault } = setUp((request) =>
      request.url.endsWith('/token') ? refreshed() : new Response(null, { status: 401 }),
    );
    await expect(call('me')).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(paths(sent)).toEqual(['GET /v1/me', 'POST /token', 'GET /v1/me', DESCRIPTION, DESCRIPTION_AT_ROOT]);
    expect(vault.get('c-1')?.state).toMatchObject({ kind: 'needs-sign-in', reason: 'token-refused' });
    await expect(call('me')).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(sent).toHaveLength(5);
  });

  test('uses a token that another tab has stored, without asking the server', async () => {
    const { sent, call, vault } = setUp((request) =>
      bearer(request) === 'Bearer access-9' ? Response.json({}) : new Response(null, { status: 401 }),
    );
    vault.set('c-1', record({ state: { kind: 'connected', grant: grant({ accessToken: 'access-9' }) } }));
    // The store read the vault when it was created; the other tab's message has not arrived yet.
    await call('me');
    expect(paths(sent).filter((path) => path.includes('token'))).toEqual([]);
  });

  test('asks for a sign-in after a rejected call without a refresh token', async () => {
    const { refreshToken: _, ...withoutRefresh } = grant();
    const start = record({ state: { kind: 'connected', grant: withoutRefresh } });
    const { sent, call } = setUp(() => new Response(null, { status: 401 }), start);
    await expect(call('me')).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(paths(sent)).toEqual(['GET /v1/me', DESCRIPTION, DESCRIPTION_AT_ROOT]);
  });

  test.each([
    [400, 'invalid_grant', 'needs-sign-in', 'needs-sign-in'],
    [401, 'invalid_client', 'needs-sign-in', 'needs-sign-in'],
    [503, undefined, 'http-5xx', 'waiting'],
    [429, undefined, 'rate-limited', 'waiting'],
  ])('REF-4, REF-5: a refresh that gets %i %s', async (status, error, code, state) => {
    const { call, store } = setUp((request) =>
      request.url.endsWith('/token') ? Response.json({ error }, { status }) : new Response(null, { status: 401 }),
    );
    await expect(call('me')).rejects.toMatchObject({ name: 'ApiError', code });
    expect(store.views()?.[0]?.status.kind).toBe(state);
  });

  test('REF-5: keeps the grant after a proxy’s page with 400, which is not the server’s response', async () => {
    const { call, store } = setUp((request) =>
      request.url.endsWith('/token')
        ? new Response('<h1>Bad request</h1>', { status: 400, headers: { 'content-type': 'text/html' } })
        : new Response(null, { status: 401 }),
    );
    await expect(call('me')).rejects.toMatchObject({ code: 'http-5xx' });
    expect(store.views()?.[0]?.status.kind).toBe('waiting');
  });

  test('API-5: does not end a grant that another tab has refreshed meanwhile', async () => {
    const { call, vault } = setUp((request) => {
      if (request.url.endsWith('/token')) return refreshed();
      if (bearer(request) === 'Bearer access-2') {
        vault.set('c-1', record({ state: { kind: 'connected', grant: grant({ accessToken: 'access-3' }) } }));
      }
      return new Response(null, { status: 401 });
    });
    await expect(call('me')).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(vault.get('c-1')?.state).toMatchObject({ kind: 'connected', grant: { accessToken: 'access-3' } });
  });

  test('refreshes instead of using a stored token that has expired itself', async () => {
    const { sent, call, vault } = setUp((request) => {
      if (request.url.endsWith('/token')) return refreshed();
      return bearer(request) === 'Bearer access-2' ? Response.json({}) : new Response(null, { status: 401 });
    });
    vault.set(
      'c-1',
      record({ state: { kind: 'connected', grant: grant({ accessToken: 'access-9', expiresAt: -1 }) } }),
    );
    await call('me');
    expect(paths(sent)).toContain('POST /token');
  });

  test('REF-5: keeps the grant when offline during a refresh', async () => {
    const { call, store } = setUp((request) =>
      request.url.endsWith('/token') ? Promise.reject(new TypeError('offline')) : new Response(null, { status: 401 }),
    );
    await expect(call('me')).rejects.toMatchObject({ code: 'unreachable' });
    expect(store.views()?.[0]?.status.kind).toBe('waiting');
  });

  test('keeps the old grant if the vault cannot store the new token, and does not stay in refreshing', async () => {
    const { call, store, vault } = setUp((request) =>
      request.url.endsWith('/token') ? refreshed() : new Response(null, { status: 401 }),
    );
    await store.ready;
    const { set } = vault;
    vault.set = (id, changed) => {
      if (JSON.stringify(changed).includes('access-2')) throw new DOMException('full', 'QuotaExceededError');
      return set.call(vault, id, changed);
    };
    await expect(call('me')).rejects.toThrow('full');
    expect(store.views()?.[0]?.status.kind).toBe('waiting');
    expect(store.find('c-1')?.state).toMatchObject({ grant: { accessToken: 'access-1' } });
  });

  test('API-7: names the scope missing by insufficient_scope and does not refresh; a plain 403 is final', async () => {
    const challenge = 'Bearer error="insufficient_scope", scope="posts:write media:write"';
    const missing = setUp(() => new Response(null, { status: 403, headers: { 'www-authenticate': challenge } }));
    await expect(missing.call('posts')).rejects.toMatchObject({
      code: 'insufficient-scope',
      missingScope: ['posts:write', 'media:write'],
    });
    const plain = setUp(() => new Response(null, { status: 403 }));
    await expect(plain.call('posts')).rejects.toMatchObject({ code: 'forbidden' });
    expect([missing.sent.length, plain.sent.length]).toEqual([1, 1]);
  });

  test('API-6: does not repeat a mutation that may have arrived', async () => {
    const { sent, call } = setUp(() => Promise.reject(new TypeError('connection reset')));
    await expect(call('posts', { method: 'POST', body: '{}' })).rejects.toMatchObject({ code: 'unreachable' });
    expect(sent).toHaveLength(1);
  });

  test('RFC 9457: quotes a problem from the server, truncated, and nothing of any other body', async () => {
    const problem = { title: 'Too long', detail: 'x'.repeat(500) };
    const headers = { 'content-type': 'application/problem+json' };
    const said = setUp(() => new Response(JSON.stringify(problem), { status: 422, headers }));
    const error = await said.call('posts').catch((thrown: ApiError) => thrown);
    expect(error).toMatchObject({ code: 'refused', status: 422 });
    expect((error as ApiError).detail).toHaveLength(300);
    const html = setUp(() => new Response('<h1>No</h1>', { status: 400, headers: { 'content-type': 'text/html' } }));
    await expect(html.call('posts')).rejects.toMatchObject({ code: 'refused', detail: undefined });
  });
});

describe('API-6: the query client', () => {
  async function attempts(code: ApiError['code']): Promise<number> {
    const client = createQueryClient();
    const retry = client.getDefaultOptions().queries?.retry;
    let count = 0;
    const queryFn = () => {
      count += 1;
      return Promise.reject(new ApiError(code, 'no'));
    };
    await expect(
      client.fetchQuery(omitUndefined({ queryKey: ['x', 'c-1'], queryFn, retry, retryDelay: 0 })),
    ).rejects.toThrow('no');
    return count;
  }
  test.each(['needs-sign-in', 'insufficient-scope', 'forbidden', 'refused', 'no-connection'] as const)(
    'does not repeat a read that ended with %s',
    async (code) => {
      expect(await attempts(code)).toBe(1);
    },
  );
  test.each(['unreachable', 'http-5xx', 'rate-limited', 'timed-out'] as const)(
    'repeats a read twice after %s',
    async (code) => {
      expect(await attempts(code)).toBe(3);
    },
  );
  test('never repeats a mutation', () => {
    expect(createQueryClient().getDefaultOptions().mutations?.retry).toBe(false);
  });
});

describe('DISC-5: a resource that rejects a fresh token', () => {
  const resource = 'https://api.example/v1';
  const moved = { resource, authorization_servers: ['https://new.example', 'https://other.example'] };
  const refusing =
    (description: () => Response, challenge = 'Bearer error="invalid_token"') =>
    ({ url }: Request) => {
      if (url.endsWith('/token')) return refreshed();
      if (url.includes('/.well-known/') || url.includes('/about')) return description();
      return new Response(null, { status: 401, headers: { 'www-authenticate': challenge } });
    };
  const stateAfter = async (respond: Parameters<typeof setUp>[0], start = record()) => {
    const { call, sent, vault, store } = setUp(respond, start);
    await expect(call('me')).rejects.toMatchObject({ code: 'needs-sign-in' });
    return { sent, record: vault.get('c-1'), view: store.views()?.[0] };
  };

  test('and names other servers ends the grant for that reason, and nothing is sent there', async () => {
    const { sent, record: left, view } = await stateAfter(refusing(() => Response.json(moved)));
    const change = { from: 'https://as.example', to: moved.authorization_servers };
    expect(left?.state).toEqual({
      kind: 'needs-sign-in',
      reason: 'server-changed',
      change,
      at: 0,
      scope: ['posts:read'],
    });
    expect(view?.status).toEqual({ kind: 'needs-sign-in', reason: 'server-changed', change, at: 0 });
    expect(new Set(sent.map(({ url }) => new URL(url).origin))).toEqual(
      new Set(['https://api.example', 'https://as.example']),
    );
    // The tokens from the old server will be revoked there.
    expect(left?.leftovers).toMatchObject([{ server: { issuer: 'https://as.example' }, refreshToken: 'refresh-1' }]);
    expect(readRecord('c-1', structuredClone(left), 0)).toEqual(left);
  });

  test('has its metadata fetched from the URL in its challenge', async () => {
    const challenge = 'Bearer error="invalid_token", resource_metadata="https://api.example/about"';
    const { sent, record: left } = await stateAfter(refusing(() => Response.json(moved), challenge));
    expect(paths(sent).at(-1)).toBe('GET /about');
    expect(left?.state).toMatchObject({ reason: 'server-changed' });
  });

  test('does not have metadata fetched from another origin (DISC-3)', async () => {
    const challenge = 'Bearer error="invalid_token", resource_metadata="https://evil.example/about"';
    const { sent } = await stateAfter(refusing(() => Response.json(moved), challenge));
    expect(paths(sent).at(-1)).toBe(DESCRIPTION);
  });

  test('has its metadata fetched also if the token cannot be refreshed', async () => {
    const { refreshToken: _, ...withoutRefresh } = grant();
    const start = record({ state: { kind: 'connected', grant: withoutRefresh } });
    const { record: left } = await stateAfter(
      refusing(() => Response.json(moved)),
      start,
    );
    expect(left?.state).toMatchObject({ reason: 'server-changed' });
  });

  test.each<[string, () => Response]>([
    ['still names the same server', () => Response.json({ ...moved, authorization_servers: ['https://as.example'] })],
    [
      'names it among others',
      () => Response.json({ ...moved, authorization_servers: ['https://b.example', 'https://as.example'] }),
    ],
    ['describes another resource', () => Response.json({ ...moved, resource: 'https://api.example/v2' })],
    ['names no valid server', () => Response.json({ ...moved, authorization_servers: ['javascript:alert(1)'] })],
    ['responds with a web page', () => new Response('<p>', { headers: { 'content-type': 'text/html' } })],
    ['does not respond', () => new Response(null, { status: 404 })],
  ])('and %s ends the grant for the token only', async (_name, description) => {
    const { record: left } = await stateAfter(refusing(description));
    expect(left?.state).toMatchObject({ kind: 'needs-sign-in', reason: 'token-refused' });
  });

  test('has no metadata fetched if only a server is configured', async () => {
    const start = record({ service: { ...record().service, kind: 'server' } });
    const { sent, record: left } = await stateAfter(
      refusing(() => Response.json(moved)),
      start,
    );
    expect(paths(sent)).not.toContain(DESCRIPTION);
    expect(left?.state).toMatchObject({ reason: 'token-refused' });
  });
});

describe('API-8: a call that needs step-up authentication', () => {
  const challenge =
    'Bearer error="insufficient_user_authentication", error_description="x", acr_values="strong stronger", max_age="60"';
  const demanding = () => new Response(null, { status: 401, headers: { 'www-authenticate': challenge } });

  test('does not refresh, keeps the grant, and says what is required', async () => {
    const { call, sent, store } = setUp(demanding);
    await expect(call('me')).rejects.toMatchObject({
      code: 'needs-authentication',
      demand: { acrValues: 'strong stronger', maxAge: 60 },
    });
    expect(paths(sent)).toEqual(['GET /v1/me']);
    expect(store.views()?.[0]?.status.kind).toBe('connected');
    expect(stepUpIn(demanding())).toEqual({ acrValues: 'strong stronger', maxAge: 60 });
  });

  test.each(['Bearer error="insufficient_user_authentication", max_age="soon"', 'Bearer error="invalid_token"'])(
    'takes nothing from %s that is not there',
    (header) => {
      const demand = stepUpIn(new Response(null, { status: 401, headers: { 'www-authenticate': header } }));
      expect(demand?.maxAge).toBeUndefined();
    },
  );
});
