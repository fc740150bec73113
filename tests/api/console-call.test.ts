import { describe, expect, test } from 'vitest';

import { consoleCall } from '#api/console-call.ts';
import { createAccessTokens } from '#connections/refresh/access-tokens.ts';
import { createTabLock } from '#connections/lock.ts';
import type { ConnectionRecord } from '#connections/store/connection-record.ts';
import { createDpopSigner } from '#connections/http/dpop.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { createHttpClient } from '#connections/http/http-client.ts';
import { createProofKey } from '#oauth/dpop-proof.ts';
import { createRecorder } from '#trace/recorder.ts';
import { grant, record } from '#tests/support/records.ts';

/** A connection to a server with given responses; each request takes 7 ms. */
function setUp(respond: (request: Request) => Response | Promise<Response>, start = record()) {
  const vault = new Map([[start.id, start]]);
  const keep = (changed: ConnectionRecord) => Promise.resolve(void vault.set(changed.id, changed));
  const store = createConnectionStore(
    {
      all: () => Promise.resolve([...vault.values()]),
      isFullyReadable: () => Promise.resolve(true),
      read: (id) => Promise.resolve(vault.get(id)),
      write: keep,
      replace: async (changed) => {
        await keep(changed);
        return true;
      },
      remove: (id) => Promise.resolve(void vault.delete(id)),
    },
    { announce: () => {}, listen: () => {} },
    () => 0,
  );
  const sent: Request[] = [];
  let clock = 0;
  const http = createHttpClient({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      sent.push(request.clone());
      clock += 7;
      return respond(request);
    },
    recorder: createRecorder(() => 0),
    now: () => clock,
    allowLoopbackHttp: false,
    dpop: createDpopSigner({ find: () => createProofKey() }, () => 0),
  });
  const tokens = createAccessTokens({ store, http, lock: createTabLock(), random: () => 0.5 });
  return { sent, vault, call: consoleCall({ store, tokens, http }, start.id) };
}
const bearer = (request: Request | undefined) => request?.headers.get('authorization');
const paths = (sent: readonly Request[]) => sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
const refreshed = () => Response.json({ access_token: 'access-2', token_type: 'Bearer', expires_in: 60 });
const refusal = (status: number, challenge?: string) =>
  new Response(null, { status, headers: challenge === undefined ? {} : { 'www-authenticate': challenge } });

