import type { DpopKeyRef } from '#connections/http/dpop.ts';
import { loadChunk, ChunkLoadError } from '#connections/load-chunk.ts';
import { dpopKeyForRefresh, type Grant, type SupersededToken } from '#connections/store/connection-state.ts';
import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import type { RevocationRequest } from '#oauth/revoke.ts';

/** What a server said of a revocation. */
export type RevocationOutcome =
  /** It confirmed all of it. */
  | { kind: 'revoked' }
  /** It confirmed all of it, and its API takes the access token all the same, just now. */
  | { kind: 'ineffective'; worksUntil?: number }
  /** It did not: offline, a fault, a refusal, or it takes no revocations. What it gave out may work there until then. */
  /** `asksAgain`: it has not heard of it, and is asked again as soon as it can be. */
  | { kind: 'unconfirmed'; worksUntil?: number; asksAgain?: true };

/** The context of one flow, which proves a key for what is bound to it: some servers revoke nothing without a proof. */
export type ContextFor = (bound: DpopKeyRef | undefined) => FlowContext;

/** One token to revoke, and the key that it is bound to. */
export interface Revocation {
  request: RevocationRequest;
  bound?: DpopKeyRef;
}

/** Takes what no server has heard, to be sent later. `wasRefused`: another token of the same grant has been. */
export type EnqueueRevocations = (unsent: readonly Revocation[], wasRefused: boolean) => Promise<void>;

/**
 * Asks servers to revoke: the refresh token first, since the grant often ends with it (REV-1), then the access token and what
 * newer sign-ins have replaced, at once. One refusal does not keep the others from being asked.
 * @param enqueue missing: what is not heard is not asked again
 */
export async function revokeGrant(
  contextFor: ContextFor,
  grant: Grant | undefined,
  leftovers: readonly SupersededToken[] = [],
  enqueue?: EnqueueRevocations,
): Promise<RevocationOutcome> {
  const unsent: Revocation[] = [];
  const ask = async (bound: DpopKeyRef | undefined, request: RevocationRequest): Promise<RevocationVerdict> => {
    const revocation = { request, ...(bound && { bound }) };
    const verdict = await revokeOnce(contextFor, revocation);
    if (verdict === 'unsent') unsent.push(revocation);
    return verdict;
  };
  const verdicts: Promise<RevocationVerdict>[] = [];
  if (grant) {
    const bound = dpopKeyForRefresh(grant);
    const { server, clientId, refreshToken, accessToken } = grant;
    if (refreshToken !== undefined) {
      const first = await ask(bound, { server, clientId, token: refreshToken, hint: 'refresh_token' });
      verdicts.push(Promise.resolve(first));
    }
    verdicts.push(ask(bound, { server, clientId, token: accessToken, hint: 'access_token' }));
  }
  for (const { bound, refreshToken, ...client } of leftovers) {
    verdicts.push(ask(bound, { ...client, token: refreshToken, hint: 'refresh_token' }));
  }
  const said = await Promise.all(verdicts);
  if (said.every((verdict) => verdict === 'confirmed')) return { kind: 'revoked' };
  if (unsent.length > 0) await enqueue?.(unsent, said.includes('refused'));
  return {
    kind: 'unconfirmed',
    ...(grant?.expiresAt !== undefined && { worksUntil: grant.expiresAt }),
    ...(enqueue && unsent.length > 0 && { asksAgain: true }),
  };
}

/** What keeps a proof from arriving. RFC 7009 asks for none: without one a revocation may still be taken. */
const WITHOUT_PROOF: ReadonlySet<OAuthErrorCode> = new Set([
  'key-missing',
  'nonce-unreadable',
  'proof-refused',
  'unreachable',
]);

/** What a server said of a revocation. */
export type RevocationResult = 'confirmed' | 'refused';

/** What one revocation came to; `unsent`: the server has not heard it, or failed over it. */
export type RevocationVerdict = RevocationResult | 'unsent';

const PASSING: ReadonlySet<OAuthErrorCode> = new Set(['unreachable', 'timed-out', 'server-fault', 'rate-limited']);

/** Asks for one revocation; with a proof of the key, and without where that does not arrive. */
export async function revokeOnce(contextFor: ContextFor, { request, bound }: Revocation): Promise<RevocationVerdict> {
  try {
    const { revokeToken } = await loadChunk(() => import('#oauth/revoke.ts'));
    await revokeToken(contextFor(bound), request);
    return 'confirmed';
  } catch (error) {
    if (error instanceof ChunkLoadError) return 'unsent';
    if (!(error instanceof OAuthError)) throw error;
    if (bound !== undefined && WITHOUT_PROOF.has(error.code)) return revokeOnce(contextFor, { request });
    return PASSING.has(error.code) ? 'unsent' : 'refused';
  }
}
