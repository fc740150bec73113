import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

import { exchangeCode } from '#oauth/token.ts';
import type { CodeExchange } from '#oauth/token-request.ts';
import { clampedLifetime } from '#oauth/token-response.ts';
import { refreshTokens } from '#oauth/refresh.ts';
import { testContext } from '#tests/support/flow-context.ts';

const server = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'https://as.example/token',
  jwks_uri: 'https://as.example/jwks',
  id_token_signing_alg_values_supported: ['ES256'],
};
const request: CodeExchange = {
  server,
  clientId: 'app',
  redirectUri: 'https://planner.example/callback',
  codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  code: 'the-code',
  resource: 'https://api.example/v1',
  scope: ['a', 'b'],
};
const response = { access_token: 'the-token', token_type: 'Bearer', expires_in: 60, refresh_token: 'r', scope: 'a' };
const json = (body: unknown, status = 200) => Response.json(body, { status });

function contextAnswering(respond: (body: URLSearchParams) => Response) {
  const bodies: URLSearchParams[] = [];
  const context = testContext((_input, init) => {
    const body = new URLSearchParams(init?.body as URLSearchParams);
    bodies.push(body);
    return Promise.resolve(respond(body));
  });
  return Object.assign(context, { bodies });
}

describe('the token request', () => {
  test('TOK-1: is a form with all stored values and no secret', async () => {
    const context = contextAnswering(() => json(response));
    await exchangeCode(context, request);
    expect(Object.fromEntries(context.bodies[0] ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      client_id: 'app',
      code_verifier: request.codeVerifier,
      redirect_uri: request.redirectUri,
      resource: request.resource,
    });
  });

  test('TOK-8: is sent once, even if it fails', async () => {
    const context = contextAnswering(() => json({}, 503));
    await expect(exchangeCode(context, request)).rejects.toMatchObject({ code: 'http-5xx' });
    expect(context.bodies).toHaveLength(1);
  });

  test('REF-1: omits the scope in a refresh', async () => {
    const context = contextAnswering(() => json({ ...response, refresh_token: undefined }));
    const tokens = await refreshTokens(context, { server, clientId: 'app', refreshToken: 'old', scope: ['a'] });
    expect(Object.fromEntries(context.bodies[0] ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'old',
      client_id: 'app',
    });
    // REF-2: without a new refresh token the old one stays.
    expect(tokens.refreshToken).toBe('old');
  });
});

