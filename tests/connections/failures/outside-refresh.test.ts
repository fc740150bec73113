/** Refreshes as servers out there respond to them: what is used, what costs the sign-in, and what is said of it. */
import { decodeJwt, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { messages } from '#messages/en.ts';
import { birdsong as network } from '#networks/birdsong.ts';
import { attempt } from '#planning/delivery-attempt.ts';
import type { Post } from '#planning/post.ts';
import type { Tab } from '#tests/support/browser.ts';
import { changed, json, page, type Fault, type Json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { connect, expectNoSecretSeen, failureOf, grantOf, kept, openTab } from '#tests/support/tab.ts';

import { idToken, makeKey, signAs } from './id-token-signer.ts';

const HOUR = 60 * 60 * 1000;
let server: MisbehavingServer;
let tab: Tab;
let id: string;
let now: number;
beforeEach(async () => {
  server = await startMisbehavingServer();
  now = Date.now();
  tab = openTab({ now: () => now });
  id = await connect(tab, server);
  await server.controls.expireAccessTokens();
});
afterEach(() => server.stop());

const call = () => tab.call(id)('posts');
const misbehave = (fault: Fault, times?: number): void => server.misbehave(server.urls.token, fault, times);
const status = () => tab.store.views()?.[0]?.status;
const stored = async () => (await kept(tab)).connections[0];
const refreshes = (): number => server.count(server.urls.token);
/** Calls again once the backoff is over. */
const later = () => {
  now += 10 * 60 * 1000;
  return failureOf(call());
};
/** The refresh tokens that were sent, oldest first. */
async function sentRefreshTokens(): Promise<(string | null)[]> {
  const requests = tab.requests.filter(({ url }) => url === server.urls.token);
  const forms = await Promise.all(requests.map(async (request) => new URLSearchParams(await request.clone().text())));
  return forms.filter((form) => form.get('grant_type') === 'refresh_token').map((form) => form.get('refresh_token'));
}

describe('A1: a refresh response with 201', () => {
  it.each([201, 202, 299])('A1, TOK-3: takes a %i as a 200', async (code) => {
    misbehave({ kind: 'disguised', status: code }, 1);
    expect((await call()).status).toBe(200);
    expect(status()).toMatchObject({ kind: 'connected', refreshesItself: true });
  });

  it('A1: takes an error under 201 as an error', async () => {
    misbehave(json(201, { error: 'invalid_grant' }), 1);
    expect(await failureOf(call())).toMatchObject({ code: 'needs-sign-in' });
    expect(status()).toMatchObject({ kind: 'needs-sign-in', reason: 'grant-refused' });
  });
});

describe('A2: a refresh response that cannot be used', () => {
  const seconds = Math.floor(Date.now() / 1000);

  it.each<[string, Json]>([
    ['has expired', { iat: seconds - 90_000, exp: seconds - 86_400 }],
    ['is not valid yet', { nbf: seconds + 86_400 }],
    ['was issued in the future', { iat: seconds + 86_400 * 400, exp: seconds + 86_400 * 401 }],
  ])('A2: is used though its id_token %s', async (_name, claims) => {
    await signAs(server, (own) => ({ ...own, ...claims }));
    expect((await call()).status).toBe(200);
  });

  it.each([undefined, null, ''])('A2, TOK-3: is used as Bearer without a token_type (%j)', async (token_type) => {
    misbehave(changed({ token_type }), 1);
    expect((await call()).status).toBe(200);
  });

  it.each<[string, () => Promise<Fault> | Fault, string]>([
    [
      'an id_token with another nonce',
      async () => {
        const key = await makeKey('new');
        server.misbehave(server.urls.jwks, json(200, { keys: [key.publicKey] }), 1);
        return idToken((real) => key.sign({ ...decodeJwt(real), nonce: 'of-another-sign-in' }));
      },
      'id-token-invalid',
    ],
    [
      'an id_token that nobody signed',
      () => idToken((real) => new UnsecuredJWT(decodeJwt(real)).encode()),
      'id-token-invalid',
    ],
    ['an id_token that is none', () => changed({ id_token: 'this-is-no-jwt' }), 'id-token-invalid'],
    [
      'an id_token about nobody',
      () => idToken(async (real) => (await makeKey('x')).sign({ ...decodeJwt(real), sub: '' })),
      'id-token-invalid',
    ],
    ['a token of an unknown type', () => changed({ token_type: 'MAC' }), 'unknown-token-type'],
    ['no access token', () => changed({ access_token: undefined }), 'malformed-response'],
    ['a scope that is no text', () => changed({ scope: 7 }), 'malformed-response'],
    [
      'another media type',
      () => ({ kind: 'disguised', headers: { 'content-type': 'text/html' } }),
      'malformed-response',
    ],
  ])(
    'A2: with %s leaves the refresh token that replaces ours, and the next refresh sends it',
    async (_name, fault, because) => {
      const { refreshToken: old, ...before } = grantOf(await stored());
      misbehave(await fault(), 1);
      const thrown = await failureOf(call());
      expect(thrown).toMatchObject({ name: 'ApiError' });
      const { refreshToken: replacement, ...after } = grantOf(await stored());
      expect(after).toEqual(before);
      expect(replacement).not.toBe(old);
      // It is this app that does not take the response, and the card says why.
      expect(status()).toMatchObject({ kind: 'waiting', because });
      server.behave();
      now += 6000;
      expect((await call()).status).toBe(200);
      expect(await sentRefreshTokens()).toEqual([old, replacement]);
      expectNoSecretSeen(tab, server, thrown);
    },
  );

  it('A2: three times in a row is told as refused by this app, and asks for a sign-in', async () => {
    misbehave(changed({ token_type: 'MAC' }));
    for (let times = 0; times < 2; times += 1) expect(await later()).toMatchObject({ code: 'http-5xx' });
    expect(await later()).toMatchObject({ code: 'needs-sign-in' });
    expect(status()).toEqual({ kind: 'refused', refusal: { by: 'app' }, because: 'unknown-token-type' });
    expect(messages.connections.waiting['unknown-token-type']('Birdsong').text).toContain('didn’t use it');
  });
});

describe('E3: a refresh response about somebody else', () => {
  it.each<[string, Json]>([
    ['subject', { sub: 'mallory' }],
    ['issuer', { iss: 'https://evil.example' }],
    ['audience', { aud: 'another-app' }],
    ['audience in a list', { aud: ['another-app'] }],
    ['authorized party', { azp: 'another-app' }],
  ])(
    'E3, ID-5: with another %s is not used, its tokens are revoked, and nothing is sent again',
    async (_name, claims) => {
      await signAs(server, (own) => ({ ...own, ...claims }));
      const asked = refreshes();
      const thrown = await failureOf(call());
      expect(thrown).toMatchObject({ code: 'needs-sign-in' });
      expect(await later()).toMatchObject({ code: 'needs-sign-in' });
      await tab.tokens.resume(id);
      expect(refreshes()).toBe(asked + 1);
      expect(server.count(server.urls.revocation)).toBe(2);
      for (const secret of server.secrets) {
        const headers = { authorization: `Bearer ${secret}` };
        expect((await fetch(`${server.urls.resource}/posts`, { headers })).status).toBe(401);
      }
      expect(status()).toMatchObject({ kind: 'needs-sign-in', reason: 'account-mismatch' });
      const { text, code } = messages.connections.endedBy['account-mismatch'];
      expect([text('Birdsong', 'now'), code]).toEqual([expect.stringContaining('someone else'), undefined]);
      expectNoSecretSeen(tab, server, thrown);
    },
  );

  it('A6, ID-5: by the sub of the response itself is treated in the same way', async () => {
    misbehave(changed({ id_token: undefined, sub: 'mallory' }), 1);
    expect(await failureOf(call())).toMatchObject({ code: 'needs-sign-in' });
    expect(status()).toMatchObject({ kind: 'needs-sign-in', reason: 'account-mismatch' });
    expect(server.count(server.urls.revocation)).toBe(2);
  });

  it.each(['lowtide', undefined, null, '', {}])(
    'A6: goes on with the same sub in the response, or with none (%j)',
    async (sub) => {
      misbehave(changed({ id_token: undefined, sub }), 1);
      expect((await call()).status).toBe(200);
    },
  );
});

describe('A4: a refresh that needs the user', () => {
  it.each(['interaction_required', 'consent_required', 'login_required', 'mfa_required', 'account_selection_required'])(
    'A4: by %s asks for a sign-in at once',
    async (error) => {
      const asked = refreshes();
      misbehave(json(400, { error }));
      const thrown = await failureOf(call());
      expect(thrown).toMatchObject({ code: 'needs-sign-in' });
      expect(await later()).toMatchObject({ code: 'needs-sign-in' });
      expect(refreshes()).toBe(asked + 1);
      expect(status()).toMatchObject({ kind: 'needs-sign-in', reason: 'user-needed' });
      // What the server may still honour is revoked with the connection.
      server.behave();
      expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
      expectNoSecretSeen(tab, server, thrown);
    },
  );

  it.each<[string, Fault, object]>([
    ['access_denied', json(400, { error: 'access_denied' }), { error: 'access_denied' }],
    ['bad_refresh_token', json(400, { error: 'bad_refresh_token' }), { error: 'bad_refresh_token' }],
    [
      'invalid_request with words',
      json(400, { error: 'invalid_request', error_description: 'Unknown parameter\u0000' }),
      { error: 'invalid_request', description: 'Unknown parameter' },
    ],
    ['JSON without error', json(400, { message: 'no' }), {}],
    ['an error that is no text', json(403, { error: { code: 7 } }), {}],
    ['a web page with 403', page(403), {}],
    ['404', json(404, { error: 'not_found' }), { error: 'not_found' }],
    ['422', json(422, []), {}],
  ])('A4: by %s, three times in a row, keeps the grant and offers a sign-in', async (_name, fault, words) => {
    const before = grantOf(await stored());
    misbehave(fault);
    for (let times = 0; times < 2; times += 1) {
      expect(await later()).toMatchObject({ code: 'http-5xx' });
      expect(status()).toMatchObject({ kind: 'waiting' });
      // The server did respond.
      expect(status()).not.toHaveProperty('because', 'unreachable');
    }
    const thrown = await later();
    expect(thrown).toMatchObject({ code: 'needs-sign-in' });
    expect(status()).toMatchObject({ kind: 'refused', refusal: { by: 'server', ...words } });
    expect(grantOf(await stored())).toEqual(before);

    // It is not retried by itself, and a post says that it needs a sign-in.
    const asked = refreshes();
    await tab.tokens.resume(id);
    now += HOUR / 2;
    const post: Post = { id: 'p', text: 'Hi', targets: [id], deliveries: [], updatedAt: 0 } as unknown as Post;
    const deps = { now: () => now, onError: () => expect.unreachable() };
    const state = await attempt(deps, { network, call: tab.call(id) }, post, { idempotencyKey: 'k' });
    expect(state).toMatchObject({ kind: 'failed', reason: 'needs-sign-in' });
    expect(refreshes()).toBe(asked);
    expectNoSecretSeen(tab, server, thrown);

    // A reload keeps it said. Much later it is tried once more, and the grant has lost nothing.
    await tab.store.reloadAll();
    expect(status()).toMatchObject({ kind: 'refused' });
    server.behave();
    now += HOUR;
    expect((await call()).status).toBe(200);
    expect(status()).toMatchObject({ kind: 'connected' });
  });

  it.each<[string, Fault]>([
    ['408', json(408, { error: 'timeout' })],
    ['429', json(429, { error: 'slow_down' })],
    ['503', json(503, { error: 'invalid_request' })],
  ])('A4: by %s is no refusal, however often', async (_name, fault) => {
    misbehave(fault);
    for (let times = 0; times < 4; times += 1) await later();
    expect(status()).toMatchObject({ kind: 'waiting' });
  });

  it('A4: counts refusals in a row only', async () => {
    const refusal = json(400, { error: 'invalid_request' });
    for (const fault of [refusal, refusal, json(503, {}), refusal, refusal]) {
      misbehave(fault, 1);
      await later();
    }
    expect(status()).toMatchObject({ kind: 'waiting' });
  });

  it.each(['error', 'error_description'])('A4, TOK-7: never shows an %s that repeats the token', async (member) => {
    const { refreshToken } = grantOf(await stored());
    const words = { error: 'invalid_request', [member]: `Bad token ${refreshToken.slice(4, 30)}…` };
    misbehave(json(400, words));
    for (let times = 0; times < 3; times += 1) await later();
    const refusal = { by: 'server', ...(member !== 'error' && { error: 'invalid_request' }) };
    expect(status()).toEqual({ kind: 'refused', refusal });
  });
});

describe('A5: the scope in a refresh response', () => {
  it.each<[unknown, readonly string[] | undefined]>([
    ['openid,posts:read', ['openid', 'posts:read']],
    ['', undefined],
    [' ', undefined],
  ])('A5, TOK-5: reads %j', async (scope, granted) => {
    const before = tab.store.views()?.[0]?.scope;
    misbehave(changed({ scope }), 1);
    await call();
    expect(tab.store.views()?.[0]?.scope).toEqual(granted ?? before);
  });
});

describe('E5: the signature of a refreshed id_token', () => {
  const otherKey = () => idToken(async (real) => (await makeKey('new')).sign(decodeJwt(real)));

  it('E5, ID-2: is verified; a response with a wrong one is not used', async () => {
    misbehave(otherKey(), 1);
    const { accessToken } = grantOf(await stored());
    expect(await failureOf(call())).toMatchObject({ name: 'ApiError' });
    expect(grantOf(await stored()).accessToken).toBe(accessToken);
    expect(status()).toMatchObject({ kind: 'waiting', because: 'id-token-invalid' });
  });

  it.each<[string, Fault]>([
    ['fail', page(500)],
    ['are missing', page(404)],
    ['are a web page', page(200)],
    ['are cut off', { kind: 'hang-up' }],
    ['never end', { kind: 'flood' }],
  ])('E5: cannot be verified when the keys %s; TLS vouches for the response then', async (_name, fault) => {
    server.misbehave(server.urls.jwks, fault);
    expect((await call()).status).toBe(200);
  });
});
