import { signInFailureOf } from '#connections/failure.ts';
import { withPrefetch } from '#connections/http/prefetch.ts';
import { resourceParameter, type ServiceReference } from '#connections/services/service.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { issuerMatches, readAuthorizationResponse, type AuthorizationResponse } from '#oauth/callback.ts';
import type { Check, FlowContext } from '#oauth/flow-context.ts';
import { parseSafeUrl } from '#oauth/safe-url.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { requestTokens } from '#oauth/token-request.ts';
import type { DpopPreference } from '#oauth/token-response.ts';
import type { TraceTag } from '#trace/event.ts';
import { maskParameters } from '#trace/mask.ts';
import type { Recorder } from '#trace/recorder.ts';
import type { StepDebuggerState } from '#trace/step-debugger.ts';

import type { ConsumedStates } from './consumed-states.ts';
import { flowKindOf, toContext, type PendingSignIn, type PendingSignIns } from './pending-sign-in.ts';
import type { SaveGrantDeps } from './save-grant.ts';
import type { InvalidResponseReason, SignInOutcome, SignInContext, SignInStage } from './sign-in-outcome.ts';

/** The callback URL as captured on page load: its redirect URI and its parameters. */
export interface CapturedResponse {
  /** Origin and path, without query. */
  redirectUri: string;
  parameters: URLSearchParams;
  /** The trace tag to use if the state does not determine it (a simulated attack). */
  tag?: TraceTag;
}

export interface HandleCallbackDeps extends SaveGrantDeps {
  pending: PendingSignIns;
  consumedStates: ConsumedStates;
  /**
   * Resolves when the service is reachable: the demo network runs in a worker that must be active first.
   * @throws OAuthError `worker-unavailable` | `cancelled`; the sign-in can then still be finished later
   */
  whenReachable(service: ServiceReference): Promise<void>;
  onStage(stage: SignInStage, service?: ServiceReference): void;
  /** Aborts requests in progress. A code that was already sent is still spent. */
  signal?: AbortSignal;
}

/**
 * Finishes a sign-in: validates the response in the order of CB-2, exchanges the code once and stores the connection (M-5). A
 * response without a pending sign-in in this tab causes no request and no change (CB-3). Expected failures are returned as
 * outcomes.
 * @throws only unexpected errors of the app itself
 */
export async function handleCallback(deps: HandleCallbackDeps, captured: CapturedResponse): Promise<SignInOutcome> {
  const response = readAuthorizationResponse(captured.parameters);
  const peeked = response.kind === 'unusable' ? undefined : deps.pending.peek(response.state);
  const tag: TraceTag =
    captured.tag ??
    omitUndefined({
      flow: peeked?.flow ?? crypto.randomUUID(),
      kind: peeked ? flowKindOf(peeked) : 'connect',
      service: peeked?.service.name ?? '',
      connection: peeked?.connectionId,
    });
  deps.onStage('received', peeked?.service);
  try {
    await deps.http.waitForStep(tag, 'redirect-back', deps.signal);
    deps.http.recorder.record(tag, {
      type: 'redirect-back',
      url: captured.redirectUri,
      parameters: maskParameters(captured.parameters),
    });
    return await checkAndRedeem(deps, captured, response, tag);
  } catch (error) {
    const failure = signInFailureOf(error);
    if (!peeked || !failure) throw error;
    return { kind: 'failed', ...toContext(peeked), ...failure };
  }
}

/** The error for a user who said no (RFC 6749 §4.1.2.1), and the names of Apple and LinkedIn for it. */
const DENIALS = /^(access_denied|user_cancelled_\w+|user_denied)$/;

