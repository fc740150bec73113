/** An independent peer: oidc-provider (a certified server) with a small API of its own beside it, on one loopback origin. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { errors, Provider, type Configuration } from 'oidc-provider';

export interface OidcServerOptions {
  /** Seconds that an access token lives. */
  accessTokenSeconds?: number;
  accessTokenFormat?: 'opaque' | 'jwt';
  /** Changes over what a public client with rotation needs. */
  configuration?: Configuration;
}

export interface OidcServer {
  issuer: string;
  /** The API's resource identifier. */
  resource: string;
  /** Every request so far, oldest first, as `METHOD path`. */
  requests: readonly string[];
  provider: Provider;
  stop(): Promise<void>;
}

const SCOPES = 'notices:read notices:write';

/** Starts the server on a free port of 127.0.0.1. Whoever is sent there is Ada, and allows everything. */
export async function startOidcServer(options: OidcServerOptions = {}): Promise<OidcServer> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const resource = `${issuer}/api`;
  const provider = quietly(() => new Provider(issuer, configurationFor(resource, options)));
  const faults: unknown[] = [];
  provider.on('server_error', (_context, error) => faults.push(error));
  const requests: string[] = [];
  const answer = provider.callback();
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    requests.push(`${request.method} ${pathname}`);
    if (pathname === '/.well-known/oauth-protected-resource/api') {
      json(response, 200, { resource, authorization_servers: [issuer], scopes_supported: SCOPES.split(' ') });
    } else if (pathname.startsWith('/api')) {
      void api(provider, resource, request, response);
    } else if (pathname.startsWith('/interaction/')) {
      void interact(provider, request, response);
    } else {
      void answer(request, response);
    }
  });
  return {
    issuer,
    resource,
    requests,
    provider,
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      if (faults.length > 0) throw new AggregateError(faults, 'oidc-provider had faults');
    },
  };
}

function configurationFor(resource: string, options: OidcServerOptions): Configuration {
  const seconds = options.accessTokenSeconds ?? 60;
  return {
    scopes: ['openid', 'offline_access', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    clientBasedCORS: () => true,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: 'Ada Byron', preferred_username: 'ada' }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: { AccessToken: seconds, Grant: 3600, IdToken: 3600, Interaction: 600, RefreshToken: 3600, Session: 3600 },
    cookies: { keys: ['only-for-tests'] },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return {
            scope: SCOPES,
            audience: resource,
            accessTokenTTL: seconds,
            accessTokenFormat: options.accessTokenFormat ?? 'opaque',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
        useGrantedResource: () => true,
      },
    },
    ...options.configuration,
  };
}

/** Signs Ada in and grants what is asked, as a person would by two clicks. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: 'ada' } });
    return;
  }
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant =
    known ?? new provider.Grant({ accountId: String(session?.accountId), clientId: String(params.client_id) });
  const scope = String(params.scope);
  grant.addOIDCScope(scope);
  if (typeof params.resource === 'string') grant.addResourceScope(params.resource, scope);
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

async function api(
  provider: Provider,
  resource: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const metadata = `${new URL(resource).origin}/.well-known/oauth-protected-resource/api`;
  const presented = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (presented === undefined) {
    response.setHeader('www-authenticate', `Bearer resource_metadata="${metadata}"`);
    return json(response, 401, {});
  }
  const token = await provider.AccessToken.find(presented);
  if (!token?.isValid || token.aud !== resource) {
    response.setHeader('www-authenticate', `Bearer error="invalid_token", resource_metadata="${metadata}"`);
    return json(response, 401, {});
  }
  json(response, 200, { subject: token.accountId, scope: token.scope });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** It warns that its keys and its memory are for development only, which is what they are here. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}
