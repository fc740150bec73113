import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBirdsong } from '#tests/support/birdsong-server.ts';
import type { BirdsongServer } from '#tests/support/birdsong-server.ts';
import {
  REDIRECT_URI,
  call,
  connect,
  consent,
  discover,
  locationOf,
  redeem,
  refresh,
  register,
  startFlow,
} from './client.ts';

let birdsong: BirdsongServer;
beforeAll(async () => {
  birdsong = await startBirdsong();
});
afterAll(() => birdsong.stop());

const open = (url: URL): Promise<Response> => fetch(url, { redirect: 'manual' });

describe('an authorization request', () => {
  it.each([
    ['without PKCE', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    ['with the plain method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with no method, which means plain', { code_challenge_method: null }, 'invalid_request'],
    ['for a token instead of a code', { response_type: 'token' }, 'unsupported_response_type'],
    ['for another resource', { resource: 'https://other.example/api' }, 'invalid_target'],
    ['for unknown scopes only', { scope: 'admin everything' }, 'invalid_scope'],
    ['with prompt=none', { prompt: 'none' }, 'login_required'],
    ['for a response in the fragment', { response_mode: 'fragment' }, 'invalid_request'],
  ])('%s is rejected with state and iss', async (_what, changes, code) => {
    const { url, state } = await startFlow(birdsong, changes);
    const response = await open(url);
    expect(response.status).toBe(303);
    const location = locationOf(response);
    expect(location.origin + location.pathname).toBe(REDIRECT_URI);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error: code, state, iss: birdsong.issuer });
    expect(location.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['from an unknown app', { client_id: 'nobody' }],
    ['without a client id', { client_id: null }],
    ['with an unregistered redirect URI', { redirect_uri: 'https://elsewhere.example/callback' }],
    ['with a longer redirect URI than the registered one', { redirect_uri: `${REDIRECT_URI}?more` }],
    ['without a redirect URI', { redirect_uri: null }],
    ['of enormous length', { state: 'x'.repeat(9000) }],
  ])('%s shows a page and does not redirect', async (_what, changes) => {
    const { url } = await startFlow(birdsong, changes);
    const response = await open(url);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('This request can’t be processed');
  });

  it('with a repeated parameter shows a page and does not redirect', async () => {
    const { url } = await startFlow(birdsong);
    url.searchParams.append('redirect_uri', 'https://elsewhere.example/');
    const response = await open(url);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('never grants a scope that Birdsong does not know', async () => {
    const scope = 'openid profile posts:read admin';
    const { tokens } = await connect(birdsong, {}, { scope });
    expect(tokens.scope?.split(' ')).toEqual(['openid', 'profile', 'posts:read']);
  });
});

describe('the consent form', () => {
  it('redirects with access_denied when the user declines', async () => {
    const { url, state } = await startFlow(birdsong);
    const location = locationOf(await consent(url, { decision: 'deny' }));
    const { error_description: _words, ...parameters } = Object.fromEntries(location.searchParams);
    expect(parameters).toEqual({ error: 'access_denied', state, iss: birdsong.issuer });
  });

  it.each([
    ['without Birdsong’s form token', { guard: '' }],
    ['with a made-up form token', { guard: '0'.repeat(64) }],
    ['from another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['from another subdomain', { headers: { 'sec-fetch-site': 'same-site' } }],
    ['from another origin', { headers: { origin: 'https://evil.example' } }],
  ])('is rejected %s', async (_what, answer) => {
    const { url } = await startFlow(birdsong);
    const response = await consent(url, answer);
    expect(response.status).toBe(403);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('Nothing was allowed');
  });

  it('cannot be used for another request than it was shown for', async () => {
    const shown = await startFlow(birdsong);
    const guard = /name="guard" value="([^"]*)"/.exec(await (await open(shown.url)).text())?.[1];
    const other = await startFlow(birdsong);
    expect((await consent(other.url, { guard: String(guard) })).status).toBe(403);
  });

  it('works from a page without a referrer, for which browsers send a null origin', async () => {
    const { url } = await startFlow(birdsong);
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect(locationOf(await consent(url, { headers })).searchParams.has('code')).toBe(true);
  });

  it('is rejected for an unknown user', async () => {
    const { url } = await startFlow(birdsong);
    const response = await consent(url, { user: 'mallory' });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });
});

describe('the token endpoint', () => {
  it('accepts a code once, and revokes its tokens on a replay', async () => {
    const flow = await startFlow(birdsong);
    const location = locationOf(await consent(flow.url));
    const tokens = await redeem(birdsong, flow, location);
    await expect(redeem(birdsong, flow, location)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await call(birdsong, tokens.access_token, '/me')).status).toBe(401);
    await expect(refresh({ flow, tokens })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('accepts a code once, also in two simultaneous requests', async () => {
    const flow = await startFlow(birdsong);
    const location = locationOf(await consent(flow.url));
    const outcomes = await Promise.allSettled([redeem(birdsong, flow, location), redeem(birdsong, flow, location)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('rejects a wrong verifier', async () => {
    const flow = await startFlow(birdsong);
    const location = locationOf(await consent(flow.url));
    const wrong = { ...flow, verifier: oauth.generateRandomCodeVerifier() };
    await expect(redeem(birdsong, wrong, location)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('rejects the code of another app', async () => {
    const flow = await startFlow(birdsong);
    const location = locationOf(await consent(flow.url));
    const other = { ...flow, client: await register(flow.server) };
    await expect(redeem(birdsong, other, location)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('rejects another resource than the requested one', async () => {
    const flow = await startFlow(birdsong);
    const location = locationOf(await consent(flow.url));
    const elsewhere = { ...birdsong, resource: 'https://other.example/api' };
    await expect(redeem(elsewhere, flow, location)).rejects.toMatchObject({ error: 'invalid_target' });
  });

  it('tolerates the previous refresh token until its replacement was used, and no longer', async () => {
    const connection = await connect(birdsong);
    const second = await refresh(connection);
    await expect(refresh(connection)).resolves.toHaveProperty('access_token');
    await expect(refresh({ ...connection, tokens: second })).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('revocation', () => {
  const revoke = async (token: string | undefined, clientId: string): Promise<Response> => {
    const { revocation_endpoint: endpoint } = await discover(birdsong);
    const body = new URLSearchParams({ client_id: clientId, ...(token === undefined ? {} : { token }) });
    return fetch(String(endpoint), { method: 'POST', body });
  };

  it('of an access token keeps the refresh token valid', async () => {
    const { flow, tokens } = await connect(birdsong);
    expect((await revoke(tokens.access_token, flow.client.client_id)).status).toBe(200);
    expect((await call(birdsong, tokens.access_token, '/me')).status).toBe(401);
    await expect(refresh({ flow, tokens })).resolves.toHaveProperty('access_token');
  });

  it('of another app’s token has no effect', async () => {
    const { flow, tokens } = await connect(birdsong);
    const other = await register(flow.server);
    expect((await revoke(tokens.refresh_token, other.client_id)).status).toBe(200);
    expect((await call(birdsong, tokens.access_token, '/me')).status).toBe(200);
  });

  it('requires a token, and does not reveal one', async () => {
    const { flow, tokens } = await connect(birdsong);
    expect((await revoke(undefined, flow.client.client_id)).status).toBe(400);
    const body = new URLSearchParams({
      client_id: flow.client.client_id,
      grant_type: 'refresh_token',
      refresh_token: String(tokens.refresh_token),
    });
    const response = await fetch(String(flow.server.revocation_endpoint), { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(await response.json()).not.toHaveProperty('access_token');
    expect((await fetch(String(flow.server.revocation_endpoint))).status).toBe(405);
  });
});

describe('userinfo', () => {
  it('requires a valid token with the scope openid', async () => {
    const ask = async (token?: string): Promise<Response> =>
      fetch(
        `${birdsong.issuer}/userinfo`,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      );
    expect((await ask()).headers.get('www-authenticate')).toBe('Bearer');
    expect((await ask('lowtide:made:up')).headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    const { tokens } = await connect(birdsong, {}, { scope: 'profile posts:read' });
    const refused = await ask(tokens.access_token);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(tokens).not.toHaveProperty('id_token');
  });
});

describe('registration', () => {
  it('rejects unusable metadata', async () => {
    const server = await discover(birdsong);
    await expect(register(server, { redirect_uris: ['javascript:alert(1)'] })).rejects.toMatchObject({
      error: 'invalid_client_metadata',
    });
    const broken = await fetch(String(server.registration_endpoint), { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
  });

  it('of an app with a secret still requires PKCE', async () => {
    const client = await register(await discover(birdsong), { token_endpoint_auth_method: 'client_secret_post' });
    const { url } = await startFlow(birdsong, { code_challenge: null, code_challenge_method: null }, client);
    expect(locationOf(await open(url)).searchParams.get('error')).toBe('invalid_request');
  });
});
