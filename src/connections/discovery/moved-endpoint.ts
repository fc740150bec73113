import { OAuthError } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { withoutQuery } from '#oauth/safe-url.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

/** Statuses of an address at which nothing takes tokens any more: whatever was sent there was not looked at. */
const MOVED: ReadonlySet<number> = new Set([404, 405, 410]);

/**
 * The server's description as it is now, after its token endpoint answered that it is not there any more (M-2). One look: the
 * same issuer, character by character, and only where the token endpoint has really moved.
 * @param fresh asks the server and not the cache
 * @returns undefined where trying again would be the same once more
 */
export async function rediscoverMovedEndpoint(
  fresh: FlowContext,
  server: ServerMetadata,
  error: unknown,
): Promise<ServerMetadata | undefined> {
  if (!(error instanceof OAuthError)) return undefined;
  const { status, url } = error.details;
  // Only what the token endpoint said: after tokens came, a code is spent (TOK-8).
  if (!MOVED.has(status ?? 0) || url !== withoutQuery(server.token_endpoint)) return undefined;
  try {
    const now = await fetchServerMetadata(fresh, server.issuer);
    return now.token_endpoint === server.token_endpoint ? undefined : now;
  } catch (refusal) {
    if (refusal instanceof OAuthError) return undefined;
    throw refusal;
  }
}
