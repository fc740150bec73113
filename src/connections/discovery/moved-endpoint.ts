import { OAuthError } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { withoutQuery } from '#oauth/safe-url.ts';
import { announcesPkce, fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

/** The statuses of a URL that is no longer a token endpoint: the request was not processed. */
const MOVED: ReadonlySet<number> = new Set([404, 405, 410]);

/**
 * Fetches the server's current metadata after the token endpoint responded that it no longer exists (M-2). Makes one
 * attempt, for exactly the same issuer, and returns the metadata only if the token endpoint has really moved.
 * @param fresh a context that bypasses the cache
 * @returns undefined if a retry would have the same result
 */
export async function rediscoverMovedEndpoint(
  fresh: FlowContext,
  server: ServerMetadata,
  error: unknown,
): Promise<ServerMetadata | undefined> {
  if (!(error instanceof OAuthError)) return undefined;
  const { status, url } = error.details;
  // Only consider errors of the token endpoint itself: once it has issued tokens, the code is spent (TOK-8).
  if (!MOVED.has(status ?? 0) || url !== withoutQuery(server.token_endpoint)) return undefined;
  try {
    // The code challenge was sent already; a server that was silent about PKCE then may be so now (DISC-13).
    const now = await fetchServerMetadata(fresh, server.issuer, { allowSilentPkce: !announcesPkce(server) });
    return now.token_endpoint === server.token_endpoint ? undefined : now;
  } catch (discoveryError) {
    if (discoveryError instanceof OAuthError) return undefined;
    throw discoveryError;
  }
}
