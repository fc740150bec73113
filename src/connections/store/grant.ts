import type { TokenSet } from '#oauth/token-response.ts';

import type { TokenBinding, Grant } from './connection-state.ts';

/**
 * The grant that a token answer makes, received at `now` (milliseconds since 1970).
 * @param binding what the tokens are bound to, or why to nothing where the server offers it
 */
export function toGrant(
  { server, clientId, nonce }: Pick<Grant, 'server' | 'clientId'> & { nonce?: string | undefined },
  tokens: TokenSet,
  now: number,
  binding?: TokenBinding,
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
    ...(binding && { binding }),
  };
}

/** The binding of tokens that came for proofs of `keyId`; the server's clock is noted where they say its time. */
export function bindingOf(keyId: string, { isDpopBound, issuedAt }: TokenSet, now: number): TokenBinding {
  if (!isDpopBound) return { kind: 'bearer', because: 'not-granted', keyId };
  return { kind: 'bound', keyId, ...(issuedAt !== undefined && { clockOffset: issuedAt * 1000 - now }) };
}
