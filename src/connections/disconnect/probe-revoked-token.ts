import type { HttpClient } from '#connections/http/http-client.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { boundKeyOf, type Grant } from '#connections/store/connection-state.ts';
import { authorizationHeader } from '#oauth/authorization-header.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { TraceTag } from '#trace/event.ts';

/** How a call without a token may be refused; with one, it may mean the token or not. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403]);
/** For both calls together, in milliseconds: somebody is waiting to hear that the connection is gone. */
const TIMEOUT_MS = 5_000;

/**
 * Whether an API takes a token that its server has confirmed to be revoked: some confirm and do nothing, as for a JWT that is
 * checked by its signature alone, or for want of a proof (REV-2). Called is the resource itself; what it answers counts only
 * where it answers otherwise without the token, so that a public page proves nothing. False where nothing can be told.
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
    if (REFUSALS.has(taken.status) || taken.status === 429 || taken.status >= 500) return false;
    const without = await http.apiFetch(tag)(url, { signal });
    return without.status === 401 || (taken.ok && REFUSALS.has(without.status));
  } catch (error) {
    if (error instanceof OAuthError) return false;
    throw error;
  }
}
