import { discoverServer } from '#connections/discovery/discover-server.ts';
import { securityProfile, type SecurityProfile } from '#connections/discovery/security-profile.ts';
import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { resolveClient, type ResolveClientDeps } from '#connections/registration/resolve-client.ts';
import { referenceTo, resourceParameter, type Service } from '#connections/services/service.ts';
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
  authentication?: StepUpChallenge;
  /** What is to be renewed is bound to a key: what comes has to be so too (DPOP-4). */
  isDpopBound?: boolean;
  /** The server has said that it no longer knows this app: it is registered anew (REF-7). */
  isForgotten?: boolean;
  /** What somebody wants to see done to its answer. */
  lesson?: SignInScenario;
  signal?: AbortSignal;
}

export interface StartSignInDeps extends ResolveClientDeps {
  http: HttpClient;
  pending: PendingSignIns;
  keys: DpopKeyStore;
  consumedStates: Pick<ConsumedStates, 'sweep'>;
}

/**
 * Finds out how to sign in at a service and gives the address to send the person to (M-1 to M-4): the unauthorised call and
 * its challenge, the resource's metadata, the server's, this app's registration there; with the strongest protection that the
 * server offers (M-20). Everything the way back needs is kept before the address is given out (AUTH-4).
 * @throws OAuthError | ChunkLoadError; nothing is kept then but a registration, and a key that is swept away later
 */
export async function startSignIn(deps: StartSignInDeps, request: SignInRequest): Promise<string> {
  const { http, pending } = deps;
  const { service, scope, signal } = request;
  const tag: TraceTag = {
    flow: crypto.randomUUID(),
    kind: flowKindOf(request),
    service: service.name,
    ...(request.connectionId !== undefined && { connection: request.connectionId }),
  };
  // What will read the answer is in the browser's cache by then: it keeps nobody waiting who comes back.
  import('./complete-sign-in.ts').catch(() => undefined);
  // Nothing depends on it: a disk that fails is met when the answer is there.
  deps.consumedStates.sweep().catch(() => undefined);
  // A sign-in that never came back may have gone to an address that has moved: then everything is asked anew (M-2).
  const fresh = pending.takeAbandoned(service.id, http.now()).length > 0 || request.isForgotten === true;
  let isCached = false;
  const context = http.forFlow(tag, signal, { fresh, onCached: () => (isCached = true) });
  const { server, ...found } = await discoverServer(context, service).catch((error: unknown) => {
    // What was kept may be what is wrong, and the server may have mended it since.
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
  http.recorder.record(tag, { type: 'verifier-made', challenge: codeChallenge });
  const asked = authorizationParameters({
    clientId: client.clientId,
    redirectUri: client.redirectUri,
    scope,
    state,
    codeChallenge,
    resource: resourceParameter(service),
    ...(nonce !== undefined && { nonce }),
    ...(request.loginHint !== undefined && { loginHint: request.loginHint }),
    ...(request.authentication && { authentication: request.authentication }),
    ...(keyThumbprint !== undefined && { keyThumbprint }),
  });
  const sent = await pushed(http.forFlow(tag, signal, bound && { bound }), server, protection, asked);
  await http.waitForStep(tag, 'redirect-out', signal);
  if (signal?.aborted) throw new OAuthError('cancelled', 'cancelled before the page left');
  const signIn: PendingSignIn = {
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
    ...(nonce !== undefined && { nonce }),
    ...(binding && { binding }),
    ...(client.mustNameIssuer && { mustNameIssuer: true }),
    ...(request.connectionId !== undefined && { connectionId: request.connectionId }),
    ...(request.resumes !== undefined && { resumes: request.resumes }),
    ...(request.lesson && { lesson: request.lesson }),
    ...(request.authentication && { authentication: request.authentication }),
    ...(request.authentication?.maxAge !== undefined && { maxAge: request.authentication.maxAge }),
  };
  pending.keep(signIn);
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
 * A new key for the tokens, where the server offers to bind them (DPOP-1).
 * @throws OAuthError `binding-impossible` where they have to be bound and can't
 */
async function bindingFor(keys: DpopKeyStore, { tokens }: SecurityProfile): Promise<PendingBinding | undefined> {
  if (tokens === 'bearer') return undefined;
  const keyId = tokens === 'impossible' ? undefined : await keys.create();
  if (keyId !== undefined) return { kind: 'key', keyId, isRequired: tokens === 'bound' };
  if (tokens === 'bound-if-possible') return { kind: 'key-not-kept' };
  throw new OAuthError('binding-impossible', 'tokens have to be bound to a key, and no key of that kind can be kept');
}

/** DPOP-8: the key is new in this request, so that a code bound to it is of use to nobody else. */
async function thumbprintFor(keys: DpopKeyStore, keyId: string): Promise<string | undefined> {
  const [{ thumbprintOf }, key] = await Promise.all([
    loadChunk(() => import('#oauth/dpop-proof.ts')),
    keys.find(keyId),
  ]);
  return key && thumbprintOf(key);
}

/** What is left for the address once the rest has been pushed; all of it where the server takes none, or offers it in vain. */
async function pushed(
  context: FlowContext,
  server: ServerMetadata,
  { request }: SecurityProfile,
  asked: URLSearchParams,
): Promise<URLSearchParams> {
  if (request === 'in-address') return asked;
  const { pushAuthorizationRequest } = await loadChunk(() => import('#oauth/pushed-request.ts'));
  try {
    const requestUri = await pushAuthorizationRequest(context, server, asked);
    return pushedParameters(asked.get('client_id') ?? '', requestUri);
  } catch (error) {
    const isNotThere =
      error instanceof OAuthError && (error.code === 'unreachable' || ABSENT.has(error.details.status ?? 0));
    if (request === 'pushed' || !isNotThere) throw error;
    return asked;
  }
}

/** Nothing at that address takes requests; a refusal of the request itself is another matter. */
const ABSENT: ReadonlySet<number> = new Set([404, 405, 410]);
