import { omitUndefined } from '#lib/omit-undefined.ts';
import type { TokenSet } from '#oauth/token-response.ts';

import type { TokenBinding, Grant } from './connection-state.ts';

/**
 * Creates a grant from a token response received at `now` (milliseconds since 1970).
 * @param about what the sign-in was about; `responseSubject` is kept if the response names none
 * @param binding what the tokens are bound to, or why they are not bound although the server offers it
 */
export function toGrant(
  about: Pick<Grant, 'server' | 'clientId' | 'responseSubject' | 'needsConsent'> & { nonce?: string | undefined },
  tokens: TokenSet,
  now: number,
  binding?: TokenBinding,
): Grant {
  const { server, clientId, nonce, needsConsent } = about;
  const responseSubject = tokens.subject ?? about.responseSubject;
  return omitUndefined({
    server,
    clientId,
    scope: tokens.scope,
    accessToken: tokens.accessToken,
    obtainedAt: now,
    nonce,
    refreshToken: tokens.refreshToken,
    expiresAt: tokens.expiresIn === undefined ? undefined : now + tokens.expiresIn * 1000,
    binding,
    responseSubject,
    needsConsent: needsConsent || undefined,
  });
}

/** Returns the binding of tokens requested with proofs by `keyId`, with the server's clock offset if `issuedAt` reveals it. */
export function bindingOf(keyId: string, { isDpopBound, issuedAt }: TokenSet, now: number): TokenBinding {
  if (!isDpopBound) return { kind: 'bearer', because: 'not-granted', keyId };
  const clockOffset = issuedAt === undefined ? undefined : issuedAt * 1000 - now;
  return omitUndefined({ kind: 'bound', keyId, clockOffset });
}
