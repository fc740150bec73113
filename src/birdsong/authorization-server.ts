import { GrantType, OAuthAuthorizationServer, OAuthError } from '@cloudflare/workers-oauth-provider';
import type { OAuthHelpers, ValidatedAccessToken } from '@cloudflare/workers-oauth-provider';

import type { Identity } from './identity.ts';
import type { KeyValueBinding } from './key-value-binding.ts';
import { createMutex } from './mutex.ts';
import { SCOPES } from './permissions.ts';
import { readForm } from './request-body.ts';
import type { Urls } from './urls.ts';
import { findUser } from './users.ts';

/** What happens to the next refresh; anything but `normal` happens once. */
export type RefreshFault = 'normal' | 'temporary' | 'refused';

/** Stored with a grant, encrypted by the library under the token itself. */
export interface GrantProps {
  readonly authTime: number;
  readonly nonce?: string;
}

/** The library's environment: the one binding it reads. */
export interface Environment {
  readonly OAUTH_KV: KeyValueBinding;
}

export interface AuthorizationServer {
  /** Parsing requests, completing authorizations, looking at grants and revoking them. */
  readonly helpers: OAuthHelpers;
  /** RFC 8414 metadata, with what OpenID Connect Discovery adds. */
  metadata(): Promise<Response>;
  /** RFC 7591. */
  register(request: Request): Promise<Response>;
  /** RFC 6749 §3.2, with an id_token where `openid` was granted. */
  token(request: Request): Promise<Response>;
  /** RFC 7009. */
  revoke(request: Request): Promise<Response>;
  /** The token's meaning, or null when it is not valid for Birdsong's API. */
  validate(token: string): Promise<ValidatedAccessToken<GrantProps> | null>;
}

export interface AuthorizationServerOptions {
  readonly urls: Urls;
  readonly binding: KeyValueBinding;
  readonly identity: Identity;
  /** What the controls have in store for this refresh; asked once a refresh. */
  readonly takeRefreshFault: () => Promise<RefreshFault>;
  /** Whether a client may describe itself by a document at its own address instead of registering. */
  readonly acceptsClientDocuments?: boolean;
}

/** The library wants a Workers execution context; nothing of it outlives a request here. */
export const executionContext = () => ({
  props: {},
  waitUntil: () => undefined,
  passThroughOnException: () => undefined,
});

const DAY = 86_400;

/**
 * Birdsong's authorization server: `@cloudflare/workers-oauth-provider` with an OpenID layer around its token response.
 *
 * Where the library differs from a strict server, and a client must not come to rely on it:
 * - A refresh token that was replaced still works until its replacement is used, and then makes another pair; the
 *   replacement that nobody used is void from then on. An older one gets `invalid_grant`, but the grant lives on
 *   (RFC 9700 §4.14.2 would end the whole family).
 * - Revoking an access token leaves the refresh token alive; revoking a refresh token ends the grant.
 * - PKCE is asked of public clients only (`authorize.ts` asks it of all), unknown scopes are granted (`permissions.ts`
 *   filters them), repeated authorization parameters pass (`authorize.ts` refuses them).
 * - Two requests with one code could both succeed, since its storage knows no transactions: here they queue.
 * - It reads the real clock; only what the store lets expire follows the program's clock.
 * - Access tokens live 60 s: the constructor throws below that. To end one sooner the controls delete its record.
 *
 * @param options addresses, storage, identity and the controls' say in refreshing
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
      // The library ends the grant and its access tokens along with this answer.
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
      // The library revokes at its token endpoint, and tells the two apart by these fields.
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
