import { ConnectionError } from '#connections/errors.ts';
import type { DpopKeyRef } from '#connections/http/dpop.ts';

import { boundKeyOf, type Grant } from './connection-state.ts';
import type { Connection } from './connection-view.ts';

/** What one call is made with. It is handed to the caller of that call and belongs nowhere else. */
export interface Credential {
  accessToken: string;
  /** The key that the token is bound to: it is sent with proofs, or not at all (DPOP-5). */
  bound?: DpopKeyRef;
}

/** What a grant lets a call be made with. */
export function credentialOf(grant: Grant): Credential {
  const bound = boundKeyOf(grant);
  return { accessToken: grant.accessToken, ...(bound && { bound }) };
}

/** The grant of a connection. @throws ConnectionError `no-connection` | `needs-sign-in` */
export function grantIn(connection: Connection | undefined): Grant {
  if (!connection) throw new ConnectionError('no-connection', 'there is no such connection');
  if (connection.state.kind === 'needs-sign-in') throw new ConnectionError('needs-sign-in', 'the grant is over');
  return connection.state.grant;
}

/** What tells two access tokens apart and can be sent to a worker: no token is needed for that, and none travels (STO-4). */
export async function tokenFingerprint(accessToken: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken));
  return [...new Uint8Array(digest).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * After a failed refresh the server is left in peace for a while (REF-5).
 * @throws ConnectionError `refresh-failed`
 */
export function requireNotWaiting(connection: Connection | undefined, now: number): void {
  if (connection?.state.kind !== 'waiting' || connection.state.until <= now) return;
  throw new ConnectionError('refresh-failed', 'the last attempt to renew the token failed just now', {
    ...(connection.state.because && { oauth: connection.state.because }),
  });
}
