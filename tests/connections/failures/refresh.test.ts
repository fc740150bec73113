/** Failures of a refresh. Only the server's own response ends a grant; any other failure keeps it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { bare, changed, json, page, redirectTo, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { startOidcServer } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

import { connect, expectNoSecretSeen, failureOf, grantOf, holdDeadlines, kept, openTab } from '#tests/support/tab.ts';

const REFRESH = 'POST /birdsong/token';
/** Birdsong's refresh responses have an id_token, whose signature is verified (ID-2). */
const KEYS = 'GET /birdsong/jwks';
const CALL = 'GET /birdsong/api/posts';
/** Simulates whether the server is reachable. */
const LOOK = 'GET /.well-known/oauth-authorization-server/birdsong';

let server: MisbehavingServer;
let tab: Tab;
let id: string;
let now: number;
let token: string;
beforeEach(async () => {
  server = await startMisbehavingServer();
  token = server.urls.token;
  now = Date.now();
  tab = openTab({ now: () => now });
  id = await connect(tab, server);
  await server.controls.expireAccessTokens();
});
afterEach(() => server.stop());

const call = (): Promise<Response> => tab.call(id)('posts');
const misbehave = (fault: Fault): void => server.misbehave(token, fault, 1);
const since = (asked: number): readonly string[] => server.requests.slice(asked);

interface Circumstances {
  /** No response arrived: the endpoint is looked up again, and the refresh may have taken effect. */
  isLost?: boolean;
  /** The response has tokens that cannot be used. */
  hasTokens?: boolean;
  during?: () => Promise<void>;
}

describe('a refresh keeps the grant and is retried later if the response', () => {
  async function expectKept(
    fault: Fault,
    code: string,
    { isLost = false, hasTokens = false, during = () => Promise.resolve() }: Circumstances = {},
  ) {
    const before = await kept(tab);
    const asked = server.requests.length;
    misbehave(fault);
    const [failure] = await Promise.all([failureOf(call()), during()]);
    expect(failure).toMatchObject({ name: 'ApiError', code });
    const [{ journal, ...after } = {}] = (await kept(tab)).connections;
    // A2: the server may accept only the refresh token that it sent with what could not be used.
    if (hasTokens) {
      const { refreshToken, ...grant } = grantOf(before.connections[0]);
      const renewed = grantOf((await kept(tab)).connections[0]);
      expect(renewed).toEqual({ ...grant, refreshToken: expect.not.stringMatching(refreshToken) });
    } else expect([after]).toEqual(before.connections);
    expect(journal).toMatchObject({ kind: 'waiting', failures: 1, lost: isLost ? 1 : 0 });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'waiting', until: now + 5000 });
    const looks = isLost ? [LOOK] : [];
    expect(since(asked)).toEqual([CALL, REFRESH, ...looks]);

    // REF-5: until then no request is sent to the server.
    await failureOf(call());
    expect(since(asked)).toEqual([CALL, REFRESH, ...looks, CALL]);

    now += 5001;
    expect((await call()).status).toBe(200);
    expect(since(asked).slice(3 + looks.length)).toEqual([CALL, REFRESH, KEYS, CALL]);
    expectNoSecretSeen(tab, server, failure);
  }

  test.each<[string, Fault, string]>([
    ['REF-5: is 503', json(503, { error: 'temporarily_unavailable' }, { 'retry-after': '2' }), 'http-5xx'],
    ['REF-5: is the web page of a proxy', page(502), 'http-5xx'],
    ['REF-5: is a web page with 200', page(200), 'http-5xx'],
    ['REF-5: is a rejection with a web page', page(403), 'http-5xx'],
    ['REF-5: is 429', json(429, { error: 'slow_down' }), 'rate-limited'],
    ['REF-5: is a gateway’s rejection in JSON', json(400, { message: 'no' }), 'http-5xx'],
    ['REF-1: is an error for another reason', json(400, { error: 'invalid_scope' }), 'http-5xx'],
    ['has no token', changed({ access_token: undefined }), 'http-5xx'],
    ['has a token that is invalid in a header', changed({ access_token: 'a\nb' }), 'http-5xx'],
    ['TOK-3: has an unknown token type', changed({ token_type: 'MAC' }), 'http-5xx'],
    ['REF-5: is cut off', { kind: 'hang-up' }, 'unreachable'],
    ['REF-6: is lost after the server has rotated the token', { kind: 'lost-answer' }, 'unreachable'],
  ])('%s', async (_name, fault, code) => {
    await expectKept(fault, code, { isLost: code === 'unreachable', hasTokens: fault.kind === 'edited' });
  });

  test('REF-5: is 503 repeatedly: waits each time as long as the server asks, then succeeds', async () => {
    const later = (retryAfter: string) => json(503, {}, { 'retry-after': retryAfter });
    for (const [retryAfter, seconds] of [
      ['30', 30],
      ['86400', 3600],
      ['99999999999999', 3600],
      ['Thu, 01 Jan 2099 00:00:00 GMT', 3600],
    ] as const) {
      misbehave(later(retryAfter));
      expect(await failureOf(call())).toMatchObject({ code: 'http-5xx' });
      const until = now + seconds * 1000;
      expect(tab.store.views()?.[0]?.status).toEqual({ kind: 'waiting', until, because: 'http-5xx' });
      const asked = server.count(token);
      now += seconds * 1000 - 1;
      expect(await failureOf(call())).toMatchObject({ code: 'http-5xx' });
      expect(server.count(token)).toBe(asked);
      now += 2;
    }
    expect((await call()).status).toBe(200);
  });

  test('TOK-2: redirects to another origin, which is not followed', async () => {
    const other = await startMisbehavingServer();
    await expectKept(redirectTo(other.urls.token), 'unreachable', { isLost: true });
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test.each(['silence', 'drip'] as const)('REF-5: is slow (%s), and times out after ten seconds', async (kind) => {
    const deadlines = holdDeadlines();
    const hanging = server.hanging(token);
    const during = async () => {
      await hanging;
      deadlines.runOut();
    };
    await expectKept({ kind }, 'timed-out', { isLost: true, during });
  });
});

