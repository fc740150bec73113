/** Failures of the API and of the disconnect. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { birdsong as network } from '#networks/birdsong.ts';
import type { Tab } from '#tests/support/browser.ts';
import { bare, challenged, changed, json, page, redirectTo, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { connect, expectNoSecretSeen, failureOf, holdDeadlines, kept, openTab } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let other: MisbehavingServer;
let tab: Tab;
let id: string;
let posts: string;
beforeEach(async () => {
  server = await startMisbehavingServer();
  other = await startMisbehavingServer();
  posts = `${server.urls.resource}/posts`;
  tab = openTab();
  id = await connect(tab, server);
});
afterEach(async () => {
  await server.stop();
  await other.stop();
});

describe('the API', () => {
  const REFUSED = 'Bearer error="invalid_token"';
  const MORE = { 'www-authenticate': 'Bearer error="insufficient_scope", scope="posts:write admin"' };

  /** Sends one request with the token and no other. The connection stays unchanged. */
  async function expectFailure(
    fault: Fault,
    failure: object,
    call: () => Promise<unknown> = () => network.list(tab.call(id)),
  ): Promise<void> {
    const before = await kept(tab);
    const asked = server.requests.length;
    server.misbehave(posts, fault);
    const thrown = await failureOf(call());
    expect(thrown).toMatchObject({ name: 'ApiError', ...failure });
    expect(server.requests.slice(asked)).toHaveLength(1);
    expect(other.requests).toEqual([]);
    expect(await kept(tab)).toEqual(before);
    expectNoSecretSeen(tab, server, thrown);
  }

  test.each<[string, Fault, object]>([
    ['API-7: forbids the call', json(403, { detail: 'Not you' }), { code: 'forbidden', detail: 'Not you' }],
    ['API-7: forbids the call with a web page', page(403), { code: 'forbidden', detail: undefined }],
    [
      'API-7: needs more permission',
      json(403, {}, MORE),
      { code: 'insufficient-scope', missingScope: ['posts:write', 'admin'] },
    ],
    ['rejects the call', json(422, { title: 'Too long' }), { code: 'refused', detail: 'Too long' }],
    ['has received too many calls', json(429, {}), { code: 'rate-limited' }],
    ['fails with a web page', page(500), { code: 'http-5xx', status: 500, detail: undefined }],
    ['responds with a web page', page(200), { code: 'malformed-response' }],
    ['responds with a list', json(200, []), { code: 'malformed-response' }],
    ['responds with unexpected members', json(200, { posts: [{ id: 7 }] }), { code: 'malformed-response' }],
    ['responds with an endless body', { kind: 'flood' }, { code: 'malformed-response' }],
    ['cuts the response off', { kind: 'hang-up' }, { code: 'unreachable' }],
  ])('%s', async (_name, fault, failure) => {
    await expectFailure(fault, failure);
  });

  test('API-3: redirects the call to another origin, which is not followed', async () => {
    await expectFailure(redirectTo(`${other.urls.resource}/posts`), { code: 'unreachable' });
  });

  test('API-6: performs the call but its response is lost: the post is not sent again', async () => {
    const publish = () => network.publish(tab.call(id), { text: 'Once', idempotencyKey: 'once' });
    await expectFailure({ kind: 'lost-answer' }, { code: 'unreachable' }, publish);
    server.behave();
    const texts = (await network.list(tab.call(id))).posts.map(({ text }) => text);
    expect(texts.filter((text) => text === 'Once')).toHaveLength(1);
  });

  test('is slow, and the call times out after thirty seconds', async () => {
    const deadlines = holdDeadlines();
    const hanging = server.hanging(posts);
    await Promise.all([hanging.then(() => deadlines.runOut()), expectFailure({ kind: 'drip' }, { code: 'timed-out' })]);
    expect(vi.mocked(AbortSignal.timeout).mock.lastCall).toEqual([30_000]);
  });

  test('is slow, and the user leaves the screen', async () => {
    const cancel = new AbortController();
    const hanging = server.hanging(posts).then(() => cancel.abort());
    const call = () => tab.call(id)('posts', { signal: cancel.signal });
    await Promise.all([hanging, expectFailure({ kind: 'silence' }, { code: 'cancelled' }, call)]);
  });

  test('API-2: names a next page on another host, which is not requested', async () => {
    const next = `${other.urls.resource}/posts`;
    server.misbehave(posts, changed({ next }));
    const listed = await network.list(tab.call(id));
    expect(listed.next).toBe(next);
    const asked = tab.requests.length;
    const thrown = await failureOf(network.list(tab.call(id), listed.next));
    expect(thrown).toMatchObject({ code: 'outside-connection' });
    expect(tab.requests).toHaveLength(asked);
    expect(other.requests).toEqual([]);
  });

  test('API-5: rejects every token: the app makes two attempts and one refresh, then asks for a sign-in', async () => {
    server.misbehave(posts, challenged(REFUSED));
    const asked = server.requests.length;
    const thrown = await failureOf(network.list(tab.call(id)));
    expect(thrown).toMatchObject({ code: 'needs-sign-in' });
    expect(await failureOf(network.list(tab.call(id)))).toMatchObject({ code: 'needs-sign-in' });
    expect(server.requests.slice(asked)).toEqual([
      'GET /birdsong/api/posts',
      'POST /birdsong/token',
      'GET /birdsong/jwks', // ID-2
      'GET /birdsong/api/posts',
      'GET /.well-known/oauth-protected-resource/birdsong/api', // DISC-5
    ]);
    const [connection] = (await kept(tab)).connections;
    expect(connection?.state).toMatchObject({ kind: 'needs-sign-in', reason: 'token-refused' });
    expectNoSecretSeen(tab, server, thrown);
  });

  test('API-5: rejects every token of five simultaneous calls: one refresh, and all of them end', async () => {
    server.misbehave(posts, challenged(REFUSED));
    const tokens = server.count(server.urls.token);
    const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(network.list(tab.call(id)))));
    expect(failures.map((failure) => (failure as { code?: string }).code)).toEqual(Array(5).fill('needs-sign-in'));
    expect(server.count(posts)).toBeLessThanOrEqual(10);
    expect(server.count(server.urls.token)).toBe(tokens + 1);
  });

  test.each<[string, Fault]>([
    ['with a challenge', challenged(REFUSED)],
    ['with a web page', page(401)],
    ['with an unreadable challenge', challenged('Bearer error="')],
  ])('API-5: rejects one token %s and accepts the next', async (_name, fault) => {
    server.misbehave(posts, fault, 1);
    expect((await network.list(tab.call(id))).posts).toBeInstanceOf(Array);
    expect(server.count(posts)).toBe(2);
  });
});

