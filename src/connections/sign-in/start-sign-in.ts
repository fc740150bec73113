import { discoverServer } from '#connections/discovery/discover-server.ts';
import { securityProfile, type SecurityProfile } from '#connections/discovery/security-profile.ts';
import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { resolveClient, type ResolveClientDeps } from '#connections/registration/resolve-client.ts';
import { referenceTo, resourceParameter, type Service, type ServiceReference } from '#connections/services/service.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { authorizationParameters, authorizationUrl, pushedParameters } from '#oauth/authorize.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { codeChallengeOf, createCodeVerifier, generateRandomValue } from '#oauth/pkce.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';
import type { TraceTag } from '#trace/event.ts';
import { maskParameters } from '#trace/mask.ts';

import type { SignInScenario } from './attack-scenario.ts';
import type { ConsumedStates } from './consumed-states.ts';
import {
  flowKindOf,
  SIGN_IN_LIFETIME_MS,
  type PendingBinding,
  type PendingSignIn,
  type PendingSignIns,
} from './pending-sign-in.ts';

export interface SignInRequest {
  service: ServiceReference & Pick<Service, 'endpoints'>;
  scope: readonly string[];
  /** The app page to return to. */
  returnTo: string;
  /** The connection to reauthorize; missing for a new one. */
  connectionId?: string;
  /** The post that waits for the requested permission. */
  resumes?: string;
  /** The user who should sign in, as the server identified them. */
  loginHint?: string;
  /** How the user must authenticate this time, if an API call required it (API-8). */
  authentication?: StepUpChallenge;
  /** The grant to replace is bound to a key, so the new one must be bound too (DPOP-4). */
  isDpopBound?: boolean;
  /**
   * The client id to which the user has consented to give a refresh token. A sign-in as any other client asks for consent, which
   * some servers need to issue one (AUTH-9).
   */
  consentedClient?: string;
  /** The server said that it no longer knows this client, so it is registered again (REF-7). */
  isForgotten?: boolean;
  /** The attack to simulate on the response, if a demo started this sign-in. */
  scenario?: SignInScenario;
  signal?: AbortSignal;
}

export interface StartSignInDeps extends ResolveClientDeps {
  http: HttpClient;
  pending: PendingSignIns;
  keys: DpopKeyStore;
  consumedStates: Pick<ConsumedStates, 'sweep'>;
}

/**
 * Prepares a sign-in to a service and returns the authorization URL (M-1 to M-4). Discovers the server from the challenge of an
 * unauthorised call, the resource metadata and the server metadata, registers this client, and uses the strongest protection the
 * server supports (M-20). Stores everything the callback needs before it returns (AUTH-4).
 * @throws OAuthError | ChunkLoadError; only a registration may then remain, and a key that is deleted later
 */