describe('a refresh ends the grant', () => {
  test.each<[string, Fault, string]>([
    ['REF-4: on invalid_grant', json(400, { error: 'invalid_grant' }), 'grant-refused'],
    ['REF-4: on invalid_grant with status 200', json(200, { error: 'invalid_grant' }), 'grant-refused'],
    ['on an empty rejection', bare(400), 'grant-refused'],
    ['REF-7: on an empty 401', bare(401), 'client-unknown'],
    [
      'REF-7: on 401 with a challenge',
      { kind: 'answer', status: 401, headers: { 'www-authenticate': 'Basic' } },
      'client-unknown',
    ],
    ['REF-7: on invalid_client', json(401, { error: 'invalid_client' }), 'client-unknown'],
  ])('%s, and is not retried', async (_name, fault, reason) => {
    const asked = server.requests.length;
    misbehave(fault);
    const failure = await failureOf(call());
    expect(failure).toMatchObject({ code: 'needs-sign-in' });
    expect(await failureOf(call())).toMatchObject({ code: 'needs-sign-in' });
    expect(since(asked)).toEqual([CALL, REFRESH]);
    expect((await kept(tab)).connections).toMatchObject([{ id, state: { kind: 'needs-sign-in', reason } }]);
    expect(JSON.stringify(await kept(tab))).not.toMatch(/token"/i);
    expectNoSecretSeen(tab, server, failure);
  });

  test('REF-6: if its response was lost and the server treats reuse as theft', async () => {
    const strict = await startOidcServer();
    const service = serviceAt(strict.resource, { id: 'notices' });
    const scope = ['openid', 'offline_access', 'notices:read'];
    const outcome = await tab.finish(await visit(await tab.start({ service, scope }), 'http://localhost:4173/'));
    const notices = outcome.kind === 'connected' ? outcome.connectionId : '';
    const { accessToken: old } = await tab.tokens.current(notices);
    strict.provider.once('grant.success', (context) => context.res.destroy());
    const asked = strict.requests.length;
    await expect(tab.tokens.refresh(notices, old)).rejects.toMatchObject({ code: 'refresh-failed' });
    now += 5001;
    await expect(tab.tokens.refresh(notices, old)).rejects.toMatchObject({ code: 'needs-sign-in' });
    await expect(tab.tokens.refresh(notices, old)).rejects.toMatchObject({ code: 'needs-sign-in' });
    const posts = strict.requests.slice(asked).filter((request) => request.startsWith('POST'));
    expect(posts).toEqual(['POST /token', 'POST /token']);
    // The failure names the cause, and does not claim that the grant was revoked.
    const view = tab.store.views()?.find((one) => one.id === notices);
    expect(view?.status).toMatchObject({ kind: 'needs-sign-in', reason: 'answer-lost' });
    await strict.stop();
  });
});

describe('a refresh response', () => {
  test('REF-2: has no new refresh token: the old one is used again', async () => {
    misbehave(changed({ refresh_token: undefined }));
    await call();
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'connected', refreshesItself: true });
    await server.controls.expireAccessTokens();
    expect((await call()).status).toBe(200);
  });

  test('TOK-5: has fewer scopes than before: they replace the granted scopes', async () => {
    misbehave(changed({ scope: 'openid posts:read' }));
    await call();
    expect(tab.store.views()?.[0]?.scope).toEqual(['openid', 'posts:read']);
  });

  test('TOK-5: has no scope: the granted scopes stay', async () => {
    const before = tab.store.views()?.[0]?.scope;
    misbehave(changed({ scope: undefined }));
    await call();
    expect(tab.store.views()?.[0]?.scope).toEqual(before);
  });
});

