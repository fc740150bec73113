/** Failures of the token endpoint. A code is sent once, and an older connection stays unchanged. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Tab } from '#tests/support/browser.ts';
import { bare, changed, json, page, redirectTo, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { allowed, connect, expectNoSecretSeen, holdDeadlines, kept, openTab } from '#tests/support/tab.ts';

const NOW = Date.UTC(2030, 0, 1);
let server: MisbehavingServer;
let tab: Tab;
let token: string;
beforeEach(async () => {
  server = await startMisbehavingServer();
  token = server.urls.token;
  tab = openTab({ now: () => NOW });
});
afterEach(() => server.stop());

describe('the token response', () => {
  /** A second sign-in meets the fault, and the connection of the first stays unchanged. */
  async function expectFailure(fault: Fault, failure: object, during: () => Promise<void> = () => Promise.resolve()) {
    await connect(tab, server);
    const before = await kept(tab);
    const callback = await allowed(tab, server);
    server.misbehave(token, fault);
    const asked = server.requests.length;
    const [outcome] = await Promise.all([tab.finish(callback), during()]);
    expect(outcome).toMatchObject({ kind: 'failed', service: { id: 'birdsong' }, returnTo: '/', ...failure });
    server.behave();
    expect(await tab.finish(callback)).toEqual({ kind: 'invalid-response', reason: 'already-used' });
    // The keys are fetched in parallel, and tokens that arrived but were not used are revoked.
    const beside = new Set(['GET /birdsong/jwks', 'POST /birdsong/revoke']);
    const sent = server.requests.slice(asked).filter((request) => !beside.has(request));
    expect(sent).toEqual(['POST /birdsong/token']);
    expect(await kept(tab)).toEqual(before);
    expectNoSecretSeen(tab, server, outcome);
  }

  test.each<[string, Fault, object]>([
    [
      'TOK-7: is an error',
      json(400, { error: 'invalid_grant', error_description: '<b>no</b>' }),
      { code: 'oauth-error', serverError: 'invalid_grant' },
    ],
    [
      'rejects this client',
      json(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic' }),
      { code: 'oauth-error', serverError: 'invalid_client' },
    ],
    ['rejects this client without a body', bare(401), { code: 'oauth-error', serverError: 'invalid_client' }],
    ['rejects the request without a body', bare(400), { code: 'oauth-error' }],
    ['TOK-7: is a rejection with a web page', page(400), { code: 'malformed-response' }],
    ['is a server error', json(500, { error: 'server_error' }), { code: 'http-5xx' }],
    ['TOK-7: is the web page of a proxy', page(502), { code: 'http-5xx' }],
    ['TOK-7: is a web page with 200', page(200), { code: 'malformed-response' }],
    ['is a list', json(200, []), { code: 'malformed-response' }],
    ['TOK-3: has a status without a body', bare(204), { code: 'malformed-response' }],
    ['is endless', { kind: 'flood' }, { code: 'response-too-large' }],
    ['TOK-3: has no token', changed({ access_token: undefined }), { code: 'malformed-response' }],
    ['TOK-3: has an empty token', changed({ access_token: '' }), { code: 'malformed-response' }],
    ['TOK-3: has a token that is a number', changed({ access_token: 7 }), { code: 'malformed-response' }],
    ['TOK-3: has an unknown token type', changed({ token_type: 'MAC' }), { code: 'unknown-token-type' }],
    ['TOK-3: has a token type that is not a string', changed({ token_type: 7 }), { code: 'malformed-response' }],
    ['has a scope that is not a string', changed({ scope: [7] }), { code: 'malformed-response' }],
    [
      'is an error with 200',
      json(200, { error: 'invalid_grant' }),
      { code: 'oauth-error', serverError: 'invalid_grant' },
    ],
    [
      'is a custom error code',
      json(403, { error: 'invalid_code' }),
      { code: 'oauth-error', serverError: 'invalid_code' },
    ],
    [
      'AUTH-6: rejects the resource',
      json(400, { error: 'invalid_target' }),
      { code: 'oauth-error', serverError: 'invalid_target' },
    ],
    ['TOK-8: is cut off', { kind: 'hang-up' }, { code: 'unreachable' }],
    ['TOK-8: is lost', { kind: 'lost-answer' }, { code: 'unreachable' }],
  ])('%s', async (_name, fault, failure) => {
    await expectFailure(fault, failure);
  });

  test('TOK-2: redirects to another origin, which is not followed', async () => {
    const other = await startMisbehavingServer();
    await expectFailure(redirectTo(other.urls.token), { code: 'redirected' });
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test.each(['silence', 'drip'] as const)('TOK-8: is slow (%s), and times out after ten seconds', async (kind) => {
    const deadlines = holdDeadlines();
    const hanging = server.hanging(token);
    await expectFailure({ kind }, { code: 'timed-out' }, async () => {
      await hanging;
      deadlines.runOut(10_000);
    });
  });
});

describe('the token response has', () => {
  test.each([
    ['no lifetime', undefined, undefined],
    ['a lifetime of zero', null, undefined],
    ['a lifetime in words', 'soon', undefined],
    ['a lifetime as a string', '3600', NOW + 3_600_000],
    ['a negative lifetime', -1, NOW],
    ['an enormous lifetime', 1e99, NOW + 365 * 86_400_000],
    ['a fractional lifetime', 59.9, NOW + 59_000],
  ])('TOK-4: %s', async (_name, expires_in, expiresAt) => {
    server.misbehave(token, changed({ expires_in }));
    const id = await connect(tab, server);
    expect(tab.store.views()?.[0]?.status).toEqual({
      kind: 'connected',
      refreshesItself: true,
      ...(expiresAt !== undefined && { expiresAt }),
    });
    expect((await tab.call(id)('posts')).status).toBe(200);
  });

  test('UI-2: thousands of scopes, of which the screens show a limited number', async () => {
    const scope = ['openid', 'posts:read', ...Array.from({ length: 5000 }, (_, index) => `s${index}`)].join(' ');
    server.misbehave(token, changed({ scope }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.scope).toHaveLength(100);
  });

  test('TOK-3: a token type in different case', async () => {
    server.misbehave(token, changed({ token_type: 'bEaReR' }));
    const id = await connect(tab, server);
    expect((await tab.call(id)('posts')).status).toBe(200);
  });

  test.each([
    ['TOK-5: fewer scopes than requested', 'openid posts:read', ['openid', 'posts:read']],
    ['TOK-5: fewer scopes, in a list', ['openid', 'posts:read'], ['openid', 'posts:read']],
    ['TOK-5: an empty scope, which means the requested ones', null, expect.arrayContaining(['posts:write'])],
    ['UI-2: invalid scope names', 'openid \u202Esdaer posts:read ' + 'x'.repeat(9000), ['openid', 'posts:read']],
    [
      'TOK-5: no scope, which means the requested ones',
      undefined,
      expect.arrayContaining(['posts:write', 'stats:read']),
    ],
  ])('%s', async (_name, scope, granted) => {
    server.misbehave(token, changed({ scope }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.scope).toEqual(granted);
  });

  test('AUTH-9: no refresh token although one was requested: the connection lasts as long as its access token', async () => {
    server.misbehave(token, changed({ refresh_token: '' }));
    const id = await connect(tab, server);
    expect((await tab.call(id)('posts')).status).toBe(200);
    await server.controls.expireAccessTokens();
    const asked = server.count(token);
    await expect(tab.call(id)('posts')).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(server.count(token)).toBe(asked);
  });
});
