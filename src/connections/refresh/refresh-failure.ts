import { ConnectionError } from '#connections/errors.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { Attempts, InvalidationReason, Grant } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import { fetchServerMetadata } from '#oauth/server-metadata.ts';
import { isStorageError } from '#storage/storage-health.ts';
import type { TraceTag } from '#trace/event.ts';

import { backoffAfter } from './backoff.ts';

export interface RefreshDeps {
  store: ConnectionStore;
  http: HttpClient;
  /** 0 to 1: spreads the next tries. */
  random: () => number;
}

/** A refresh that failed. */
export interface FailedRefresh {
  connectionId: string;
  grant: Grant;
  /** Those before it. */
  attempts: Attempts;
  tag: TraceTag;
}

/** No answer came that says anything of the request's fate. */
const UNCERTAIN: ReadonlySet<OAuthErrorCode> = new Set(['unreachable', 'timed-out']);

/**
 * Takes down what became of a refresh. Only the server's own word ends a grant; offline, time-outs, 5xx and strange answers leave
 * it alone, and the next try waits (REF-4, REF-5). Where an answer was lost and the server then refuses the token, it had replaced
 * it: that is the reason told (REF-6).
 * @returns the error for whoever asked
 */
export async function refreshFailure(deps: RefreshDeps, failed: FailedRefresh, error: unknown): Promise<unknown> {
  const { connectionId, attempts } = failed;
  if (error instanceof ConnectionError) return error;
  if (!(error instanceof OAuthError)) {
    // Its answer may have come, and found no room.
    const lost = attempts.lost + (isStorageError(error) ? 1 : 0);
    await failedForNow(deps, connectionId, { ...attempts, lost });
    return error;
  }
  const reason = endingOf(error, attempts);
  if (reason) return ended(deps, connectionId, reason);
  const isLost = UNCERTAIN.has(error.code) && (await isThere(deps, failed));
  const now: Attempts = { failures: attempts.failures, lost: attempts.lost + (isLost ? 1 : 0) };
  await failedForNow(deps, connectionId, now, error.code, error.details.retryAfter);
  return new ConnectionError('refresh-failed', 'the token could not be refreshed now', {
    cause: error,
    oauth: error.code,
  });
}

/** What the server's own word ends; undefined for everything else. */
function endingOf(
  { code, details: { serverError, status } }: OAuthError,
  { lost }: Attempts,
): Exclude<InvalidationReason, 'server-changed'> | undefined {
  if (code === 'key-missing') return 'key-lost';
  if (code === 'binding-refused') return 'binding-dropped';
  if (serverError === 'invalid_client' || serverError === 'unauthorized_client') return 'client-unknown';
  // Some servers refuse with an empty 400.
  const isRefused =
    serverError === 'invalid_grant' || (code === 'server-error' && serverError === undefined && status === 400);
  if (!isRefused) return undefined;
  return lost > 0 ? 'answer-lost' : 'grant-refused';
}

/**
 * Whether the server can be reached all the same: then the request has probably arrived, and its answer is lost; else this device
 * is offline, and it never left. A server whose endpoints were configured describes itself nowhere: of it nothing is known.
 */
async function isThere({ http }: RefreshDeps, { grant, tag }: FailedRefresh): Promise<boolean> {
  try {
    await fetchServerMetadata(http.forFlow(tag, undefined, { fresh: true }), grant.server.issuer);
    return true;
  } catch (error) {
    // Any answer at all is one.
    return error instanceof OAuthError && error.details.status !== undefined;
  }
}

function failedForNow(
  { store, http, random }: RefreshDeps,
  connectionId: string,
  { failures, lost }: Attempts,
  because?: OAuthErrorCode,
  retryAfter = 0,
): Promise<boolean> {
  const since = http.now();
  const until = since + backoffAfter(failures + 1, retryAfter, random());
  const event = { type: 'refresh-failed', since, until, failures: failures + 1, lost } as const;
  return store.apply(connectionId, { ...event, ...(because && { because }) });
}

/** Ends a grant. @returns the error for whoever asked */
export async function ended(
  { store, http }: Pick<RefreshDeps, 'store' | 'http'>,
  connectionId: string,
  reason: Exclude<InvalidationReason, 'server-changed'>,
): Promise<ConnectionError> {
  await store.apply(connectionId, { type: 'ended', reason, at: http.now() });
  return new ConnectionError('needs-sign-in', 'the grant is over');
}
