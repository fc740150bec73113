import type { DisconnectOutcome } from '#connections/disconnect/disconnect-outcome.ts';
import type { InvalidationReason } from '#connections/store/connection-state.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

/** What the result message needs to know about a connection that no longer exists. */
export interface EndedConnection extends Pick<ConnectionView, 'service' | 'identity'> {
  /** Why its sign-in had already ended. */
  endedBy?: InvalidationReason;
  outcome: DisconnectOutcome;
  /** The connection's id, to match later revocation results. */
  id?: string;
  /** The sign-out at its provider, if the user chose it (REV-5). */
  signOut?: { host: string; progress: 'leaving' | 'ledBack' | 'unknown' };
}

/** Returns the record of a connection that ends, with its last status. `signOut` is the host where the user signs out next. */
export function endedConnection(
  { id, service, identity, status }: ConnectionView,
  outcome: DisconnectOutcome,
  signOut: { host: string } | undefined,
): EndedConnection {
  return omitUndefined({
    id,
    service,
    outcome,
    identity,
    endedBy: status.kind === 'needs-sign-in' ? status.reason : undefined,
    signOut: signOut && { host: signOut.host, progress: 'leaving' as const },
  });
}