describe('the token response', () => {
  const exchanged = (body: unknown, status?: number) =>
    exchangeCode(
      contextAnswering(() => json(body, status)),
      request,
    );

  test.each(['bEaReR', 'bearer', 'Bearer'])('TOK-3: accepts the type %s', async (token_type) => {
    expect(await exchanged({ ...response, token_type })).toMatchObject({ tokens: { accessToken: 'the-token' } });
  });

  test.each(['MAC', 'N_A', 'DPoP'])('TOK-3: rejects a token of type %s', async (token_type) => {
    await expect(exchanged({ ...response, token_type })).rejects.toMatchObject({ code: 'unknown-token-type' });
  });

  test.each([
    { ...response, access_token: '' },
    { ...response, access_token: 7 },
    { token_type: 'Bearer' },
    [],
    'text',
    null,
  ])('TOK-3: rejects %j', async (body) => {
    await expect(exchanged(body)).rejects.toMatchObject({ code: 'malformed-response' });
  });

  test('TOK-5: uses the scope of the response, else that of the request', async () => {
    expect((await exchanged(response)).tokens.scope).toEqual(['a']);
    expect((await exchanged({ ...response, scope: undefined })).tokens.scope).toEqual(['a', 'b']);
  });

  test.each([
    [60, 60],
    ['3600', 3600],
    [-1, 0],
    ['-1', 0],
    [1e12, 31_536_000],
    [Number.POSITIVE_INFINITY, 31_536_000],
    [Number.NaN, undefined],
    ['soon', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('TOK-4: reads a lifetime of %s as %s', (given, expected) => {
    expect(clampedLifetime(given)).toBe(expected);
  });

  test('TOK-4: does not fail on a negative or missing lifetime', async () => {
    expect((await exchanged({ ...response, expires_in: -1 })).tokens.expiresIn).toBe(0);
    expect((await exchanged({ ...response, expires_in: undefined })).tokens).not.toHaveProperty('expiresIn');
  });

  test('TOK-7: keeps the name of a JSON error and truncates its description', async () => {
    const failing = exchanged({ error: 'invalid_grant', error_description: 'x'.repeat(1000) }, 400);
    await expect(failing).rejects.toMatchObject({ code: 'oauth-error', details: { serverError: 'invalid_grant' } });
    await failing.catch((error) => expect(error.details.serverDescription).toHaveLength(300));
  });

  test.each([
    [502, 'http-5xx'],
    [200, 'malformed-response'],
    [400, 'malformed-response'],
  ])('TOK-7: reads HTML with status %i as %s, and puts none of it in the error', async (status, code) => {
    const html = () => new Response('<h1>the-token</h1>', { status, headers: { 'content-type': 'text/html' } });
    const failing = exchangeCode(contextAnswering(html), request);
    await expect(failing).rejects.toMatchObject({ code });
    await failing.catch((error) =>
      expect(JSON.stringify([error.message, error.details, error.cause])).not.toContain('h1'),
    );
  });

  test.each([
    [401, 'Basic realm="x"', { error: 'invalid_grant' }, 'oauth-error', 'invalid_grant'],
    [401, 'Basic realm="x"', undefined, 'oauth-error', 'invalid_client'],
    [503, 'Basic realm="x"', undefined, 'http-5xx', undefined],
  ])('reads %i with a challenge and %j by its body first', async (status, challenge, body, code, serverError) => {
    const headers = { 'www-authenticate': challenge, ...(body && { 'content-type': 'application/json' }) };
    const respond = () => new Response(body ? JSON.stringify(body) : null, { status, headers });
    const failing = exchangeCode(contextAnswering(respond), request);
    await expect(failing).rejects.toMatchObject({ code });
    await failing.catch((error) => expect(error.details.serverError).toBe(serverError));
  });

  test('puts no token, code or verifier in any error', async () => {
    const bodies = [
      { ...response, token_type: 'MAC' },
      { ...response, scope: 7 },
      { ...response, id_token: 'a.b.c' },
    ];
    for (const body of bodies) {
      const error: Error = await exchanged(body).then(
        () => expect.unreachable(),
        (thrown) => thrown,
      );
      const said = JSON.stringify([error.message, error.stack, error.cause, Object.entries(error)]);
      for (const secret of ['the-token', 'the-code', request.codeVerifier]) expect(said).not.toContain(secret);
    }
  });
});

describe('TOK-6: the id_token', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
  const stranger = await generateKeyPair('ES256');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: server.issuer, aud: 'app', sub: 'ada', nonce: 'n-1', iat: now, exp: now + 300, name: 'Ada' };

  async function signedIn(changes: Record<string, unknown> = {}, key = privateKey, header = {}) {
    const payload = Object.fromEntries(
      Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined),
    );
    const id_token = await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key);
    const context = testContext((input) =>
      Promise.resolve(new Request(input).url === server.jwks_uri ? json(jwks) : json({ ...response, id_token })),
    );
    return { context, result: exchangeCode(context, { ...request, nonce: 'n-1' }) };
  }

  test('identifies the user once claims and signature are valid', async () => {
    const { context, result } = await signedIn();
    expect(await result).toMatchObject({ identity: { issuer: server.issuer, subject: 'ada', name: 'Ada' } });
    expect(context.checks.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
      'token-type-is-known passed',
      'id-token-claims-hold passed',
      'id-token-signature-holds passed',
    ]);
  });

  test.each([
    ['another nonce', { nonce: 'n-2' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'someone-else' }],
    ['no subject', { sub: undefined }],
    ['no iat', { iat: undefined }],
    ['an expiry long ago', { exp: now - 3600 }],
  ])('with %s rejects the response, even if the access token is valid', async (_name, changes) => {
    await expect((await signedIn(changes)).result).rejects.toMatchObject({ name: 'OAuthError' });
  });

  test('ID-3: finds a key that the server has just rotated to by fetching the keys once more', async () => {
    let asked = 0;
    const id_token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey);
    const older = { keys: jwks.keys.map((key) => ({ ...key, kid: 'k0' })) };
    const context = testContext((input) => {
      if (new Request(input).url !== server.jwks_uri) return Promise.resolve(json({ ...response, id_token }));
      asked += 1;
      return Promise.resolve(json(asked === 1 ? older : jwks));
    });
    expect(await exchangeCode(context, { ...request, nonce: 'n-1' })).toMatchObject({ identity: { subject: 'ada' } });
    expect(asked).toBe(2);
  });

  test('ID-3: fetches the keys twice at most for an unknown key', async () => {
    const id_token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'unknown' }).sign(privateKey);
    let asked = 0;
    const context = testContext((input) => {
      if (new Request(input).url !== server.jwks_uri) return Promise.resolve(json({ ...response, id_token }));
      asked += 1;
      return Promise.resolve(json(jwks));
    });
    await expect(exchangeCode(context, { ...request, nonce: 'n-1' })).rejects.toMatchObject({
      code: 'id-token-invalid',
    });
    expect(asked).toBe(2);
  });

  test('ID-4: rejects an access token that does not match its hash', async () => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('the-token')));
    const at_hash = Buffer.from(digest.slice(0, 16)).toString('base64url');
    expect(await (await signedIn({ at_hash })).result).toMatchObject({ identity: { subject: 'ada' } });
    for (const wrong of ['AAAAAAAAAAAAAAAAAAAAAA', '', 7]) {
      const { context, result } = await signedIn({ at_hash: wrong });
      await expect(result).rejects.toMatchObject({ code: 'id-token-invalid' });
      expect(context.checks.at(-1)).toEqual({ rule: 'access-token-hash-holds', outcome: 'failed' });
    }
  });

  test('with a foreign signature rejects the response', async () => {
    const { context, result } = await signedIn({}, stranger.privateKey);
    await expect(result).rejects.toMatchObject({ code: 'id-token-invalid' });
    expect(context.checks.at(-1)).toEqual({ rule: 'id-token-signature-holds', outcome: 'failed' });
  });

  test('with keys that cannot be fetched is not reported as a wrong signature', async () => {
    const { context } = await signedIn();
    const failing = {
      ...context,
      fetchFor: (step: string) =>
        step === 'jwks' ? () => Promise.resolve(json({}, 503)) : context.fetchFor('token-request'),
    };
    await expect(exchangeCode(failing, { ...request, server: { ...server }, nonce: 'n-1' })).rejects.toMatchObject({
      code: 'http-5xx',
    });
    expect(context.checks).not.toContainEqual({ rule: 'id-token-signature-holds', outcome: 'failed' });
  });

  test('that is missing although openid was requested rejects the response', async () => {
    for (const scope of ['openid a', undefined]) {
      const context = testContext(() => Promise.resolve(json({ ...response, scope })));
      await expect(exchangeCode(context, { ...request, nonce: 'n-1' })).rejects.toMatchObject({ name: 'OAuthError' });
    }
  });

  test('that is missing because openid was not granted leaves the sign-in without a name (TOK-5)', async () => {
    const context = testContext(() => Promise.resolve(json({ ...response, scope: 'a' })));
    const result = await exchangeCode(context, { ...request, nonce: 'n-1' });
    expect(result.tokens.scope).toEqual(['a']);
    expect(result.identity).toBeUndefined();
  });

  test('UI-2: has its names truncated', async () => {
    const { result } = await signedIn({ name: 'x'.repeat(10_000) });
    expect((await result).identity?.name).toHaveLength(80);
  });
});
