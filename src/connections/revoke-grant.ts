import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import type { Exchange } from '#oauth/exchange.ts';
import type { RevocationRequest } from '#oauth/revoke.ts';

import { loaded, PartNotLoaded } from './part-not-loaded.ts';
import type { BoundKey } from './proofs.ts';
import { boundKeyOf, type Grant } from './state.ts';

/** What a server said of a revocation. */
export type RevocationOutcome =
  /** It confirmed all of it. */
  | { kind: 'revoked' }
  /** It confirmed all of it, and its API takes the access token all the same, just now. */
  | { kind: 'ineffective'; worksUntil?: number }
  /** It did not: offline, a fault, a refusal, or it takes no revocations. What it gave out may work there until then. */
  | { kind: 'unconfirmed'; worksUntil?: number };

/** A refresh token that is not used any more, where it can be revoked, and the key that it is bound to. */
export type Leftover = Pick<Grant, 'server' | 'clientId'> & { refreshToken: string; bound?: BoundKey };

/** The wire of one flow, which proves a key for what is bound to it: some servers revoke nothing without a proof. */
export type ExchangeFor = (bound: BoundKey | undefined) => Exchange;

/**
 * Asks servers to revoke: the refresh token first, since the grant often ends with it (REV-1), then the access token and what
 * newer sign-ins have replaced, at once. One refusal does not keep the others from being asked.
 */
export async function revokeGrant(
  exchangeFor: ExchangeFor,
  grant: Grant | undefined,
  leftovers: readonly Leftover[] = [],
): Promise<RevocationOutcome> {
  const rest: Promise<boolean>[] = [];
  let confirmed = true;
  if (grant) {
    const bound = boundKeyOf(grant);
    const { server, clientId, refreshToken, accessToken } = grant;
    if (refreshToken !== undefined) {
      confirmed = await isConfirmed(exchangeFor, bound, {
        server,
        clientId,
        token: refreshToken,
        hint: 'refresh_token',
      });
    }
    rest.push(isConfirmed(exchangeFor, bound, { server, clientId, token: accessToken, hint: 'access_token' }));
  }
  for (const { bound, refreshToken, ...client } of leftovers) {
    rest.push(isConfirmed(exchangeFor, bound, { ...client, token: refreshToken, hint: 'refresh_token' }));
  }
  if ((await Promise.all(rest)).every(Boolean) && confirmed) return { kind: 'revoked' };
  return { kind: 'unconfirmed', ...(grant?.expiresAt !== undefined && { worksUntil: grant.expiresAt }) };
}

/** What keeps a proof from arriving. RFC 7009 asks for none: without one a revocation may still be taken. */
const WITHOUT_PROOF: ReadonlySet<OAuthErrorCode> = new Set([
  'key-missing',
  'nonce-unreadable',
  'proof-refused',
  'unreachable',
]);

async function isConfirmed(
  exchangeFor: ExchangeFor,
  bound: BoundKey | undefined,
  request: RevocationRequest,
): Promise<boolean> {
  try {
    const { revokeToken } = await loaded(() => import('#oauth/revoke.ts'));
    await revokeToken(exchangeFor(bound), request);
    return true;
  } catch (error) {
    if (error instanceof PartNotLoaded) return false;
    if (!(error instanceof OAuthError)) throw error;
    return bound !== undefined && WITHOUT_PROOF.has(error.code) && isConfirmed(exchangeFor, undefined, request);
  }
}
