/** Failures of identity: false id_tokens and unavailable keys. Such a sign-in stores no token (TOK-6). */
import { decodeJwt, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Tab } from '#tests/support/browser.ts';
import { changed, json, page, redirectTo, type Fault, type Json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { allowed, connect, expectNoSecretSeen, failureOf, grantOf, kept, openTab } from '#tests/support/tab.ts';
import { idToken, makeKey, signAs } from './id-token-signer.ts';

let server: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  tab = openTab();
});
afterEach(() => server.stop());

/** Expects that the sign-in is discarded after one token request and `keyRequests` requests for keys, one of them in parallel. */
async function expectFailure(code: string, keyRequests = 1): Promise<void> {
  const outcome = await tab.finish(await allowed(tab, server));
  expect(outcome).toMatchObject({ kind: 'failed', code });
  expect(server.count(server.urls.token)).toBe(1);
  expect(server.count(server.urls.jwks)).toBe(keyRequests);
  expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
  expectNoSecretSeen(tab, server, outcome);
}

/** Rejected, either for its claims or because it could not be read. */
const NOT_BELIEVED: string = expect.stringMatching(/^(id-token-invalid|malformed-response|clock-mismatch)$/);

describe('an id_token that the server has signed', () => {
  const now = Math.floor(Date.now() / 1000);

  test('is accepted if its claims are valid', async () => {
    await signAs(server, (claims) => ({ ...claims, name: 'Somebody Else' }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.identity).toMatchObject({ name: 'Somebody Else' });
  });

  test('is accepted if the server’s clock is half a minute off', async () => {
    await signAs(server, (claims) => ({ ...claims, exp: now - 15, iat: now - 300 }));
    await connect(tab, server);
  });

  test.each<[string, Json]>([
    ['another nonce', { nonce: 'of-another-sign-in' }],
    ['no nonce', { nonce: undefined }],
    ['another app as audience', { aud: 'another-app' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer', { iss: undefined }],
    ['no subject', { sub: undefined }],
    ['an expiry long ago', { exp: now - 3600 }],
    ['no expiry', { exp: undefined }],
    ['no issue time', { iat: undefined }],
    ['an issue time a year ahead', { iat: now + 365 * 86_400 }],
    ['an issue time that is not a number', { iat: String(now) }],
    ['an authorized party that is another app', { aud: ['another-app', 'third-app'], azp: 'third-app' }],
  ])('ID-1, TOK-6: is rejected with %s, and so is the valid access token beside it', async (_name, claims) => {
    await signAs(server, (own) => ({ ...own, ...claims }));
    await expectFailure(NOT_BELIEVED);
  });

  test('ID-4: is rejected if it was issued for another access token', async () => {
    await signAs(server, (claims) => ({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }));
    await expectFailure('id-token-invalid', 1);
  });

  test('ID-1: is rejected if it has several audiences and was issued for another of them', async () => {
    await signAs(server, (own) => ({ ...own, aud: [String(own.aud), 'another-app'], azp: 'another-app' }));
    await expectFailure('id-token-invalid');
  });
});

describe('a refresh that returns an id_token', () => {
  /** A connection whose next refresh returns an id_token with these claims changed. */
  async function refreshWith(claims: Json): Promise<() => Promise<Response>> {
    const id = await connect(tab, server);
    await server.controls.expireAccessTokens();
    await signAs(server, (own) => ({ ...own, ...claims }));
    return () => tab.call(id)('posts');
  }

  test.each<[string, Json]>([
    ['with its nonce', {}],
    ['without a nonce', { nonce: undefined }],
  ])('of the same user %s: the token is used', async (_name, claims) => {
    const call = await refreshWith(claims);
    expect((await call()).status).toBe(200);
  });

  test.each<[string, Json]>([
    ['user', { sub: 'mallory' }],
    ['app', { aud: 'another-app' }],
    ['issuer', { iss: 'https://evil.example' }],
  ])('ID-5: of another %s: the whole response is discarded, and the sign-in ends', async (_name, claims) => {
    const call = await refreshWith(claims);
    const thrown = await failureOf(call());
    expect(thrown).toMatchObject({ name: 'ApiError', code: 'needs-sign-in' });
    const [{ state } = {}] = (await kept(tab)).connections;
    expect(state).toMatchObject({ kind: 'needs-sign-in', reason: 'account-mismatch' });
    expectNoSecretSeen(tab, server, thrown);
  });

  test('ID-5: of another sign-in: nothing of it is used but the refresh token that replaces ours', async () => {
    const call = await refreshWith({ nonce: 'of-another-sign-in' });
    const [before] = (await kept(tab)).connections;
    const thrown = await failureOf(call());
    expect(thrown).toMatchObject({ name: 'ApiError' });
    const [after] = (await kept(tab)).connections;
    const refreshToken = expect.not.stringMatching(grantOf(before).refreshToken);
    expect(grantOf(after)).toEqual({ ...grantOf(before), refreshToken });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'waiting', because: 'id-token-invalid' });
    expectNoSecretSeen(tab, server, thrown);
  });
});

describe('userinfo is asked for a name, and the connection is made without one if the response', () => {
  test.each<[string, Fault]>([
    ['is an error', page(500)],
    ['is a web page', page(200)],
    ['is endless', { kind: 'flood' }],
    ['is cut off', { kind: 'hang-up' }],
    ['ID-6: is about another user', json(200, { sub: 'mallory', name: 'Mallory' })],
    ['ID-6: is about no user', json(200, { name: 'Mallory' })],
  ])('%s', async (_name, fault) => {
    await signAs(server, (claims) => ({ ...claims, name: undefined, preferred_username: undefined, email: undefined }));
    server.misbehave(server.urls.userinfo, fault);
    await connect(tab, server);
    const [view] = tab.store.views() ?? [];
    expect(view?.identity).toEqual({ issuer: server.urls.issuer, subject: 'lowtide' });
    expect(server.count(server.urls.userinfo)).toBe(1);
    expectNoSecretSeen(tab, server);
  });
});

describe('an id_token is rejected', () => {
  const change = (edit: (real: string) => unknown): void => server.misbehave(server.urls.token, idToken(edit));

  test('ID-2: if a claim was changed but the signature was not', async () => {
    change((real) => {
      const [header, , signature] = real.split('.');
      const claims = JSON.stringify({ ...decodeJwt(real), name: 'Mallory' });
      return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
    });
    await expectFailure('id-token-invalid', 1);
  });

  test('ID-2: if it is not signed', async () => {
    change((real) => new UnsecuredJWT(decodeJwt(real)).encode());
    await expectFailure('id-token-invalid');
  });

  test('ID-2: if it is signed with a publicly known secret', async () => {
    const { keys } = (await (await fetch(server.urls.jwks)).json()) as { keys: JWK[] };
    const known = new TextEncoder().encode(JSON.stringify(keys[0]));
    change((real) => new SignJWT(decodeJwt(real)).setProtectedHeader({ alg: 'HS256' }).sign(known));
    await expectFailure('id-token-invalid', 2);
  });

  test.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is an object', { sub: 'ada' }],
    ['is not a JWT', 'this-is-no-jwt'],
  ])('if it %s', async (_name, value) => {
    change(() => value);
    await expectFailure(NOT_BELIEVED);
  });
});

