import * as oauth from 'oauth4webapi';

import { assertRule, type FlowContext } from './flow-context.ts';
import { parseToken } from './parse-token.ts';

/** How far the times of an id_token may be off, in seconds: no working clock is further off. */
const TOLERANCE_S = 15 * 60;

/** How old an authentication may be beyond `max_age`, in seconds. The user's own wait is no matter of clocks. */
const AUTH_TIME_TOLERANCE_S = 30;

/** An offset beyond a day, in seconds, is not a matter of clocks; the times are then compared with this device's clock. */
const MAX_TRUSTED_OFFSET_S = 24 * 60 * 60;

/**
 * Returns how far the clock of a server is ahead of this device's, in seconds: by the response's `Date`, if scripts may read
 * it, otherwise by the `iat` of the id_token, which the server has just issued. 0 if neither is known or the offset is
 * absurd. Neither is proof of anything: the nonce, not the time, ties an id_token to its sign-in.
 */
export function clockOffset(response: Response, idToken: unknown): number {
  const date = Date.parse(response.headers.get('date') ?? '');
  const serverNow = Number.isNaN(date) ? issuedAt(idToken) : date / 1000;
  const offset = serverNow === undefined ? 0 : Math.round(serverNow - Date.now() / 1000);
  return Math.abs(offset) <= MAX_TRUSTED_OFFSET_S ? offset : 0;
}

function issuedAt(idToken: unknown): number | undefined {
  const parsed = typeof idToken === 'string' ? parseToken(idToken) : undefined;
  const iat = parsed?.kind === 'jwt' ? parsed.claims.iat : undefined;
  return typeof iat === 'number' && Number.isFinite(iat) ? iat : undefined;
}

/** The options with which oauth4webapi checks `exp` and `nbf` by the server's clock. */
export const byServerClock = (offset: number): Partial<oauth.Client> => ({
  [oauth.clockSkew]: offset,
  [oauth.clockTolerance]: TOLERANCE_S,
});

/** The options with which oauth4webapi accepts any `exp` and `nbf`. */
export const ignoringTimes: Partial<oauth.Client> = { [oauth.clockTolerance]: Number.MAX_SAFE_INTEGER };

/**
 * Rejects an id_token issued in the future (ID-1; OIDC Core §3.1.3.7), by the server's clock and with the same tolerance as
 * its other times.
 * @throws OAuthError `clock-mismatch`
 */
export function assertIssuedAt(context: Pick<FlowContext, 'onCheck'>, issuedAtS: number, offset: number): void {
  if (issuedAtS <= Date.now() / 1000 + offset + TOLERANCE_S) return;
  assertRule(context, false, { rule: 'id-token-times-hold' }, 'clock-mismatch');
}

/**
 * Rejects an id_token that does not prove an authentication within `maxAge` seconds (API-8; OIDC Core §3.1.2.1).
 * @throws OAuthError `id-token-invalid`
 */
export function assertAuthTime(
  context: Pick<FlowContext, 'onCheck'>,
  authTime: number | undefined,
  maxAge: number,
  offset: number,
): void {
  const earliest = Date.now() / 1000 + offset - maxAge - AUTH_TIME_TOLERANCE_S;
  if (authTime !== undefined && authTime >= earliest) return;
  assertRule(context, false, { rule: 'id-token-claims-hold' }, 'id-token-invalid');
}
