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

/** What an API does with a token; `unknown` if its responses prove neither. */
export type ProbeResult = 'accepted' | 'rejected' | 'unknown';

/**
 * Asks the API whether it still accepts a token that was to be revoked (REV-2). Some servers confirm and do nothing, for
 * example for a JWT that is only checked by its signature, or because the request had no DPoP proof; others reject the
 * revocation of an access token that ended with its refresh token. Calls the API with the token and, unless that is
 * rejected with 401, without it. The token is accepted only if the two responses differ: a public page proves nothing.
 */
export async function probeRevokedToken(
  http: HttpClient,
  tag: TraceTag,
  service: ServiceReference,
  grant: Pick<Grant, 'server' | 'accessToken' | 'binding'>,
): Promise<ProbeResult> {
  const { server, accessToken } = grant;
  const url = service.kind === 'server' ? (server.userinfo_endpoint ?? service.resource) : service.resource;
  const bound = boundKeyOf(grant);
  try {
    const authorization = authorizationHeader(accessToken, bound !== undefined);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const taken = await http.apiFetch(tag, bound)(url, { headers: { authorization }, signal });
    if (taken.status === 401) return 'rejected';
    if (REJECTION_STATUSES.has(taken.status) || taken.status === 429 || taken.status >= 500) return 'unknown';
    const without = await http.apiFetch(tag)(url, { signal });
    const isAccepted = without.status === 401 || (taken.ok && REJECTION_STATUSES.has(without.status));
    return isAccepted ? 'accepted' : 'unknown';
  } catch (error) {
    if (error instanceof OAuthError) return 'unknown';
    throw error;
  }
}
