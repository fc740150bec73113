import type { DisconnectOutcome } from '#connections/disconnect/disconnect.ts';
import type { InvalidationReason } from '#connections/store/connection-state.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';

/** A connection that is no more, as far as telling of it goes. */
export interface EndedConnection extends Pick<ConnectionView, 'service' | 'identity'> {
  /** What had ended its sign-in before. */
  endedBy?: InvalidationReason;
  outcome: DisconnectOutcome;
  /** Its id, by which it is known what its server says later. */
  id?: string;
  /** The sign-out at its provider, where that was chosen (REV-5). */
  signOut?: { host: string; progress: 'leaving' | 'ledBack' | 'unknown' };
}

/** What is to be told of a connection as it was. `signOut`: where the person signs out next. */
export function endedConnection(
  { id, service, identity, status }: ConnectionView,
  outcome: DisconnectOutcome,
  signOut: { host: string } | undefined,
): EndedConnection {
  return {
    id,
    service,
    outcome,
    ...(identity && { identity }),
    ...(status.kind === 'needs-sign-in' && { endedBy: status.reason }),
    ...(signOut && { signOut: { host: signOut.host, progress: 'leaving' } }),
  };
}
