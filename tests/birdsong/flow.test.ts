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
  loopback,
  redeem,
  refresh,
  startFlow,
} from './client.ts';

let birdsong: BirdsongServer;
beforeAll(async () => {
  birdsong = await startBirdsong();
});
afterAll(() => birdsong.stop());

describe('the whole flow', () => {
  it('leads from a 401 to the metadata of the API and its authorization server', async () => {
    const refused = await call(birdsong, undefined, '/me');
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate') ?? '';
    const address = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? '';
    expect(address).toBe(`${birdsong.origin}/.well-known/oauth-protected-resource/birdsong/api`);
    expect(challenge).not.toContain('scope=');

    const resource = new URL(birdsong.resource);
    const described = await oauth.resourceDiscoveryRequest(resource, loopback);
    const metadata = await oauth.processResourceDiscoveryResponse(resource, described);
    expect(metadata.authorization_servers).toEqual([birdsong.issuer]);
    expect(metadata.scopes_supported).toEqual(['profile', 'email', 'posts:read', 'posts:write', 'stats:read']);

    const server = await discover(birdsong);
    expect(server.issuer).toBe(birdsong.issuer);
    expect(server.code_challenge_methods_supported).toEqual(['S256']);
    expect(server.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('publishes the same metadata at the OpenID Connect URL', async () => {
    const issuer = new URL(birdsong.issuer);
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...loopback });
    expect(await oauth.processDiscoveryResponse(issuer, response)).toEqual(await discover(birdsong));
  });

  it('registers, authorizes, signs in, calls, refreshes and revokes', async () => {
    const flow = await startFlow(birdsong);
    const answered = await consent(flow.url, { user: 'robin' });
    expect(answered.status).toBe(303);
    const location = locationOf(answered);
    expect(location.href.startsWith(`${REDIRECT_URI}?`)).toBe(true);
    expect(location.searchParams.get('iss')).toBe(birdsong.issuer);
    const tokens = await redeem(birdsong, flow, location);
    expect(tokens.expires_in).toBe(60);

    const claims = oauth.getValidatedIdTokenClaims(tokens);
    expect(claims).toMatchObject({
      iss: birdsong.issuer,
      aud: flow.client.client_id,
      sub: 'robin',
      nonce: flow.nonce,
      name: 'Robin Adeyemi',
      preferred_username: 'robin',
      email: 'robin@adeyemi.example',
    });

    const me = await call(birdsong, tokens.access_token, '/me');
    expect(await me.json()).toMatchObject({ id: 'robin', name: 'Robin Adeyemi' });

    const userinfo = await oauth.userInfoRequest(flow.server, flow.client, tokens.access_token, loopback);
    const user = await oauth.processUserInfoResponse(flow.server, flow.client, String(claims?.sub), userinfo);
    expect(user).toMatchObject({ sub: 'robin', name: 'Robin Adeyemi', email_verified: true });

    const refreshed = await refresh({ flow, tokens });
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect(oauth.getValidatedIdTokenClaims(refreshed)).toMatchObject({ sub: 'robin', iss: birdsong.issuer });
    expect(oauth.getValidatedIdTokenClaims(refreshed)).not.toHaveProperty('nonce');

    const revoked = await oauth.revocationRequest(
      flow.server,
      flow.client,
      oauth.None(),
      String(refreshed.refresh_token),
      loopback,
    );
    await oauth.processRevocationResponse(revoked);
    const afterwards = await call(birdsong, refreshed.access_token, '/me');
    expect(afterwards.status).toBe(401);
    expect(afterwards.headers.get('www-authenticate')).toContain('error="invalid_token"');
    await expect(refresh({ flow, tokens: refreshed })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('signs id_tokens with the key of its JWK Set', async () => {
    const flow = await startFlow(birdsong);
    const parameters = oauth.validateAuthResponse(
      flow.server,
      flow.client,
      locationOf(await consent(flow.url)),
      flow.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      flow.server,
      flow.client,
      oauth.None(),
      parameters,
      REDIRECT_URI,
      flow.verifier,
      loopback,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(flow.server, flow.client, response, {
      expectedNonce: flow.nonce,
      requireIdToken: true,
    });
    expect(tokens.id_token).toBeDefined();
    await expect(oauth.validateApplicationLevelSignature(flow.server, response, loopback)).resolves.toBeUndefined();
    const keys = (await (await fetch(String(flow.server.jwks_uri))).json()) as { keys: Record<string, unknown>[] };
    expect(keys.keys).toHaveLength(1);
    expect(keys.keys[0]).not.toHaveProperty('d');
  });

  it('allows two grants for one user, so that an earlier grant works until it is revoked', async () => {
    const first = await connect(birdsong);
    const again = await startFlow(birdsong, {}, first.flow.client);
    await redeem(birdsong, again, locationOf(await consent(again.url)));
    expect((await call(birdsong, first.tokens.access_token, '/me')).status).toBe(200);
  });
});
