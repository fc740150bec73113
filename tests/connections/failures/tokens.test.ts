/** Trouble after the person has come back: the token endpoint. A code goes once, and an older connection stays as it was. */
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

describe('the token answer is', () => {
  /** A second sign-in meets the fault, and the connection of the first stays as it was. */
  async function expectFailure(fault: Fault, failure: object, during: () => Promise<void> = () => Promise.resolve()) {
    await connect(tab, server);
    const before = await kept(tab);
    const callback = await allowed(tab, server);
    server.misbehave(token, fault);
    const asked = server.requests.length;
    const [outcome] = await Promise.all([tab.finish(callback), during()]);
    expect(outcome).toMatchObject({ kind: 'failed', service: { id: 'birdsong' }, returnTo: '/', ...failure });
    server.behave();
    expect(await tab.finish(callback)).toEqual({ kind: 'refused', reason: 'already-used' });
    // The keys are asked for meanwhile, and what came and was not used is revoked.
    const beside = new Set(['GET /birdsong/jwks', 'POST /birdsong/revoke']);
    const sent = server.requests.slice(asked).filter((request) => !beside.has(request));
    expect(sent).toEqual(['POST /birdsong/token']);
    expect(await kept(tab)).toEqual(before);
    expectNoSecretSeen(tab, server, outcome);
  }

  test.each<[string, Fault, object]>([
    [
      'TOK-7: a refusal',
      json(400, { error: 'invalid_grant', error_description: '<b>no</b>' }),
      { code: 'server-error', serverError: 'invalid_grant' },
    ],
    [
      'a refusal of this app',
      json(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic' }),
      { code: 'server-error', serverError: 'invalid_client' },
    ],
    ['a refusal of this app without a word', bare(401), { code: 'server-error', serverError: 'invalid_client' }],
    ['a refusal without a word', bare(400), { code: 'server-error' }],
    ['TOK-7: a refusal by a web page', page(400), { code: 'malformed-response' }],
    ['a failure', json(500, { error: 'server_error' }), { code: 'server-fault' }],
    ['TOK-7: the web page of a proxy', page(502), { code: 'server-fault' }],
    ['TOK-7: a web page with 200', page(200), { code: 'malformed-response' }],
    ['a list', json(200, []), { code: 'malformed-response' }],
    ['TOK-3: a token under a status without a body', bare(204), { code: 'malformed-response' }],
    ['without end', { kind: 'flood' }, { code: 'response-too-large' }],
    ['TOK-3: without a token', changed({ access_token: undefined }), { code: 'malformed-response' }],
    ['TOK-3: an empty token', changed({ access_token: '' }), { code: 'malformed-response' }],
    ['TOK-3: a token that is a number', changed({ access_token: 7 }), { code: 'malformed-response' }],
    ['TOK-3: of an unknown type', changed({ token_type: 'MAC' }), { code: 'unknown-token-type' }],
    ['TOK-3: of a type that is no text', changed({ token_type: 7 }), { code: 'malformed-response' }],
    ['a scope that is no text', changed({ scope: [7] }), { code: 'malformed-response' }],
    [
      'a refusal with 200',
      json(200, { error: 'invalid_grant' }),
      { code: 'server-error', serverError: 'invalid_grant' },
    ],
    [
      'a refusal by a name of its own',
      json(403, { error: 'invalid_code' }),
      { code: 'server-error', serverError: 'invalid_code' },
    ],
    [
      'AUTH-6: a refusal of the resource',
      json(400, { error: 'invalid_target' }),
      { code: 'server-error', serverError: 'invalid_target' },
    ],
    ['TOK-8: cut off', { kind: 'hang-up' }, { code: 'unreachable' }],
    ['TOK-8: lost on its way', { kind: 'lost-answer' }, { code: 'unreachable' }],
  ])('%s', async (_name, fault, failure) => {
    await expectFailure(fault, failure);
  });

  test('TOK-2: on another origin; the redirect is not followed', async () => {
    const other = await startMisbehavingServer();
    await expectFailure(redirectTo(other.urls.token), { code: 'unreachable' });
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test.each(['silence', 'drip'] as const)('TOK-8: slow (%s), and the ten seconds are over', async (kind) => {
    const deadlines = holdDeadlines();
    const hanging = server.hanging(token);
    await expectFailure({ kind }, { code: 'timed-out' }, async () => {
      await hanging;
      deadlines.runOut(10_000);
    });
  });
});

describe('the token answer has', () => {
  test.each([
    ['no lifetime', undefined, undefined],
    ['a lifetime of nothing', null, undefined],
    ['a lifetime in words', 'soon', undefined],
    ['a lifetime in text', '3600', NOW + 3_600_000],
    ['a negative lifetime', -1, NOW],
    ['a lifetime beyond all years', 1e99, NOW + 365 * 86_400_000],
    ['a lifetime with fractions', 59.9, NOW + 59_000],
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

  test('UI-2: thousands of scopes; no screen has to bear them all', async () => {
    const scope = ['openid', 'posts:read', ...Array.from({ length: 5000 }, (_, index) => `s${index}`)].join(' ');
    server.misbehave(token, changed({ scope }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.scope).toHaveLength(100);
  });

  test('TOK-3: its type in other letters', async () => {
    server.misbehave(token, changed({ token_type: 'bEaReR' }));
    const id = await connect(tab, server);
    expect((await tab.call(id)('posts')).status).toBe(200);
  });

  test.each([
    ['TOK-5: fewer scopes than asked', 'openid posts:read', ['openid', 'posts:read']],
    ['TOK-5: fewer scopes, in a list', ['openid', 'posts:read'], ['openid', 'posts:read']],
    ['TOK-5: nothing for a scope, which means those asked', null, expect.arrayContaining(['posts:write'])],
    [
      'UI-2: names that can be no scopes',
      'openid \u202Esdaer posts:read ' + 'x'.repeat(9000),
      ['openid', 'posts:read'],
    ],
    ['TOK-5: no scope, which means those asked', undefined, expect.arrayContaining(['posts:write', 'stats:read'])],
  ])('%s', async (_name, scope, granted) => {
    server.misbehave(token, changed({ scope }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.scope).toEqual(granted);
  });

  test('AUTH-9: no refresh token, though one was asked for: the connection works as long as its access token does', async () => {
    server.misbehave(token, changed({ refresh_token: '' }));
    const id = await connect(tab, server);
    expect((await tab.call(id)('posts')).status).toBe(200);
    await server.controls.expireAccessTokens();
    const asked = server.count(token);
    await expect(tab.call(id)('posts')).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(server.count(token)).toBe(asked);
  });
});
