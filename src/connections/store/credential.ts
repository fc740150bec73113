import { ConnectionError } from '#connections/errors.ts';
import type { DpopKeyRef } from '#connections/http/dpop.ts';
import { encodeHex } from '#lib/encoding.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { sha2 } from '#lib/sha2.ts';

import { boundKeyOf, type Grant } from './connection-state.ts';
import type { Connection } from './connection-view.ts';

/** The credential for one call. It is passed only to the code that makes the call and must not be stored. */
export interface Credential {
  accessToken: string;
  /** The key that the token is bound to; such a token is never sent without a proof (DPOP-5). */
  bound?: DpopKeyRef;
}

/** Returns the credential for calls from a grant. */
export function credentialOf(grant: Grant): Credential {
  const bound = boundKeyOf(grant);
  return omitUndefined({ accessToken: grant.accessToken, bound });
}

/** Returns the grant of a connection. @throws ConnectionError `no-connection` | `needs-sign-in` */
export function grantIn(connection: Connection | undefined): Grant {
  if (!connection) throw new ConnectionError('no-connection', 'there is no such connection');
  if (connection.state.kind === 'needs-sign-in') throw new ConnectionError('needs-sign-in', 'the grant is over');
  return connection.state.grant;
}

/** Returns the fingerprint of an access token, so a page can identify it to the worker without sending it (STO-4). */
export async function tokenFingerprint(accessToken: string): Promise<string> {
  return encodeHex((await sha2(accessToken)).slice(0, 16));
}

/**
 * Enforces the backoff after a failed refresh (REF-5).
 * @throws ConnectionError while the connection waits: `needs-sign-in` if its refresh is refused again and again, otherwise
 *   `refresh-failed`
 */
export function requireNotWaiting(connection: Connection | undefined, now: number): void {
  if (connection?.state.kind !== 'waiting' || connection.state.until <= now) return;
  if (connection.state.refusal) throw new ConnectionError('needs-sign-in', 'the refresh is refused again and again');
  throw new ConnectionError(
    'refresh-failed',
    'the last attempt to renew the token failed just now',
    omitUndefined({ oauth: connection.state.because }),
  );
}
