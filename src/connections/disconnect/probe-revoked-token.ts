import type { HttpClient } from '#connections/http/http-client.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { boundKeyOf, type Grant } from '#connections/store/connection-state.ts';
import { authorizationHeader } from '#oauth/authorization-header.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { TraceTag } from '#trace/event.ts';

/** The statuses that reject a call without a token. For a call with one, they may or may not be about the token. */
const REJECTION_STATUSES: ReadonlySet<number> = new Set([400, 401, 403]);
/** The limit for both calls together, in milliseconds: the user is waiting for the disconnect to finish. */
const TIMEOUT_MS = 5_000;

/**
 * Returns true if the API still accepts a token whose revocation the server has confirmed (REV-2). Some servers confirm
 * and do nothing, for example for a JWT that is only checked by its signature, or because the request had no DPoP
 * proof. Calls the API with the token and then without it; only a difference between the two responses counts, so a
 * public page proves nothing. Returns false if the result is inconclusive.
 */
export async function isTokenStillAccepted(
  http: HttpClient,
  tag: TraceTag,
  service: ServiceReference,
  grant: Grant,
): Promise<boolean> {
  const { server, accessToken } = grant;
  const url = service.kind === 'server' ? (server.userinfo_endpoint ?? service.resource) : service.resource;
  const bound = boundKeyOf(grant);
  try {
    const authorization = authorizationHeader(accessToken, bound !== undefined);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const taken = await http.apiFetch(tag, bound)(url, { headers: { authorization }, signal });
    if (REJECTION_STATUSES.has(taken.status) || taken.status === 429 || taken.status >= 500) return false;
    const without = await http.apiFetch(tag)(url, { signal });
    return without.status === 401 || (taken.ok && REJECTION_STATUSES.has(without.status));
  } catch (error) {
    if (error instanceof OAuthError) return false;
    throw error;
  }
}
