import { OAuthError } from '#oauth/errors.ts';
import type { Exchange } from '#oauth/exchange.ts';
import { revokeToken, type RevocationRequest } from '#oauth/revoke.ts';

import type { Grant } from './state.ts';

/** What a server said of a revocation. */
export type RevocationOutcome =
  /** It confirmed all of it. */
  | { kind: 'revoked' }
  /** It did not: offline, a fault, a refusal, or it takes no revocations. What it gave out may work there until then. */
  | { kind: 'unconfirmed'; worksUntil?: number };

/** A refresh token that is not used any more, and where it can be revoked. */
export type Leftover = Pick<Grant, 'server' | 'clientId'> & { refreshToken: string };

/**
 * Asks servers to revoke: the refresh token first, since the grant often ends with it (REV-1), then the access token and what
 * newer sign-ins have replaced, at once. One refusal does not keep the others from being asked.
 */
export async function revokeGrant(
  exchange: Exchange,
  grant: Grant | undefined,
  leftovers: readonly Leftover[] = [],
): Promise<RevocationOutcome> {
  const rest: RevocationRequest[] = leftovers.map((one) => ({
    ...one,
    token: one.refreshToken,
    hint: 'refresh_token',
  }));
  if (grant) rest.unshift({ ...grant, token: grant.accessToken, hint: 'access_token' });
  const confirmed =
    grant?.refreshToken === undefined ||
    (await isConfirmed(exchange, { ...grant, token: grant.refreshToken, hint: 'refresh_token' }));
  const others = await Promise.all(rest.map((request) => isConfirmed(exchange, request)));
  if (confirmed && others.every(Boolean)) return { kind: 'revoked' };
  return { kind: 'unconfirmed', ...(grant?.expiresAt !== undefined && { worksUntil: grant.expiresAt }) };
}

async function isConfirmed(exchange: Exchange, request: RevocationRequest): Promise<boolean> {
  try {
    await revokeToken(exchange, request);
    return true;
  } catch (error) {
    if (error instanceof OAuthError) return false;
    throw error;
  }
}