describe('five simultaneous calls with an expired token', () => {
  const five = (): Promise<Response>[] => Array.from({ length: 5 }, call);

  test('REF-3: cause one refresh, and all succeed', async () => {
    const asked = server.count(token);
    expect((await Promise.all(five())).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(server.count(token)).toBe(asked + 1);
  });

  test.each<[string, Fault, string]>([
    ['invalid_grant', json(400, { error: 'invalid_grant' }), 'needs-sign-in'],
    ['503', json(503, { error: 'temporarily_unavailable' }), 'http-5xx'],
  ])('REF-3: cause one refresh, and all fail with %s', async (_name, fault, code) => {
    const asked = server.count(token);
    misbehave(fault);
    const failures = await Promise.all(five().map(failureOf));
    expect(failures.map((failure) => (failure as { code?: string }).code)).toEqual(Array(5).fill(code));
    expect(server.count(token)).toBe(asked + 1);
  });
});

test('REF-8: disconnecting during a refresh revokes the new tokens and restores nothing', async () => {
  let response = (): void => {};
  misbehave({ kind: 'late', until: new Promise<void>((resolve) => (response = resolve)) });
  const hanging = server.hanging(token);
  const called = failureOf(call());
  await hanging;
  expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
  response();
  expect(await called).toMatchObject({ code: 'no-connection' });
  expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
  expect(tab.store.views()).toEqual([]);
  expect(server.count(server.urls.revocation)).toBe(4);
  for (const secret of server.secrets) {
    const headers = { authorization: `Bearer ${secret}` };
    expect((await fetch(`${server.urls.resource}/posts`, { headers })).status).toBe(401);
  }
});

test('REF-3: a tab whose refresh fails uses the token that another tab has refreshed since', async () => {
  const browser = openBrowser({ now: () => now });
  const first = browser.openTab();
  const shared = await connect(first, server);
  const second = browser.openTab();
  await second.store.ready;
  await server.controls.expireAccessTokens();
  misbehave(json(503, { error: 'temporarily_unavailable' }));
  expect(await failureOf(first.call(shared)('posts'))).toMatchObject({ code: 'http-5xx' });
  // REF-5: no tab sends another request to the server.
  expect(await failureOf(second.call(shared)('posts'))).toMatchObject({ code: 'http-5xx' });
  now += 5001;
  expect((await second.call(shared)('posts')).status).toBe(200);
  expect((await first.call(shared)('posts')).status).toBe(200);
});