export async function startSignIn(deps: StartSignInDeps, request: SignInRequest): Promise<string> {
  const { http, pending } = deps;
  const { service, scope, signal } = request;
  const tag: TraceTag = omitUndefined({
    flow: crypto.randomUUID(),
    kind: flowKindOf({ ...request, lesson: request.scenario }),
    service: service.name,
    connection: request.connectionId,
  });
  // Preload the module that reads the token response, so the callback finds it in the browser's cache.
  import('./complete-sign-in.ts').catch(() => undefined);
  // Nothing depends on the sweep; a storage failure is handled at the callback.
  deps.consumedStates.sweep().catch(() => undefined);
  // A sign-in that never returned may have used a moved endpoint, so bypass the discovery cache (M-2).
  const fresh = pending.takeAbandoned(service.id, http.now()).length > 0 || request.isForgotten === true;
  let isCached = false;
  const context = http.forFlow(tag, signal, { fresh, onCached: () => (isCached = true) });
  const { server, ...found } = await discoverServer(context, service).catch((error: unknown) => {
    // The cached metadata may be the cause, and the server may have fixed it since.
    if (!isCached || !(error instanceof OAuthError) || error.code === 'cancelled') throw error;
    return discoverServer(http.forFlow(tag, signal, { fresh: true }), service);
  });
  const requiresBinding = found.requiresBinding || request.isDpopBound === true;
  const protection = securityProfile(server, requiresBinding);
  const binding = await bindingFor(deps.keys, protection);
  const { clientId, isForgotten } = { ...service, ...request };
  const identify = { clientId, isForgotten, requiresBinding: protection.tokens === 'bound' };
  const client = await resolveClient(deps, context, server, identify);

  const state = generateRandomValue();
  const codeVerifier = createCodeVerifier();
  const nonce = scope.includes('openid') ? generateRandomValue() : undefined;
  const bound = binding?.kind === 'key' ? { keyId: binding.keyId } : undefined;
  const keyThumbprint = bound && (await thumbprintFor(deps.keys, bound.keyId));
  const codeChallenge = await codeChallengeOf(codeVerifier);
  http.recorder.record(tag, { type: 'verifier-created', challenge: codeChallenge });
  const asked = authorizationParameters({
    clientId: client.clientId,
    redirectUri: client.redirectUri,
    scope,
    state,
    codeChallenge,
    resource: resourceParameter(service),
    nonce,
    loginHint: request.loginHint,
    authentication: request.authentication,
    keyThumbprint,
    needsConsent: request.consentedClient !== client.clientId,
  });
  const sent = await pushed(http.forFlow(tag, signal, bound && { bound }), server, protection, asked);
  await http.waitForStep(tag, 'redirect-out', signal);
  if (signal?.aborted) throw new OAuthError('cancelled', 'cancelled before the page left');
  const signIn: PendingSignIn = omitUndefined({
    state,
    codeVerifier,
    server,
    clientId: client.clientId,
    redirectUri: client.redirectUri,
    service: referenceTo(service),
    scope: [...scope],
    returnTo: request.returnTo,
    flow: tag.flow,
    expiresAt: http.now() + SIGN_IN_LIFETIME_MS,
    nonce,
    binding,
    mustNameIssuer: client.mustNameIssuer || undefined,
    connectionId: request.connectionId,
    resumes: request.resumes,
    lesson: request.scenario,
    authentication: request.authentication,
    maxAge: request.authentication?.maxAge,
  });
  pending.save(signIn);
  http.recorder.record(tag, {
    type: 'stored',
    where: 'sessionStorage',
    what: 'pending-sign-in',
    names: Object.keys(signIn),
  });
  const url = authorizationUrl(server, sent);
  const { origin, pathname, searchParams } = new URL(url);
  http.recorder.record(tag, {
    type: 'redirect-out',
    url: origin + pathname,
    parameters: maskParameters(searchParams),
  });
  http.recorder.save();
  return url;
}

/**
 * Creates a key to bind the tokens to, if the server supports binding (DPOP-1).
 * @throws OAuthError `dpop-unavailable` if the tokens must be bound and cannot be
 */
async function bindingFor(keys: DpopKeyStore, { tokens }: SecurityProfile): Promise<PendingBinding | undefined> {
  if (tokens === 'bearer') return undefined;
  const keyId = tokens === 'impossible' ? undefined : await keys.create();
  if (keyId !== undefined) return { kind: 'key', keyId, isRequired: tokens === 'bound' };
  if (tokens === 'bound-if-possible') return { kind: 'key-not-kept' };
  throw new OAuthError('dpop-unavailable', 'tokens have to be bound to a key, and no key of that kind can be kept');
}

/** Returns the thumbprint of this request's new key. The server binds the code to it, so a stolen code is useless (DPOP-8). */
async function thumbprintFor(keys: DpopKeyStore, keyId: string): Promise<string | undefined> {
  const [{ thumbprintOf }, key] = await Promise.all([
    loadChunk(() => import('#oauth/dpop-proof.ts')),
    keys.find(keyId),
  ]);
  return key && thumbprintOf(key);
}

/**
 * Pushes the authorization request and returns the parameters for the authorization URL. Returns all parameters if the server
 * does not support pushed requests, or advertises an endpoint that does not work.
 */
async function pushed(
  context: FlowContext,
  server: ServerMetadata,
  { request }: SecurityProfile,
  asked: URLSearchParams,
): Promise<URLSearchParams> {
  if (request === 'query') return asked;
  const { pushAuthorizationRequest } = await loadChunk(() => import('#oauth/par.ts'));
  try {
    const requestUri = await pushAuthorizationRequest(context, server, asked);
    return pushedParameters(asked.get('client_id') ?? '', requestUri);
  } catch (error) {
    const isNotThere =
      error instanceof OAuthError &&
      (error.code === 'unreachable' || error.code === 'redirected' || ABSENT.has(error.details.status ?? 0));
    if (request === 'pushed' || !isNotThere) throw error;
    return asked;
  }
}

/** Statuses of an endpoint that does not exist, as opposed to one that rejects the request. */
const ABSENT: ReadonlySet<number> = new Set([404, 405, 410]);
