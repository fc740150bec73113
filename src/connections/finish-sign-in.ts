import { issuerMatches, readAuthorizationResponse, type AuthorizationResponse } from '#oauth/callback.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { Check } from '#oauth/exchange.ts';
import type { Identity } from '#oauth/identity.ts';
import { exchangeCode } from '#oauth/token.ts';
import type { TokenSet } from '#oauth/token-response.ts';
import { maskParameters } from '#trace/mask.ts';
import type { TraceTag } from '#trace/event.ts';

import { isStorageFault } from './errors.ts';
import { grantOf } from './grant.ts';
import type { Lock } from './lock.ts';
import type { PendingSignIn, PendingSignIns } from './pending-sign-in.ts';
import type { ConnectionRecord } from './record.ts';
import type { ServiceReference } from './service.ts';
import type { RefusedReason, SignInOutcome, SignInStage } from './sign-in-outcome.ts';
import type { UsedStates } from './used-states.ts';
import type { Vault } from './vault.ts';
import type { Wire } from './wire.ts';

/** The callback address as it was found: where the page was called, and with which parameters. */
export interface CapturedResponse {
  /** Origin and path, without query. */
  redirectUri: string;
  parameters: URLSearchParams;
}

export interface FinishSignInNeeds {
  wire: Wire;
  pending: PendingSignIns;
  usedStates: UsedStates;
  vault: Vault;
  lock: Lock;
  /** Resolves when the service can be reached: the demo network lives in a worker that must be at work first. */
  whenReachable(service: ServiceReference): Promise<void>;
  onStage(stage: SignInStage, service?: ServiceReference): void;
}

/**
 * Finishes a sign-in: checks the response in the order of CB-2, exchanges the code once, stores the connection (M-5).
 * A response that is not ours causes no request and no change (CB-3). Every end is an outcome; only a fault of the app
 * itself is thrown.
 */
export async function finishSignIn(needs: FinishSignInNeeds, captured: CapturedResponse): Promise<SignInOutcome> {
  const response = readAuthorizationResponse(captured.parameters);
  const peeked = response.kind === 'unusable' ? undefined : needs.pending.peek(response.state);
  const tag: TraceTag = {
    flow: peeked?.flow ?? crypto.randomUUID(),
    kind: 'connect',
    service: peeked?.service.name ?? '',
    ...(peeked?.connectionId !== undefined && { connection: peeked.connectionId }),
  };
  needs.wire.recorder.record(tag, {
    type: 'redirect-back',
    url: captured.redirectUri,
    parameters: maskParameters(captured.parameters),
  });
  needs.onStage('received', peeked?.service);
  try {
    return await checkAndRedeem(needs, captured, response, tag);
  } catch (error) {
    if (!peeked || !isStorageFault(error)) throw error;
    return { kind: 'failed', service: peeked.service, returnTo: peeked.returnTo, code: 'not-stored' };
  }
}

async function checkAndRedeem(
  needs: FinishSignInNeeds,
  captured: CapturedResponse,
  response: AuthorizationResponse,
  tag: TraceTag,
): Promise<SignInOutcome> {
  const check = (rule: Check['rule'], holds: boolean, values: Partial<Check> = {}): boolean => {
    needs.wire.recorder.record(tag, { type: 'check', rule, outcome: holds ? 'passed' : 'failed', ...values });
    return holds;
  };
  if (response.kind === 'unusable') {
    check('no-repeated-parameter', response.reason !== 'repeated-parameter');
    return refused(response.reason);
  }
  check('no-repeated-parameter', true);
  const known = needs.pending.peek(response.state);
  if (known) await needs.whenReachable(known.service);
  const signIn = needs.pending.take(response.state);
  if (!check('state-is-known', signIn !== undefined) || !signIn) {
    return refused((await needs.usedStates.isUsed(response.state)) ? 'already-used' : 'unknown-state');
  }
  const { service, server, returnTo } = signIn;
  const expected = signIn.redirectUri;
  if (!check('redirect-uri-matches', captured.redirectUri === expected, { expected, actual: captured.redirectUri })) {
    return refused('wrong-redirect-uri', service);
  }
  const actual = (response.iss ?? 'none').slice(0, 300);
  if (!check('response-issuer-matches', issuerMatches(response, server), { expected: server.issuer, actual })) {
    return { kind: 'issuer-mismatch', service, expected: server.issuer, actual };
  }
  if (response.kind === 'error') {
    const { error, description } = response;
    const kind = error === 'access_denied' ? 'denied' : 'server-said-no';
    return { kind, service, returnTo, error, ...(description !== undefined && { description }) };
  }
  needs.onStage('matched', service);
  if (!(await needs.usedStates.claim(response.state))) return refused('already-used', service);
  return redeem(needs, signIn, response, tag);
}

/** CB-7, CB-8: the code goes once, to the endpoint that was stored, with what was stored. */
async function redeem(
  needs: FinishSignInNeeds,
  signIn: PendingSignIn,
  response: Extract<AuthorizationResponse, { kind: 'code' }>,
  tag: TraceTag,
): Promise<SignInOutcome> {
  const { service, returnTo } = signIn;
  needs.onStage('exchanging', service);
  try {
    const { tokens, identity } = await exchangeCode(needs.wire.exchange(tag), {
      ...signIn,
      resource: service.resource,
      code: response.code,
      ...(response.iss !== undefined && { iss: response.iss }),
    });
    needs.onStage('identifying', service);
    const record = await connectionRecord(needs, signIn, tokens, identity);
    // A refresh of the old grant that is under way would write over the new one: it comes to its end first.
    await needs.lock(`refresh ${record.id}`, () => needs.vault.write(record));
    return { kind: 'connected', connectionId: record.id, service, returnTo };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { serverError } = error.details;
    return { kind: 'failed', service, returnTo, code: error.code, ...(serverError !== undefined && { serverError }) };
  }
}

/** The same person at the same service keeps the connection; another person gets one of their own, never merged (ID-7). */
async function connectionRecord(
  { vault, wire }: FinishSignInNeeds,
  signIn: PendingSignIn,
  tokens: TokenSet,
  identity: Identity | undefined,
): Promise<ConnectionRecord> {
  const now = wire.now();
  const existing = (await vault.all()).find(
    (record) => record.service.id === signIn.service.id && isSamePerson(record, identity, signIn.connectionId),
  );
  return {
    version: 1,
    id: existing?.id ?? crypto.randomUUID(),
    service: signIn.service,
    ...(identity && { identity }),
    connectedAt: existing?.connectedAt ?? now,
    state: { kind: 'connected', grant: grantOf(signIn, tokens, now) },
  };
}

function isSamePerson(record: ConnectionRecord, identity: Identity | undefined, renewed: string | undefined): boolean {
  if (!identity || !record.identity) return record.id === renewed;
  return record.identity.issuer === identity.issuer && record.identity.subject === identity.subject;
}

function refused(reason: RefusedReason, service?: ServiceReference): SignInOutcome {
  return { kind: 'refused', reason, ...(service && { service }) };
}