describe('a call from the console', () => {
  test.each([200, 204, 302, 404, 422, 429, 500])('returns a response with %i as a response', async (status) => {
    const { call } = setUp(() => new Response(null, { status }));
    const { response, durationMs: took, rejection: why } = await call('posts');
    expect([response.status, took, why]).toEqual([status, 7, undefined]);
  });

  test('API-1: sends method, headers and body with the token of the connection', async () => {
    const { sent, call } = setUp(() => Response.json({}));
    await call('posts/1', { method: 'PATCH', headers: { 'X-Trace': '7' }, body: '{"a":1}' });
    const [request] = sent;
    expect([request?.method, request?.url, bearer(request)]).toEqual([
      'PATCH',
      'https://api.example/v1/posts/1',
      'Bearer access-1',
    ]);
    expect(request?.headers.get('x-trace')).toBe('7');
    expect(await request?.text()).toBe('{"a":1}');
  });

  test('API-2: rejects a URL outside the resource before anything is sent', async () => {
    const { sent, call } = setUp(() => Response.json({}));
    await expect(call('https://evil.example/')).rejects.toMatchObject({ code: 'outside-connection' });
    expect(sent).toEqual([]);
  });

  test('API-5: refreshes a rejected token once and sends the call once more; measures the last request', async () => {
    const { sent, call } = setUp((request) => {
      if (request.url.endsWith('/token')) return refreshed();
      return bearer(request) === 'Bearer access-2' ? Response.json({ ok: true }) : refusal(401);
    });
    const { response, durationMs: took } = await call('posts', { method: 'POST', body: 'x' });
    expect([await response.json(), took]).toEqual([{ ok: true }, 7]);
    expect(paths(sent)).toEqual(['POST /v1/posts', 'POST /token', 'POST /v1/posts']);
    expect(await sent[2]?.text()).toBe('x');
  });

  test('returns the response and keeps the grant if a fresh token is rejected too', async () => {
    const { sent, call, vault } = setUp((request) => (request.url.endsWith('/token') ? refreshed() : refusal(401)));
    const answer = await call('odd');
    expect([answer.response.status, answer.rejection]).toEqual([401, { kind: 'refreshed-token' }]);
    // A call, a refresh, the call again, and two requests for the resource metadata (DISC-5).
    expect(sent).toHaveLength(5);
    expect(vault.get('c-1')?.state).toMatchObject({ kind: 'connected', grant: { accessToken: 'access-2' } });
  });

  test('DISC-5: ends the grant if the resource now names another server', async () => {
    const { call, vault } = setUp(({ url }) => {
      if (url.endsWith('/token')) return refreshed();
      if (!url.includes('/.well-known/')) return refusal(401);
      return Response.json({ resource: 'https://api.example/v1', authorization_servers: ['https://new.example'] });
    });
    expect((await call('me')).rejection).toEqual({ kind: 'refreshed-token' });
    expect(vault.get('c-1')?.state).toMatchObject({
      reason: 'server-changed',
      change: { from: 'https://as.example', to: ['https://new.example'] },
    });
  });

  test('E8: says that no new token was rejected if there was no refresh, and keeps the grant', async () => {
    const { refreshToken: _, ...withoutRefresh } = grant();
    const start = record({ state: { kind: 'connected', grant: withoutRefresh } });
    const { call, vault } = setUp(() => refusal(401), start);
    expect((await call('me')).rejection).toEqual({ kind: 'token' });
    expect(vault.get(start.id)?.state.kind).toBe('connected');
  });

  test.each([
    ['Bearer error="insufficient_scope", scope="a b"', { kind: 'scope', missing: ['a', 'b'] }],
    ['Bearer error="insufficient_scope"', { kind: 'scope', missing: [] }],
    ['Bearer error="invalid_request"', undefined],
    [undefined, { kind: 'unexplained' }],
  ])('API-7: says what scope may be missing for a 403 with %j', async (challenge, expected) => {
    const { sent, call } = setUp(() => refusal(403, challenge));
    expect((await call('posts')).rejection).toEqual(expected);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['use_dpop_nonce', 'nonce-rejected', 2],
    ['invalid_dpop_proof', 'invalid-dpop-proof', 1],
  ])('E8: tells a rejected nonce from a rejected proof: %s', async (error, code, requests) => {
    const bound = grant({ binding: { kind: 'bound', keyId: 'k' } });
    let nonces = 0;
    const { sent, call } = setUp(
      () => {
        const headers = { 'www-authenticate': `DPoP error="${error}"`, 'dpop-nonce': `n${nonces++}` };
        return new Response(null, { status: 401, headers });
      },
      record({ state: { kind: 'connected', grant: bound } }),
    );
    await expect(call('posts')).rejects.toMatchObject({ code, status: 401 });
    expect(sent).toHaveLength(requests);
  });

  test('can be cancelled, also during a refresh', async () => {
    const controller = new AbortController();
    const { sent, call } = setUp((request) => {
      if (!request.url.endsWith('/token')) return refusal(401);
      controller.abort();
      return refreshed();
    });
    await expect(call('posts', { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(paths(sent)).toEqual(['GET /v1/posts', 'POST /token']);
  });

  test('API-6: does not repeat a request that may have arrived', async () => {
    const { sent, call } = setUp(() => Promise.reject(new TypeError('connection reset')));
    await expect(call('posts', { method: 'POST' })).rejects.toMatchObject({ code: 'unreachable' });
    expect(sent).toHaveLength(1);
  });
});