describe('the signing keys', () => {
  const response = (fault: Fault): void => server.misbehave(server.urls.jwks, fault);

  test.each<[string, Fault, string]>([
    ['fail', page(500), 'http-5xx'],
    ['are missing', page(404), 'not-found'],
    ['are not a list', json(200, { keys: 'none' }), 'malformed-response'],
    ['are empty', json(200, {}), 'malformed-response'],
    ['are a web page', page(200), 'web-page'],
    ['are endless', { kind: 'flood' }, 'response-too-large'],
  ])('%s', async (_name, fault, code) => {
    response(fault);
    await expectFailure(code, 1);
  });

  test.each<[string, () => void]>([
    ['can’t be read by scripts (no CORS)', () => response({ kind: 'hang-up' })],
    ['have no address', () => server.misbehave(server.urls.serverMetadata, changed({ jwks_uri: undefined }))],
    [
      'have an unsafe address',
      () => server.misbehave(server.urls.serverMetadata, changed({ jwks_uri: 'http://as.example/k' })),
    ],
  ])('B13: %s: connected without a name, because TLS vouches for the account', async (_name, misbehave) => {
    misbehave();
    server.misbehave(server.urls.userinfo, { kind: 'hang-up' });
    const outcome = await tab.finish(await allowed(tab, server));
    expect(outcome).toMatchObject({ kind: 'connected' });
    const [record] = await tab.vault.all();
    expect(record?.identity).toEqual({ issuer: server.urls.issuer, subject: expect.stringMatching(/./) });
    expect(server.requests.filter((request) => request.includes('revoke'))).toEqual([]);
    const checks = tab.recorder.events().filter((event) => event.type === 'check');
    expect(checks).toContainEqual(expect.objectContaining({ rule: 'id-token-came-over-tls', outcome: 'passed' }));
    expect(checks).not.toContainEqual(expect.objectContaining({ rule: 'id-token-signature-holds' }));
  });

  test('B13: can’t be read by scripts, and a wrong nonce is refused all the same', async () => {
    response({ kind: 'hang-up' });
    await signAs(server, (own) => ({ ...own, nonce: 'another' }));
    response({ kind: 'hang-up' });
    expect(await tab.finish(await allowed(tab, server))).toMatchObject({ kind: 'failed', code: 'id-token-invalid' });
  });

  test('redirect to another origin, which is not followed', async () => {
    const other = await startMisbehavingServer();
    response(redirectTo(other.urls.jwks));
    await expectFailure('redirected', 1);
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test('ID-3: lack the named key: they are fetched once more, and no more', async () => {
    response(json(200, { keys: [(await makeKey('another')).publicKey] }));
    await expectFailure('id-token-invalid', 2);
  });

  test('ID-3: lack the named key at first and have it when fetched once more', async () => {
    server.misbehave(server.urls.jwks, json(200, { keys: [] }), 1);
    await connect(tab, server);
    expect(server.count(server.urls.jwks)).toBe(2);
  });

  test('ID-3: are several, and the id_token names none', async () => {
    const [one, two] = await Promise.all([makeKey('one'), makeKey('two')]);
    server.misbehave(
      server.urls.token,
      idToken((real) => one.sign(decodeJwt(real), {})),
    );
    response(json(200, { keys: [one.publicKey, two.publicKey] }));
    await expectFailure('id-token-invalid', 2);
  });

  test('ID-3: are one, and the id_token names none', async () => {
    const key = await makeKey('only');
    server.misbehave(
      server.urls.token,
      idToken((real) => key.sign(decodeJwt(real), {})),
    );
    response(json(200, { keys: [key.publicKey] }));
    await connect(tab, server);
  });

  test('ID-3: were rotated since the last sign-in: the new key is fetched', async () => {
    await connect(tab, server);
    const key = await makeKey('rotated');
    server.misbehave(
      server.urls.token,
      idToken((real) => key.sign(decodeJwt(real))),
    );
    response(json(200, { keys: [key.publicKey] }));
    await connect(tab, server);
    expect(server.count(server.urls.jwks)).toBe(2);
  });
});
