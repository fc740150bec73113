import type { DpopKeyRef } from '#connections/http/dpop.ts';
import { loadChunk, ChunkLoadError } from '#connections/load-chunk.ts';
import { dpopKeyForRefresh, type Grant, type SupersededToken } from '#connections/store/connection-state.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import type { RevocationRequest } from '#oauth/revoke.ts';

/** The result of revoking a grant. */
export type RevocationOutcome =
  /** The server confirmed every revocation. */
  | { kind: 'revoked' }
  /** The server confirmed every revocation, but its API still accepts the access token. */
  | { kind: 'ineffective'; worksUntil?: number }
  /**
   * Not confirmed: the app was offline, the server failed or rejected the request, or it offers no revocation. The
   * tokens may work until `worksUntil`. With `asksAgain`, the request has not reached the server and is sent again as
   * soon as possible.
   */
  | { kind: 'unconfirmed'; worksUntil?: number; asksAgain?: true; because?: UnconfirmedBecause };

/**
 * Why a server that was reached, or need not be, confirmed nothing: it offers no revocation, or it revoked every refresh
 * token and rejected only the access token, which often means that the access token had ended with them.
 */
export type UnconfirmedBecause = 'not-offered' | 'only-access-token-refused';

/**
 * Returns the context for one flow, with DPoP proofs if `bound` is given: some servers revoke a bound token only with a
 * proof.
 */
export type ContextFor = (bound: DpopKeyRef | undefined) => FlowContext;

/** One token to revoke, and the key it is bound to. */
export interface Revocation {
  request: RevocationRequest;
  bound?: DpopKeyRef;
}

/**
 * Receives the revocations that have not reached a server, to be sent later. `wasRefused` says that another token of the same grant was
 * rejected.
 */
export type EnqueueRevocations = (unsent: readonly Revocation[], wasRefused: boolean) => void;

/** What a revocation needs of a grant. Tokens of a rejected response may lack one of the two. */
export type RevocableGrant = Pick<Grant, 'server' | 'clientId' | 'refreshToken' | 'expiresAt' | 'binding'> &
  Partial<Pick<Grant, 'accessToken'>>;

/** Returns the revocations of a grant: the refresh token, the access token, then superseded refresh tokens (REV-1). */
export function revocationsOf(
  grant: RevocableGrant | undefined,
  leftovers: readonly SupersededToken[] = [],
): readonly Revocation[] {
  const all: Revocation[] = [];
  const add = (bound: DpopKeyRef | undefined, request: RevocationRequest): void =>
    void all.push(omitUndefined({ request, bound }));
  if (grant) {
    const bound = dpopKeyForRefresh(grant);
    const { server, clientId, refreshToken, accessToken } = grant;
    if (refreshToken !== undefined) add(bound, { server, clientId, token: refreshToken, hint: 'refresh_token' });
    if (accessToken !== undefined) add(bound, { server, clientId, token: accessToken, hint: 'access_token' });
  }
  for (const { bound, refreshToken, ...client } of leftovers) {
    add(bound, { ...client, token: refreshToken, hint: 'refresh_token' });
  }
  return all;
}

/**
 * Revokes a grant: first the refresh token, because that often ends the grant (REV-1), then in parallel the access
 * token and the refresh tokens superseded by newer sign-ins. A rejected request does not stop the others.
 * @param enqueue without it, requests that fail to reach the server are not retried
 */
export async function revokeGrant(
  contextFor: ContextFor,
  grant: RevocableGrant | undefined,
  leftovers: readonly SupersededToken[] = [],
  enqueue?: EnqueueRevocations,
): Promise<RevocationOutcome> {
  const unsent: Revocation[] = [];
  const ask = async (revocation: Revocation): Promise<RevocationVerdict> => {
    const verdict = await revokeOnce(contextFor, revocation);
    if (verdict === 'unsent') unsent.push(revocation);
    return verdict;
  };
  const all = revocationsOf(grant, leftovers);
  const [first, ...others] = all;
  if (!first) return { kind: 'revoked' };
  const results = [await ask(first), ...(await Promise.all(others.map(ask)))];
  if (results.every((verdict) => verdict === 'confirmed')) return { kind: 'revoked' };
  if (unsent.length > 0) enqueue?.(unsent, results.includes('refused'));
  return omitUndefined({
    kind: 'unconfirmed',
    worksUntil: grant?.expiresAt,
    asksAgain: (enqueue && unsent.length > 0) || undefined,
    because: causeOf(all, results),
  });
}

/** @param verdicts one for each revocation, in the same order */
function causeOf(
  revocations: readonly Revocation[],
  verdicts: readonly RevocationVerdict[],
): UnconfirmedBecause | undefined {
  if (revocations.every(({ request }) => !request.server.revocation_endpoint)) return 'not-offered';
  const isOfRefreshTokens = revocations.some(({ request }) => request.hint === 'refresh_token');
  const isAsExpected = revocations.every(
    ({ request }, i) => verdicts[i] === (request.hint === 'access_token' ? 'refused' : 'confirmed'),
  );
  return isOfRefreshTokens && isAsExpected ? 'only-access-token-refused' : undefined;
}

/**
 * Errors that keep a DPoP proof from being accepted. RFC 7009 requires no proof, so the server may accept the
 * revocation without one.
 */
const WITHOUT_PROOF: ReadonlySet<OAuthErrorCode> = new Set([
  'key-missing',
  'nonce-unreadable',
  'invalid-dpop-proof',
  'unreachable',
  'redirected',
]);

/** A server's response to a revocation. */
export type RevocationResult = 'confirmed' | 'refused';

/** The result of one revocation; `unsent` means that the request did not reach the server or the server failed. */
export type RevocationVerdict = RevocationResult | 'unsent';

const PASSING: ReadonlySet<OAuthErrorCode> = new Set([
  'unreachable',
  'redirected',
  'timed-out',
  'http-5xx',
  'rate-limited',
]);

/** Sends one revocation, with a DPoP proof if the token is bound; retries without the proof if that one fails. */
export async function revokeOnce(contextFor: ContextFor, { request, bound }: Revocation): Promise<RevocationVerdict> {
  try {
    const { revokeToken } = await loadChunk(() => import('#oauth/revoke.ts'));
    await revokeToken(contextFor(bound), request);
    return 'confirmed';
  } catch (error) {
    if (error instanceof ChunkLoadError) return 'unsent';
    if (!(error instanceof OAuthError)) throw error;
    if (bound !== undefined && WITHOUT_PROOF.has(error.code)) return revokeOnce(contextFor, { request });
    const { status = 0 } = error.details;
    return PASSING.has(error.code) || status >= 500 ? 'unsent' : 'refused';
  }
}