describe('disconnecting', () => {
  const large = (status: number): Fault => ({ kind: 'answer', status, body: ' '.repeat(300 * 1024) });
  const REVOKE = 'POST /birdsong/revoke';

  /** Expects that both tokens were sent for revocation once, and that nothing is stored here. */
  async function expectGone(
    fault: Fault,
    kind: 'ineffective' | 'unconfirmed',
    during = () => Promise.resolve(),
  ): Promise<void> {
    const asked = server.requests.length;
    server.misbehave(server.urls.revocation, fault);
    const [outcome] = await Promise.all([tab.disconnect(id), during()]);
    expect(outcome).toMatchObject({ kind });
    // After a confirmed revocation the app probes the API, with the token and without it.
    const tried = kind === 'ineffective' ? ['GET /birdsong/api', 'GET /birdsong/api'] : [];
    expect(server.requests.slice(asked)).toEqual([REVOKE, REVOKE, ...tried]);
    expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
    expect(tab.store.views()).toEqual([]);
    const before = tab.requests.length;
    expect(await failureOf(tab.call(id)('posts'))).toMatchObject({ code: 'no-connection' });
    expect(tab.requests).toHaveLength(before);
    expectNoSecretSeen(tab, server, outcome);
  }

  test.each<[string, Fault, 'ineffective' | 'unconfirmed']>([
    // Any 200 confirms the revocation. Then the app probes the API, where the token still works here.
    ['gets a web page with 200 (REV-2)', page(200), 'ineffective'],
    ['gets an empty 204 (REV-2)', bare(204), 'ineffective'],
    ['gets an empty 401 (REV-3)', bare(401), 'unconfirmed'],
    [
      'is deferred with 503 (REV-3)',
      json(503, { error: 'temporarily_unavailable' }, { 'retry-after': '9' }),
      'unconfirmed',
    ],
    ['is not supported for this token type (REV-3)', json(400, { error: 'unsupported_token_type' }), 'unconfirmed'],
    ['fails with a web page', page(500), 'unconfirmed'],
    ['gets an empty rejection', bare(400), 'unconfirmed'],
    ['E8: gets 200 with a body larger than the app reads', { kind: 'flood' }, 'ineffective'],
    ['E8: gets 503 with a body larger than the app reads', large(503), 'unconfirmed'],
    ['is cut off', { kind: 'hang-up' }, 'unconfirmed'],
    ['succeeds, but its response is lost', { kind: 'lost-answer' }, 'unconfirmed'],
  ])('REV-4: deletes everything here when revocation %s', async (_name, fault, kind) => {
    await expectGone(fault, kind);
  });

  test('E8: asks again after 503 with a body larger than the app reads', async () => {
    server.misbehave(server.urls.revocation, large(503));
    expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed', asksAgain: true });
  });

  test.each([400, 401, 404])(
    'D5: confirms the disconnect if the access token, ended with its refresh token, is refused with %i',
    async (status) => {
      server.misbehave(server.urls.revocation, { kind: 'access-token-refused', status });
      expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
      expect(tab.revocations.reports.get().size).toBe(0);
    },
  );

  test.each([
    ['still accepts the token', bare(200)],
    ['fails', bare(500)],
    ['forbids the call', bare(403)],
  ])('D5: does not confirm it if the API %s', async (_name, fault) => {
    server.misbehave(server.urls.revocation, { kind: 'access-token-refused', status: 400 });
    server.misbehave(server.urls.resource, fault);
    expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed' });
    expect([...tab.revocations.reports.get().keys()]).toEqual([id]);
  });

  test.each([
    ['rejects', undefined, 'confirmed'],
    ['still accepts', bare(200), 'refused'],
  ])('D5: in a revocation sent later, the API decides too: it %s the token', async (_name, fault, result) => {
    server.misbehave(server.urls.revocation, bare(503));
    expect(await tab.disconnect(id)).toMatchObject({ asksAgain: true });
    server.misbehave(server.urls.revocation, { kind: 'access-token-refused', status: 400 });
    if (fault) server.misbehave(server.urls.resource, fault);
    await tab.revocations.send();
    expect([...tab.revocations.results.get()]).toEqual([[id, result]]);
  });

  test('D5: does not confirm it if the refresh token was refused, whatever the API does', async () => {
    server.misbehave(server.urls.revocation, bare(400));
    server.misbehave(server.urls.resource, bare(401));
    expect(await tab.disconnect(id)).toMatchObject({ kind: 'unconfirmed' });
  });

  test('REV-3, D5: asks nothing of a server that offers no revocation, and says so', async () => {
    server.misbehave(server.urls.serverMetadata, changed({ revocation_endpoint: undefined }));
    const without = openTab();
    const connection = await connect(without, server);
    expect(without.store.views()).toMatchObject([{ details: { offersRevocation: false } }]);
    const asked = server.requests.length;
    const outcome = await without.disconnect(connection);
    expect(outcome).toMatchObject({ kind: 'unconfirmed', because: 'not-offered' });
    expect(outcome).not.toHaveProperty('asksAgain');
    expect(server.requests).toHaveLength(asked);
    expect(without.revocations.reports.get().get(connection)).toMatchObject({ outcome: { because: 'not-offered' } });
  });

  test('REV-4: deletes everything here when revocation is redirected to another origin, which gets no token', async () => {
    await expectGone(redirectTo(other.urls.revocation), 'unconfirmed');
    expect(other.requests).toEqual([]);
  });

  test.each(['silence', 'drip'] as const)('REV-4: deletes everything here when revocation hangs (%s)', async (kind) => {
    const deadlines = holdDeadlines();
    await expectGone({ kind }, 'unconfirmed', async () => {
      await server.hanging(server.urls.revocation);
      // Deleted at once, before the server responds.
      expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
      const second = server.hanging(server.urls.revocation);
      deadlines.runOut();
      await second;
      deadlines.runOut();
    });
  });

  test('M-10: allows a new connection afterwards', async () => {
    await expectGone({ kind: 'hang-up' }, 'unconfirmed');
    server.behave();
    const again = await connect(tab, server);
    expect((await network.list(tab.call(again))).posts).toBeInstanceOf(Array);
  });
});
