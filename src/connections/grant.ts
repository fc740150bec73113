import type { ServerMetadata } from '#oauth/server-metadata.ts';
import type { TokenSet } from '#oauth/token-response.ts';

import type { Grant } from './state.ts';

/** The grant that a token answer makes, received at `now` (milliseconds since 1970). */
export function grantOf(
  { server, clientId, nonce }: { server: ServerMetadata; clientId: string; nonce?: string | undefined },
  tokens: TokenSet,
  now: number,
): Grant {
  return {
    server,
    clientId,
    scope: tokens.scope,
    accessToken: tokens.accessToken,
    obtainedAt: now,
    ...(nonce !== undefined && { nonce }),
    ...(tokens.refreshToken !== undefined && { refreshToken: tokens.refreshToken }),
    ...(tokens.expiresIn !== undefined && { expiresAt: now + tokens.expiresIn * 1000 }),
  };
}
