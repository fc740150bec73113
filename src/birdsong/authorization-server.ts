import { GrantType, OAuthAuthorizationServer, OAuthError } from '@cloudflare/workers-oauth-provider';
import type { OAuthHelpers, ValidatedAccessToken } from '@cloudflare/workers-oauth-provider';

import type { Identity } from './identity.ts';
import type { KeyValueBinding } from './key-value-binding.ts';
import { createMutex } from './mutex.ts';
import { SCOPES } from './permissions.ts';
import { readForm } from './request-body.ts';
import type { Urls } from './urls.ts';
import { findUser } from './users.ts';

/** The result of the next refresh. Anything but `normal` applies once. */
export type RefreshFault = 'normal' | 'temporary' | 'refused';

/** The data stored with a grant. The library encrypts it so that only the token holder can decrypt it. */
export interface GrantProps {
  readonly authTime: number;
  readonly nonce?: string;
}

/** The library's environment, with the only binding that it reads. */
export interface Environment {
  readonly OAUTH_KV: KeyValueBinding;
}

export interface AuthorizationServer {
  /** The library's helpers for parsing requests, completing authorizations, and listing and revoking grants. */
  readonly helpers: OAuthHelpers;
  /** Returns the RFC 8414 metadata, extended with the members of OpenID Connect Discovery. */
  metadata(): Promise<Response>;
  /** Handles a client registration request (RFC 7591). */
  register(request: Request): Promise<Response>;
  /** Handles a token request (RFC 6749 §3.2). The response has an id_token if `openid` was granted. */
  token(request: Request): Promise<Response>;
  /** Handles a revocation request (RFC 7009). */
  revoke(request: Request): Promise<Response>;
  /** Returns the decoded access token, or null if it is not valid for Birdsong's API. */
  validate(token: string): Promise<ValidatedAccessToken<GrantProps> | null>;
}

export interface AuthorizationServerOptions {
  readonly urls: Urls;
  readonly binding: KeyValueBinding;
  readonly identity: Identity;
  /** Returns the simulated fault for the current refresh. Called once per refresh. */
  readonly takeRefreshFault: () => Promise<RefreshFault>;
  /** Whether a client may use a client id metadata document instead of registering. */
  readonly acceptsClientDocuments?: boolean;
}

/** Returns the Workers execution context that the library requires. Nothing in it outlives a request here. */
export const executionContext = () => ({
  props: {},
  waitUntil: () => undefined,
  passThroughOnException: () => undefined,
});

const DAY = 86_400;

/**
 * Creates Birdsong's authorization server: `@cloudflare/workers-oauth-provider` with an OpenID layer around its token
 * response.
 *
 * The library differs from a strict server in ways that a client must not rely on:
 * - A replaced refresh token still works until its replacement is used. Using it issues another pair and invalidates the
 *   unused replacement. An older refresh token gets `invalid_grant`, but the grant stays valid (RFC 9700 §4.14.2 would revoke
 *   the whole token family).
 * - Revoking an access token leaves the refresh token valid; revoking a refresh token ends the grant.
 * - The library requires PKCE only for public clients (`authorize.ts` requires it for all), grants unknown scopes
 *   (`permissions.ts` removes them), and accepts repeated authorization parameters (`authorize.ts` rejects them).
 * - Two requests with the same code could both succeed, because its storage has no transactions, so requests are queued here.
 * - It reads the system clock; only the expiry of stored records follows the program's clock.
 * - Access tokens last 60 s, because the constructor throws for less. To expire one sooner, the controls delete its record.
 *
 * @param options the URLs, the storage, the OpenID provider and the source of refresh faults
 * @returns the server
 * @throws TypeError when the issuer is neither https nor loopback
 */
export function createAuthorizationServer({
  urls,
  binding,
  identity,
  takeRefreshFault,
  acceptsClientDocuments = false,
}: AuthorizationServerOptions): AuthorizationServer {
  const environment: Environment = { OAUTH_KV: binding };
  const oneAtATime = createMutex();
  const library = new OAuthAuthorizationServer<Environment>({
    issuer: urls.issuer,
    resources: [urls.resource],
    authorizeEndpoint: urls.authorization,
    tokenEndpoint: urls.token,
    clientRegistrationEndpoint: urls.registration,
    scopesSupported: [...SCOPES],
    accessTokenTTL: 60,
    refreshTokenTTL: 30 * DAY,
    clientIdMetadataDocumentEnabled: acceptsClientDocuments,
    onError: () => undefined,
    async tokenExchangeCallback({ grantType, scope, props }) {
      if (grantType === GrantType.AUTHORIZATION_CODE) {
        const granted: GrantProps = props;
        const { nonce: _once, ...lasting } = granted;
        return {
          newProps: lasting,
          accessTokenProps: granted,
          // OpenID Connect Core §11: no refresh token unless offline access was granted.
          ...(scope.includes('offline_access') ? {} : { refreshTokenTTL: 0 }),
        };
      }
      const fault = await takeRefreshFault();
      if (fault === 'temporary') {
        throw new OAuthError('temporarily_unavailable', {
          description: 'Birdsong was told to fail this refresh',
          statusCode: 503,
          headers: { 'Retry-After': '2' },
        });
      }
      // On this error the library also revokes the grant and its access tokens.
      if (fault === 'refused')
        throw new OAuthError('invalid_grant', { description: 'Birdsong was told to reject this refresh' });
      return undefined;
    },
  });
  const helpers = library.getOAuthApi(environment);

  async function withIdToken(response: Response): Promise<Response> {
    if (!response.ok) return response;
    const body: { readonly access_token: string } = await response.clone().json();
    const token = await helpers.unwrapToken<GrantProps>(body.access_token);
    const user = findUser(token?.userId);
    if (token === null || user === undefined || !token.scope.includes('openid')) return response;
    const { props, clientId } = token.grant;
    const idToken = await identity.idToken({ user, clientId, scopes: token.scope, ...props });
    return Response.json({ ...body, id_token: idToken }, { headers: response.headers });
  }

  const ask = (request: Request): Promise<Response> => library.fetch(request, environment, executionContext());

  return {
    helpers,
    async metadata() {
      const response = await ask(new Request(urls.serverMetadata));
      const metadata: object = await response.json();
      return Response.json({
        ...metadata,
        revocation_endpoint: urls.revocation,
        revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
        userinfo_endpoint: urls.userinfo,
        jwks_uri: urls.jwks,
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        claims_supported: ['sub', 'name', 'preferred_username', 'picture', 'email', 'email_verified'],
        prompt_values_supported: ['none', 'login', 'consent'],
        service_documentation: urls.home,
      });
    },
    register: ask,
    async token(request) {
      return oneAtATime(async () => withIdToken(await ask(request)));
    },
    async revoke(request) {
      if (request.method !== 'POST') return ask(new Request(urls.token, { method: request.method }));
      const fields = (await readForm(request)) ?? new URLSearchParams();
      // The library handles revocation at its token endpoint, and uses these fields to tell the two requests apart.
      fields.delete('grant_type');
      if (!fields.get('token')) {
        return Response.json({ error: 'invalid_request', error_description: 'token is required' }, { status: 400 });
      }
      const headers = new Headers();
      const authorization = request.headers.get('authorization');
      if (authorization !== null) headers.set('authorization', authorization);
      return oneAtATime(() => ask(new Request(urls.token, { method: 'POST', headers, body: fields })));
    },
    validate: (token) => library.validateToken<GrantProps>(urls.resource, token, environment),
  };
}
