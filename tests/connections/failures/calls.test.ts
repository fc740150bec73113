/** Trouble with the API, and with taking a connection back. */
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

  /** One request with the token and no other; the connection stays as it was. */
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
    ['API-7: forbids it by a web page', page(403), { code: 'forbidden', detail: undefined }],
    [
      'API-7: wants more permission',
      json(403, {}, MORE),
      { code: 'insufficient-scope', missingScope: ['posts:write', 'admin'] },
    ],
    ['refuses the call', json(422, { title: 'Too long' }), { code: 'refused', detail: 'Too long' }],
    ['has had too many calls', json(429, {}), { code: 'rate-limited' }],
    ['fails with a web page', page(500), { code: 'server-fault', status: 500, detail: undefined }],
    ['answers with a web page', page(200), { code: 'malformed-response' }],
    ['answers with a list', json(200, []), { code: 'malformed-response' }],
    ['answers with other members', json(200, { posts: [{ id: 7 }] }), { code: 'malformed-response' }],
    ['answers without end', { kind: 'flood' }, { code: 'malformed-response' }],
    ['is cut off', { kind: 'hang-up' }, { code: 'unreachable' }],
  ])('%s', async (_name, fault, failure) => {
    await expectFailure(fault, failure);
  });

  test('API-3: sends the call to another origin; it does not go there', async () => {
    await expectFailure(redirectTo(`${other.urls.resource}/posts`), { code: 'unreachable' });
  });

  test('API-6: does what it was asked, and its answer is lost; the post is not sent again', async () => {
    const publish = () => network.publish(tab.call(id), { text: 'Once', idempotencyKey: 'once' });
    await expectFailure({ kind: 'lost-answer' }, { code: 'unreachable' }, publish);
    server.behave();
    const texts = (await network.list(tab.call(id))).posts.map(({ text }) => text);
    expect(texts.filter((text) => text === 'Once')).toHaveLength(1);
  });

  test('is slow, and the thirty seconds are over', async () => {
    const deadlines = holdDeadlines();
    const hanging = server.hanging(posts);
    await Promise.all([hanging.then(() => deadlines.runOut()), expectFailure({ kind: 'drip' }, { code: 'timed-out' })]);
    expect(vi.mocked(AbortSignal.timeout).mock.lastCall).toEqual([30_000]);
  });

  test('is slow, and the person goes elsewhere', async () => {
    const cancel = new AbortController();
    const hanging = server.hanging(posts).then(() => cancel.abort());
    const call = () => tab.call(id)('posts', { signal: cancel.signal });
    await Promise.all([hanging, expectFailure({ kind: 'silence' }, { code: 'cancelled' }, call)]);
  });

  test('API-2: names a next page on another host; it is not asked for', async () => {
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

  test('API-5: refuses every token; two attempts and one refresh, then sign-in is asked for', async () => {
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

  test('API-5: refuses every token of five calls at once; one refresh, and all of them end', async () => {
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
    ['with a challenge that nobody can read', challenged('Bearer error="')],
  ])('API-5: refuses one token %s; the next one is good', async (_name, fault) => {
    server.misbehave(posts, fault, 1);
    expect((await network.list(tab.call(id))).posts).toBeInstanceOf(Array);
    expect(server.count(posts)).toBe(2);
  });
});

describe('disconnecting', () => {
  const REVOKE = 'POST /birdsong/revoke';

  /** Both tokens were sent for revocation once, and nothing is left here. */
  async function expectGone(
    fault: Fault,
    kind: 'ineffective' | 'unconfirmed',
    during = () => Promise.resolve(),
  ): Promise<void> {
    const asked = server.requests.length;
    server.misbehave(server.urls.revocation, fault);
    const [outcome] = await Promise.all([tab.disconnect(id), during()]);
    expect(outcome).toMatchObject({ kind });
    // What was confirmed is tried out: with the token, and without it.
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
    // Any 200 is the end of it, and then the token is tried: here it still works.
    ['answered by a web page with 200 (REV-2)', page(200), 'ineffective'],
    ['answered with 204 and nothing else (REV-2)', bare(204), 'ineffective'],
    ['refused with 401 and without a word (REV-3)', bare(401), 'unconfirmed'],
    [
      'put off with 503 (REV-3)',
      json(503, { error: 'temporarily_unavailable' }, { 'retry-after': '9' }),
      'unconfirmed',
    ],
    ['not done for this type of token (REV-3)', json(400, { error: 'unsupported_token_type' }), 'unconfirmed'],
    ['failed by a web page', page(500), 'unconfirmed'],
    ['refused without a word', bare(400), 'unconfirmed'],
    ['answered without end', { kind: 'flood' }, 'unconfirmed'],
    ['cut off', { kind: 'hang-up' }, 'unconfirmed'],
    ['done, but its answer is lost', { kind: 'lost-answer' }, 'unconfirmed'],
  ])('REV-4: forgets everything here when revocation is %s', async (_name, fault, kind) => {
    await expectGone(fault, kind);
  });

  test('REV-4: forgets everything here when revocation is sent to another origin, which gets no token', async () => {
    await expectGone(redirectTo(other.urls.revocation), 'unconfirmed');
    expect(other.requests).toEqual([]);
  });

  test.each(['silence', 'drip'] as const)('REV-4: forgets everything here when revocation hangs (%s)', async (kind) => {
    const deadlines = holdDeadlines();
    await expectGone({ kind }, 'unconfirmed', async () => {
      await server.hanging(server.urls.revocation);
      // Gone at once, not when the server has spoken.
      expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
      const second = server.hanging(server.urls.revocation);
      deadlines.runOut();
      await second;
      deadlines.runOut();
    });
  });

  test('M-10: a new connection afterwards works', async () => {
    await expectGone({ kind: 'hang-up' }, 'unconfirmed');
    server.behave();
    const again = await connect(tab, server);
    expect((await network.list(tab.call(again))).posts).toBeInstanceOf(Array);
  });
});
