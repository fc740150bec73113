import type { AuthenticationDemand } from '#oauth/authentication-demand.ts';
import { authorizationUrl } from '#oauth/authorize.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { Exchange } from '#oauth/exchange.ts';
import { codeChallengeOf, createCodeVerifier, createRandomValue } from '#oauth/pkce.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { maskParameters } from '#trace/mask.ts';
import type { TraceTag } from '#trace/event.ts';

import { discoverServer } from './discover.ts';
import { redirectUriFor, signOutReturnUri } from './redirect-uri.ts';
import { SIGN_IN_LIFETIME_MS, type PendingSignIns } from './pending-sign-in.ts';
import type { Registrations } from './registrations.ts';
import { referenceTo, resourceParameter, type Service } from './service.ts';
import type { Wire } from './wire.ts';

export interface SignInRequest {
  service: Pick<Service, 'id' | 'name' | 'resource' | 'kind' | 'issuer' | 'clientId' | 'endpoints'>;
  scope: readonly string[];
  /** A page of the app to go back to. */
  returnTo: string;
  /** The connection to renew; none for a new one. */
  connectionId?: string;
  /** The post that waits for what is asked for. */
  resumes?: string;
  /** Who is to sign in, as the server named them. */
  loginHint?: string;
  /** How the person has to sign in this time, as a call demanded (API-8). */
  authentication?: AuthenticationDemand;
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
  // A sign-in that never came back may have gone to an address that has moved: then everything is asked anew (M-2).
  const fresh = pending.takeUnanswered(service.id, wire.now()).length > 0 || request.isForgotten === true;
  let isCached = false;
  const exchange = wire.exchange(tag, request.signal, { fresh, onCached: () => (isCached = true) });
  const server = await discoverServer(exchange, service).catch((error: unknown) => {
    // What was kept may be what is wrong, and the server may have mended it since.
    if (!isCached || !(error instanceof OAuthError) || error.code === 'cancelled') throw error;
    return discoverServer(wire.exchange(tag, request.signal, { fresh: true }), service);
  });
  const redirectUri = await redirectUriFor(needs.appUrl, server);
  const clientId = service.clientId ?? (await registeredId(needs, exchange, server, redirectUri, request.isForgotten));

  const state = createRandomValue();
  const codeVerifier = createCodeVerifier();
  const nonce = scope.includes('openid') ? createRandomValue() : undefined;
  const url = authorizationUrl(server, {
    clientId,
    redirectUri,
    scope,
    state,
    codeChallenge: await codeChallengeOf(codeVerifier),
    resource: resourceParameter(service),
    ...(nonce !== undefined && { nonce }),
    ...(request.loginHint !== undefined && { loginHint: request.loginHint }),
    ...(request.authentication && { authentication: request.authentication }),
  });
  if (request.signal?.aborted) throw new OAuthError('cancelled', 'cancelled before the page left');
  pending.keep({
    state,
    codeVerifier,
    server,
    clientId,
    redirectUri,
    service: referenceTo(service),
    scope: [...scope],
    returnTo: request.returnTo,
    flow: tag.flow,
    expiresAt: wire.now() + SIGN_IN_LIFETIME_MS,
    ...(nonce !== undefined && { nonce }),
    ...(request.connectionId !== undefined && { connectionId: request.connectionId }),
    ...(request.resumes !== undefined && { resumes: request.resumes }),
    ...(request.authentication && { authentication: request.authentication }),
    ...(request.authentication?.maxAge !== undefined && { maxAge: request.authentication.maxAge }),
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

/** The client id that this browser has at a server, or gets now (REG-1). One that the server has forgotten is dropped first. */
async function registeredId(
  { registrations, appUrl, clientName }: StartSignInNeeds,
  exchange: Exchange,
  server: ServerMetadata,
  redirectUri: string,
  isForgotten = false,
): Promise<string> {
  if (isForgotten) await registrations.forget(server.issuer, redirectUri);
  const description = { redirectUri, clientName, clientUri: appUrl, signOutReturnUri: signOutReturnUri(appUrl) };
  return (await registrations.obtain(exchange, server, description)).clientId;
}
