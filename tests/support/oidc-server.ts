/** An independent peer: oidc-provider (a certified server) with a small API beside it, on one loopback origin. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { exportJWK, generateKeyPair } from 'jose';
import { errors, Provider, type Adapter, type Configuration } from 'oidc-provider';

import { createNoticesApi, json, SCOPES } from '#tests/support/notices-api.ts';
import { answerAtOnce, createSignInPages, errorPage, USERS, signOutPage } from '#tests/support/oidc-sign-in.ts';
import { failToken, type TokenFault } from '#tests/support/token-faults.ts';

export interface OidcServerOptions {
  /** The host in its issuer; it always listens on 127.0.0.1. */
  host?: '127.0.0.1' | 'localhost';
  /** The lifetime of an access token in seconds. */
  accessTokenSeconds?: number;
  accessTokenFormat?: 'opaque' | 'jwt';
  /** `at-once`: every user is Ada, who allows everything. `pages`: the user goes through two pages. */
  signIn?: 'at-once' | 'pages';
  /** Whether it binds tokens (DPoP): never, on request, or with a nonce in every proof. `required`: the API accepts no others. */
  binding?: 'none' | 'offered' | 'nonces' | 'required' | 'required-with-nonces';
  /** Whether the API requires nonces; like the server by default. */
  apiWantsNonces?: boolean;
  /** Whether it supports, requires or lacks pushed authorization requests (PAR). */
  pushing?: 'none' | 'offered' | 'required';
  /** The authentication required to write a notice (RFC 9470). */
  acrToWrite?: string;
  /** Changes to the metadata of a public client with rotation. */
  configuration?: Omit<Configuration, 'jwks'>;
}

export interface OidcServer {
  issuer: string;
  /** The API's resource identifier. */
  resource: string;
  /** Every request so far, oldest first, as `METHOD path`. */
  requests: readonly string[];
  provider: Provider;
  /** Its next token requests fail this way, one each. */
  failTokens(...faults: TokenFault[]): void;
  /** Invalidates all opaque access tokens issued so far, unknown to any client. */
  expireAccessTokens(): Promise<void>;
  /** Returns whether the last issued access token is still valid. */
  isLatestTokenGood(): Promise<boolean>;
  /** Deletes all clients that have registered so far. */
  forgetClients(): Promise<void>;
  /** From now on another server protects its API, which says so and rejects its own tokens. */
  moveApiTo(other: OidcServer): void;
  /** Also issues tokens for another server's API. */
  guard(resource: string): void;
  stop(): Promise<void>;
}