async function checkAndRedeem(
  deps: HandleCallbackDeps,
  captured: CapturedResponse,
  response: AuthorizationResponse,
  tag: TraceTag,
): Promise<SignInOutcome> {
  const check = (rule: Check['rule'], holds: boolean, values: Partial<Check> = {}): boolean => {
    deps.http.recorder.record(tag, { type: 'check', rule, outcome: holds ? 'passed' : 'failed', ...values });
    return holds;
  };
  const isRepeated = response.kind === 'unusable' && response.reason === 'repeated-parameter';
  if (!check('no-repeated-parameter', !isRepeated)) return invalidResponse('repeated-parameter');
  if (response.kind === 'unusable') {
    check('response-is-usable', false, { actual: response.reason });
    const late = response.reason === 'no-state' && (await import('./unproven-error.ts').catch(() => undefined));
    return (late && late.unprovenError(deps, captured)) || invalidResponse(response.reason);
  }
  const known = deps.pending.peek(response.state);
  if (known) await deps.whenReachable(known.service);
  const signIn = deps.pending.take(response.state);
  if (signIn) deps.http.recorder.record(tag, { type: 'removed', where: 'sessionStorage', what: 'pending-sign-in' });
  if (!check('state-is-known', signIn !== undefined) || !signIn) {
    return invalidResponse((await deps.consumedStates.isUsed(response.state)) ? 'already-used' : 'unknown-state');
  }
  const { service, server } = signIn;
  const purpose = toContext(signIn);
  if (!check('state-is-fresh', signIn.expiresAt > deps.http.now())) return invalidResponse('expired-state', purpose);
  const expected = signIn.redirectUri;
  if (!check('redirect-uri-matches', captured.redirectUri === expected, { expected, actual: captured.redirectUri })) {
    return invalidResponse('wrong-redirect-uri', purpose);
  }
  const actual = response.iss?.slice(0, 300);
  if (
    !check('response-issuer-matches', isFrom(signIn, response), { expected: server.issuer, actual: actual ?? 'none' })
  ) {
    return { kind: 'issuer-mismatch', ...purpose, expected: server.issuer, ...(actual !== undefined && { actual }) };
  }
  const isUnused = await deps.consumedStates.consume(response.state);
  if (!check('state-is-unused', isUnused)) return invalidResponse('already-used', purpose);
  if (response.kind === 'error') {
    const { error, description } = response;
    const kind = DENIALS.test(error) ? 'denied' : 'error-response';
    return omitUndefined({ kind, ...purpose, error, description });
  }
  deps.onStage('matched', service);
  return sendCode(deps, signIn, response, tag);
}

/** Returns true if a response comes from the server of a sign-in, as far as it says so. */
export function isFrom({ server, mustNameIssuer }: PendingSignIn, response: { iss?: string }): boolean {
  return issuerMatches(response, {
    ...server,
    ...(mustNameIssuer && { authorization_response_iss_parameter_supported: true }),
  });
}

/**
 * Sends the code once, to the stored endpoint with the stored values (CB-7, CB-8). The module that reads the response is loaded
 * while the server processes the request, so the request waits for as little script as possible.
 */
async function sendCode(
  deps: HandleCallbackDeps,
  signIn: PendingSignIn,
  { code }: Extract<AuthorizationResponse, { kind: 'code' }>,
  tag: TraceTag,
): Promise<SignInOutcome> {
  const { service } = signIn;
  const { binding: key } = signIn;
  const bound = key?.kind === 'key' ? { bound: { keyId: key.keyId } } : undefined;
  const context = deps.http.forFlow(tag, deps.signal, bound);
  const binding = dpopPreference(key);
  const request = { ...signIn, resource: resourceParameter(service), code, binding };
  const leaves = recorded(deps.http.recorder, tag.flow);
  const sent = requestTokens(context, request);
  // Errors are handled where the response is read; here we only wait until the request is sent or has failed.
  await Promise.race([leaves, sent.catch(() => undefined)]);
  deps.onStage('exchanging', service);
  const reading = withKeys(context, signIn.scope, request.server, deps.http.stepper.state());
  const rest = await import('./complete-sign-in.ts').catch(() => undefined);
  if (!rest) return { kind: 'failed', ...toContext(signIn), code: 'not-loaded' };
  return rest.completeSignIn(deps, { signIn, request, sent, context: reading, tag }, () =>
    deps.onStage('identifying', service),
  );
}

/**
 * Prefetches the server's signing keys during the token request if an id_token is expected, unless the user steps through the
 * flow in the debugger.
 */
function withKeys(
  context: FlowContext,
  scope: readonly string[],
  { jwks_uri: url }: ServerMetadata,
  stepper: StepDebuggerState,
): FlowContext {
  const isWanted = scope.includes('openid') && stepper.kind === 'open' && url !== undefined;
  if (!isWanted || !parseSafeUrl(url, context.allowLoopbackHttp)) return context;
  return withPrefetch(context, 'jwks', url);
}

function dpopPreference(binding: PendingSignIn['binding']): DpopPreference {
  if (binding?.kind !== 'key') return 'none';
  return binding.isRequired ? 'required' : 'wanted';
}

/** Resolves when the flow's token request is recorded, which happens immediately before it is sent. */
function recorded(recorder: Recorder, flow: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = recorder.subscribe((event) => {
      if (event?.flow !== flow || event.type !== 'request' || event.step !== 'token-request') return;
      stop();
      resolve();
    });
  });
}

function invalidResponse(reason: InvalidResponseReason, purpose: Partial<SignInContext> = {}): SignInOutcome {
  return { kind: 'invalid-response', reason, ...purpose };
}
