import { OAuthError } from '#oauth/errors.ts';
import type { Exchange } from '#oauth/exchange.ts';
import { revokeToken } from '#oauth/revoke.ts';

import type { Grant } from './state.ts';

/** What a server said of a revocation. */
export type RevocationOutcome =
  /** It confirmed all of it. */
  | { kind: 'revoked' }
  /** It did not: offline, a fault, a refusal, or it takes no revocations. What it gave out may work there until then. */
  | { kind: 'unconfirmed'; worksUntil?: number };

/**
 * Asks the server to revoke a grant: the refresh token, then the access token (REV-1), then what they replaced, since not
 * every server ends an older grant when it gives a newer one. One refusal does not keep the others from being asked.
 */
export async function revokeGrant(
  exchange: Exchange,
  grant: Grant,
  replaced: readonly string[] = [],
): Promise<RevocationOutcome> {
  const tokens = [
    ...(grant.refreshToken === undefined ? [] : [{ token: grant.refreshToken, hint: 'refresh_token' } as const]),
    { token: grant.accessToken, hint: 'access_token' } as const,
    ...replaced.map((token) => ({ token, hint: 'refresh_token' }) as const),
  ];
  let isConfirmed = true;
  for (const token of tokens) {
    try {
      await revokeToken(exchange, { ...grant, ...token });
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      isConfirmed = false;
    }
  }
  if (isConfirmed) return { kind: 'revoked' };
  return { kind: 'unconfirmed', ...(grant.expiresAt !== undefined && { worksUntil: grant.expiresAt }) };
}