/** Starts the server on a free port. Browser apps on every origin can use every endpoint that a client needs (CORS). */
export async function startOidcServer(options: OidcServerOptions = {}): Promise<OidcServer> {
  signingKey ??= makeSigningKey();
  const key = await signingKey;
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const issuer = `http://${options.host ?? '127.0.0.1'}:${address.port}`;
  const resource = `${issuer}/api`;
  const guarded = new Set([resource]);
  let guardian: Pick<OidcServer, 'issuer' | 'provider'> | undefined;
  const provider = quietly(
    () => new Provider(issuer, { ...configurationFor(guarded, options), jwks: { keys: [key] } }),
  );
  const registered = new Set<string>();
  provider.on('registration_create.success', (_context, client) => registered.add(client.clientId));
  const issued: string[] = [];
  provider.on('access_token.saved', ({ jti }) => issued.push(jti));
  const tokenFaults: TokenFault[] = [];
  const faults: unknown[] = [];
  provider.on('server_error', (_context, error) => faults.push(error));
  const requests: string[] = [];
  const answer = provider.callback();
  const { binding = 'offered' } = options;
  const wantsNonces = options.apiWantsNonces ?? binding.endsWith('nonces');
  const api = createNoticesApi({
    provider: () => guardian?.provider ?? provider,
    resource,
    key,
    isRequired: binding.startsWith('required'),
    wantsNonces,
    acrToWrite: options.acrToWrite,
  });
  const signIn = options.signIn === 'pages' ? createSignInPages(provider) : answerAtOnce(provider);

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', issuer);
    requests.push(`${request.method} ${pathname}`);
    if (pathname.startsWith('/interaction/')) return signIn(request, response);
    const isMetadata = pathname === '/.well-known/oauth-protected-resource/api';
    const isApi = pathname === '/api' || pathname.startsWith('/api/');
    // oidc-provider sends CORS headers itself, except for registration.
    const tokenFault = pathname === '/token' && request.method === 'POST' ? tokenFaults.shift() : undefined;
    if (tokenFault) return failToken(tokenFault, answer, request, response);
    if (!isMetadata && !isApi && !/^\/reg(\/|$)/.test(pathname)) return answer(request, response);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'WWW-Authenticate, DPoP-Nonce');
    if (request.method === 'OPTIONS') return preflight(response);
    if (isApi) return api(request, response);
    if (!isMetadata) return answer(request, response);
    const demands = binding.startsWith('required') && { dpop_bound_access_tokens_required: true };
    const servers = [guardian?.issuer ?? issuer];
    json(response, 200, { resource, authorization_servers: servers, scopes_supported: SCOPES, ...demands });
  }

  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    route(request, response).catch((error: unknown) => {
      faults.push(error);
      response.destroy();
    });
  });
  return {
    issuer,
    resource,
    requests,
    provider,
    failTokens: (...next) => void tokenFaults.push(...next),
    async expireAccessTokens() {
      for (const jti of issued) await (await provider.AccessToken.find(jti))?.destroy();
    },
    isLatestTokenGood: async () => (await provider.AccessToken.find(issued.at(-1) ?? ''))?.isValid === true,
    async forgetClients() {
      // Missing in its types.
      const { adapter } = provider.Client as unknown as { adapter: Adapter };
      await Promise.all([...registered].map((clientId) => adapter.destroy(clientId)));
    },
    moveApiTo(other) {
      other.guard(resource);
      guardian = other;
    },
    guard: (other) => void guarded.add(other),
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      if (faults.length > 0) throw new AggregateError(faults, 'oidc-provider had faults');
    },
  };
}

function configurationFor(guarded: ReadonlySet<string>, options: OidcServerOptions): Configuration {
  const seconds = options.accessTokenSeconds ?? 60;
  const { features, ...others } = options.configuration ?? {};
  const { binding = 'offered', pushing = 'offered' } = options;
  return {
    scopes: ['openid', 'offline_access', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    clientBasedCORS: () => true,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: USERS[sub], preferred_username: sub }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ...(options.acrToWrite !== undefined && { acrValues: [options.acrToWrite] }),
    // Its own page fetches a font from another origin.
    renderError: (context, { error }) => {
      context.type = 'html';
      context.body = errorPage(error);
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: { AccessToken: seconds, Grant: 3600, IdToken: 3600, Interaction: 600, RefreshToken: 3600, Session: 3600 },
    cookies: { keys: ['only-for-tests'] },
    features: {
      devInteractions: { enabled: false },
      dPoP: {
        enabled: binding !== 'none',
        ...(binding.endsWith('nonces') && { nonceSecret: randomBytes(32), requireNonce: () => true }),
      },
      pushedAuthorizationRequests: {
        enabled: pushing !== 'none',
        requirePushedAuthorizationRequests: pushing === 'required',
      },
      registration: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(form);
        },
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, indicator) => {
          if (!guarded.has(indicator)) throw new errors.InvalidTarget();
          return {
            scope: SCOPES.join(' '),
            audience: indicator,
            accessTokenTTL: seconds,
            accessTokenFormat: options.accessTokenFormat ?? 'opaque',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
        useGrantedResource: () => true,
      },
      ...features,
    },
    ...others,
  };
}

function preflight(response: ServerResponse): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      // By name, because the wildcard does not cover Authorization (Fetch, CORS protocol).
      'access-control-allow-headers': 'Authorization, Content-Type, DPoP',
    })
    .end();
}

let signingKey: ReturnType<typeof makeSigningKey> | undefined;

/** One key for all servers of a test file, because generating an RSA key takes a while. */
async function makeSigningKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kty: 'RSA', kid: 'of-the-tests', use: 'sig' };
}

/** It warns that its in-memory store is for development only, which is intended here. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}
