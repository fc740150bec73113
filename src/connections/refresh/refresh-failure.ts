import { ConnectionError } from '#connections/errors.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { Attempts, Grant, InvalidationReason, Waiting } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import { fetchServerMetadata } from '#oauth/server-metadata.ts';
import { isStorageError } from '#storage/storage-health.ts';
import type { TraceTag } from '#trace/event.ts';

import { backoffAfter } from './backoff.ts';
import { MAX_REFUSALS, REFUSED_WAIT_MS, refusalOf, refusedBy } from './refusal.ts';

export interface RefreshDeps {
  store: ConnectionStore;
  http: HttpClient;
  /** Returns a number between 0 and 1 that spreads the retries. */
  random: () => number;
}

/** A failed refresh. */
export interface FailedRefresh {
  connectionId: string;
  grant: Grant;
  /** The attempts before this one. */
  attempts: Attempts;
  tag: TraceTag;
  /** Whether the response contained tokens, which were rejected. */
  hadTokens?: boolean;
}

/** Errors after which it is unknown whether the server processed the request. */
const UNCERTAIN: ReadonlySet<OAuthErrorCode> = new Set(['unreachable', 'redirected', 'timed-out']);

/**
 * Records the result of a failed refresh. Only an explicit rejection by the server, a missing key, a lost binding or another user's
 * tokens end a grant. After being offline, time-outs, 5xx and malformed responses the grant stays, and the next attempt waits (REF-4, REF-5). If an
 * earlier response was lost and the server now rejects the token, it had rotated the token; the stored reason says so (REF-6).
 * A refresh that is refused several times in a row for another reason leaves the grant as it is and asks the user to sign in.
 * @returns the error to throw to the caller
 */
export async function refreshFailure(deps: RefreshDeps, failed: FailedRefresh, error: unknown): Promise<unknown> {
  const { connectionId, attempts, grant } = failed;
  if (error instanceof ConnectionError) return error;
  if (!(error instanceof OAuthError)) {
    // The response may have arrived and could not be stored.
    const lost = attempts.lost + (isStorageError(error) ? 1 : 0);
    await failedForNow(deps, connectionId, { ...attempts, lost });
    return error;
  }
  const reason = endingOf(error, attempts);
  if (reason) return ended(deps, connectionId, reason);
  const isLost = UNCERTAIN.has(error.code) && (await isThere(deps, failed));
  const by = refusedBy(error, failed.hadTokens === true);
  const refusals = by ? (attempts.refusals ?? 0) + 1 : 0;
  const now: Attempts = {
    failures: attempts.failures,
    lost: attempts.lost + (isLost ? 1 : 0),
    ...(by && { refusals }),
  };
  if (by && refusals >= MAX_REFUSALS) {
    await failedForNow(deps, connectionId, now, { because: error.code, refusal: refusalOf(by, error, grant) });
    return new ConnectionError('needs-sign-in', 'the refresh is refused again and again', { cause: error });
  }
  await failedForNow(deps, connectionId, now, { because: error.code }, error.details.retryAfter);
  return new ConnectionError('refresh-failed', 'the token could not be refreshed now', {
    cause: error,
    oauth: error.code,
  });
}

/** The errors of OpenID Connect and its extensions that only the user can resolve, such as `consent_required`. */
const NEEDS_USER = /_required$/;

/** Returns why an error ends the grant, or undefined if the grant survives it. */
function endingOf(
  { code, details: { serverError, status } }: OAuthError,
  { lost }: Attempts,
): Exclude<InvalidationReason, 'server-changed'> | undefined {
  if (code === 'key-missing') return 'key-lost';
  if (code === 'not-dpop-bound') return 'binding-dropped';
  if (code === 'account-mismatch') return 'account-mismatch';
  if (serverError !== undefined && NEEDS_USER.test(serverError)) return 'user-needed';
  if (serverError === 'invalid_client' || serverError === 'unauthorized_client') return 'client-unknown';
  // Some servers reject the refresh token with an empty 400.
  const isRejected =
    serverError === 'invalid_grant' || (code === 'oauth-error' && serverError === undefined && status === 400);
  if (!isRejected) return undefined;
  return lost > 0 ? 'answer-lost' : 'grant-refused';
}

/**
 * Returns whether the server is reachable. If it is, the request probably arrived and the response was lost; if not, this
 * device is offline and the request was never sent. A server with configured endpoints publishes no metadata, so this check may
 * not detect that it is reachable.
 */
async function isThere({ http }: RefreshDeps, { grant, tag }: FailedRefresh): Promise<boolean> {
  try {
    await fetchServerMetadata(http.forFlow(tag, undefined, { fresh: true }), grant.server.issuer, {
      allowSilentPkce: true, // a refresh uses no PKCE
    });
    return true;
  } catch (error) {
    // Any HTTP response proves that the server is reachable.
    return error instanceof OAuthError && error.details.status !== undefined;
  }
}

function failedForNow(
  { store, http, random }: RefreshDeps,
  connectionId: string,
  attempts: Attempts,
  about: Pick<Waiting, 'because' | 'refusal'> = {},
  retryAfter = 0,
): Promise<boolean> {
  const since = http.now();
  const failures = attempts.failures + 1;
  const wait = about.refusal ? REFUSED_WAIT_MS : backoffAfter(failures, retryAfter, random());
  const event = { type: 'refresh-failed', since, until: since + wait, ...attempts, failures, ...about } as const;
  return store.apply(connectionId, event);
}

/** Ends a grant. @returns the error to throw to the caller */
export async function ended(
  { store, http }: Pick<RefreshDeps, 'store' | 'http'>,
  connectionId: string,
  reason: Exclude<InvalidationReason, 'server-changed'>,
): Promise<ConnectionError> {
  await store.apply(connectionId, { type: 'ended', reason, at: http.now() });
  return new ConnectionError('needs-sign-in', 'the grant is over');
}
