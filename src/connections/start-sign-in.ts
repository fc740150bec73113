import { authorizationUrl } from '#oauth/authorize.ts';
import { bearerChallenge, type Challenge } from '#oauth/challenge.ts';
import { OAuthError } from '#oauth/errors.ts';
import { inStep, type Exchange } from '#oauth/exchange.ts';
import { codeChallengeOf, createCodeVerifier, createRandomValue } from '#oauth/pkce.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';
import { maskParameters } from '#trace/mask.ts';
import type { TraceTag } from '#trace/event.ts';

import { redirectUriFor } from './redirect-uri.ts';
import { SIGN_IN_LIFETIME_MS, type PendingSignIns } from './pending-sign-in.ts';
import type { Registrations } from './registrations.ts';
import type { Service } from './service.ts';
import type { Wire } from './wire.ts';

export interface SignInRequest {
  service: Pick<Service, 'id' | 'name' | 'resource' | 'issuer'>;
  scope: readonly string[];
  /** A page of the app to go back to. */
  returnTo: string;
  /** The connection to renew; none for a new one. */
  connectionId?: string;
  /** The post that waits for what is asked for. */
  resumes?: string;
  /** Who is to sign in, as the server named them. */
  loginHint?: string;
  /** The server has said that it no longer knows this app: it is registered anew (REF-7). */
  isForgotten?: boolean;
  signal?: AbortSignal;
}

export interface StartSignInNeeds {
  wire: Wire;
  pending: PendingSignIns;
  registrations: Registrations;
  /** The folder the app is served from, with its last slash. */
  appUrl: string;
  clientName: string;
}

/**
 * Finds out how to sign in at a service and gives the address to send the person to (M-1 to M-4): the unauthorised call and
 * its challenge, the resource's metadata, the server's, this app's registration there. Everything the way back needs is
 * kept before the address is given out (AUTH-4).
 * @throws OAuthError; nothing is kept then but a registration
 */
export async function startSignIn(needs: StartSignInNeeds, request: SignInRequest): Promise<string> {
  const { wire, pending } = needs;
  const { service, scope } = request;
  const tag: TraceTag = {
    flow: crypto.randomUUID(),
    kind: 'connect',
    service: service.name,
    ...(request.connectionId !== undefined && { connection: request.connectionId }),
  };
  const exchange = wire.exchange(tag, request.signal);
  const server = await discoverServer(exchange, service);
  const redirectUri = await redirectUriFor(needs.appUrl, server);
  const clientId = await clientIdFor(needs, exchange, server, redirectUri, request.isForgotten);

  const state = createRandomValue();
  const codeVerifier = createCodeVerifier();
  const nonce = scope.includes('openid') ? createRandomValue() : undefined;
  const url = authorizationUrl(server, {
    clientId,
    redirectUri,
    scope,
    state,
    codeChallenge: await codeChallengeOf(codeVerifier),
    resource: service.resource,
    ...(nonce !== undefined && { nonce }),
    ...(request.loginHint !== undefined && { loginHint: request.loginHint }),
  });
  if (request.signal?.aborted) throw new OAuthError('cancelled', 'cancelled before the page left');
  pending.keep({
    state,
    codeVerifier,
    server,
    clientId,
    redirectUri,
    service: { id: service.id, name: service.name, resource: service.resource },
    scope: [...scope],
    returnTo: request.returnTo,
    flow: tag.flow,
    expiresAt: wire.now() + SIGN_IN_LIFETIME_MS,
    ...(nonce !== undefined && { nonce }),
    ...(request.connectionId !== undefined && { connectionId: request.connectionId }),
    ...(request.resumes !== undefined && { resumes: request.resumes }),
  });
  const { origin, pathname, searchParams } = new URL(url);
  wire.recorder.record(tag, {
    type: 'redirect-out',
    url: origin + pathname,
    parameters: maskParameters(searchParams),
  });
  wire.recorder.save();
  return url;
}

/** M-1, M-2: the refused call names the resource's metadata, which names the server. */
async function discoverServer(exchange: Exchange, service: SignInRequest['service']): Promise<ServerMetadata> {
  const challenge = await unauthorizedChallenge(exchange, service.resource);
  const metadata = await fetchResourceMetadata(exchange, service.resource, challenge?.parameters.resource_metadata);
  const [first, ...others] = metadata.authorization_servers;
  const issuer = service.issuer === undefined ? first : [first, ...others].find((named) => named === service.issuer);
  const isNamed = issuer !== undefined;
  exchange.onCheck({
    rule: 'server-is-named',
    outcome: isNamed ? 'passed' : 'failed',
    ...(service.issuer !== undefined && {
      expected: service.issuer,
      actual: [first, ...others].join(' ').slice(0, 300),
    }),
  });
  if (!isNamed) {
    throw new OAuthError('no-authorization-server', 'the resource does not name the server that is expected', {
      step: 'resource-metadata',
    });
  }
  return fetchServerMetadata(exchange, issuer);
}

/** DISC-4: a header, or an answer, that script may not read is no reason to stop: the well-known address is tried next. */
async function unauthorizedChallenge(exchange: Exchange, resource: string): Promise<Challenge | undefined> {
  try {
    const ask = exchange.fetchFor('unauthorized-call');
    const refused = await inStep('unauthorized-call', () => ask(resource, { signal: exchange.signal }));
    return bearerChallenge(refused.headers.get('www-authenticate'));
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/**
 * The client id for this server. A sign-in that left for it and never came back may mean that the server has forgotten
 * us: it then shows its own error page, from which no answer returns. So the registration is made anew.
 */
async function clientIdFor(
  { wire, pending, registrations, appUrl, clientName }: StartSignInNeeds,
  exchange: Exchange,
  server: ServerMetadata,
  redirectUri: string,
  isForgotten = false,
): Promise<string> {
  const neverCameBack = pending.takeUnanswered(server.issuer, wire.now()).length > 0;
  if (neverCameBack || isForgotten) await registrations.forget(server.issuer, redirectUri);
  const description = { redirectUri, clientName, clientUri: appUrl };
  return (await registrations.obtain(exchange, server, description)).clientId;
}
