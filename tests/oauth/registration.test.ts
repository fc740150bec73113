import { describe, expect, test } from 'vitest';

import { registerClient } from '#oauth/registration.ts';
import { testContext } from '#tests/support/flow-context.ts';

const server = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'https://as.example/token',
  registration_endpoint: 'https://as.example/register',
};
const description = {
  redirectUri: 'https://planner.example/callback',
  clientName: 'Content Planner',
  clientUri: 'https://planner.example/',
  signOutReturnUri: 'https://planner.example/signed-out',
};
const registered = { client_id: 'app-1', redirect_uris: [description.redirectUri], token_endpoint_auth_method: 'none' };

function register(body: unknown, status = 201, changes: { end_session_endpoint?: string } = {}) {
  const sent: unknown[] = [];
  const context = testContext(async (input, init) => {
    sent.push(await new Request(input, init).json());
    return Response.json(body, { status });
  });
  return { sent, context, result: registerClient(context, { ...server, ...changes }, description) };
}

describe('dynamic registration (RFC 7591)', () => {
  test('REG-5: registers a public client, without limits on later requests', async () => {
    const { sent, result } = register(registered);
    expect(await result).toEqual({ clientId: 'app-1' });
    expect(sent).toEqual([
      {
        redirect_uris: [description.redirectUri],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'web',
        client_name: 'Content Planner',
        client_uri: 'https://planner.example/',
      },
    ]);
  });

  describe('at a server with RP-initiated logout', () => {
    const signsOut = { end_session_endpoint: 'https://as.example/logout' };
    const post_logout_redirect_uris = [description.signOutReturnUri];

    test('REV-5: registers the return URI of the logout too', async () => {
      const { sent, result } = register({ ...registered, post_logout_redirect_uris }, 201, signsOut);
      expect(await result).toEqual({ clientId: 'app-1', signOutReturnUri: description.signOutReturnUri });
      expect(sent).toMatchObject([{ post_logout_redirect_uris }]);
    });

    test.each([[undefined], [[]], [['https://planner.example/other']], [description.signOutReturnUri]])(
      'REV-5: does not send the return URI if the response lists %j, and registers anyway',
      async (listed) => {
        const { result } = register({ ...registered, post_logout_redirect_uris: listed }, 201, signsOut);
        expect(await result).toEqual({ clientId: 'app-1' });
      },
    );
  });

  test('stores what is needed to manage the registration later (RFC 7592)', async () => {
    const managed = { registration_client_uri: 'https://as.example/r/1', registration_access_token: 'm' };
    expect(await register({ ...registered, ...managed }).result).toEqual({
      clientId: 'app-1',
      managementUri: 'https://as.example/r/1',
      managementToken: 'm',
    });
  });

  test.each(['https://evil.example/r/1', 'javascript:alert(1)', 'http://as.example/r/1'])(
    'E4: drops a management URL that is not the server’s, with its token: %s',
    async (uri) => {
      const managed = { registration_client_uri: uri, registration_access_token: 'm' };
      expect(await register({ ...registered, ...managed }).result).toEqual({ clientId: 'app-1' });
    },
  );

  test.each([
    { response_types: ['token'] },
    { response_types: 'code' },
    { response_types: [] },
    { grant_types: ['client_credentials'] },
    { grant_types: [] },
  ])('E6, REG-6: does not use a registration without the code flow: %j', async (taken) => {
    const { result, context } = register({ ...registered, ...taken });
    await expect(result).rejects.toMatchObject({ code: 'registration-altered' });
    expect(context.checks).toContainEqual(expect.objectContaining({ rule: 'registration-is-kept', outcome: 'failed' }));
  });

  test.each(['never', '0', -1, null, {}])('C4: accepts %j as the expiry of a secret', async (expiry) => {
    const { result } = register({ ...registered, client_secret: 'x', client_secret_expires_at: expiry });
    expect(await result).toEqual({ clientId: 'app-1' });
  });

  test('C1: registers an http loopback redirect URI as native', async () => {
    const sent: unknown[] = [];
    const context = testContext(async (input, init) => {
      sent.push(await new Request(input, init).json());
      return Response.json({ client_id: 'app-1' }, { status: 201 });
    });
    await registerClient(context, server, { ...description, redirectUri: 'http://localhost:4173/callback' });
    expect(sent).toMatchObject([{ application_type: 'native' }]);
  });

  test('accepts 200 instead of 201, and a response that repeats nothing', async () => {
    expect(await register({ client_id: 'app-2' }, 200).result).toEqual({ clientId: 'app-2' });
  });

  test.each([
    ['another redirect URI', { redirect_uris: ['https://evil.example/callback'] }],
    ['an authentication method with a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    [
      'a secret without an authentication method',
      { token_endpoint_auth_method: undefined, client_secret: 's', client_secret_expires_at: 0 },
    ],
  ])('REG-6: rejects %s', async (_name, changes) => {
    const { context, result } = register({ ...registered, ...changes });
    await expect(result).rejects.toMatchObject({ code: 'registration-altered' });
    expect(context.checks).toMatchObject([{ rule: 'registration-is-kept', outcome: 'failed' }]);
  });

  test.each([
    [400, { error: 'invalid_client_metadata' }, 'oauth-error'],
    [500, {}, 'http-5xx'],
    [201, {}, 'malformed-response'],
  ])('%i %j is %s', async (status, body, code) => {
    await expect(register(body, status).result).rejects.toMatchObject({ code });
  });

  test('reports a server without the endpoint, and sends it nothing', async () => {
    const { registration_endpoint: _, ...without } = server;
    await expect(registerClient(testContext(), without, description)).rejects.toMatchObject({
      code: 'registration-unsupported',
    });
  });
});
