import type { TraceTag } from '#trace/event.ts';

import { revokeGrant, type RevocationOutcome } from './revoke-grant.ts';
import type { ConnectionStore } from './store.ts';
import type { Wire } from './wire.ts';

export type DisconnectOutcome =
  RevocationOutcome | /** The sign-in was over: no token was left. */ { kind: 'nothing-to-revoke' };

/**
 * Ends a connection: forgets it here at once, in every tab and whatever the server will say (REV-4), then asks the server
 * to revoke what it gave out. A refresh under way finds the connection gone and revokes what it gets (REF-8).
 */
export async function disconnect(
  { store, wire }: { store: ConnectionStore; wire: Wire },
  connectionId: string,
): Promise<DisconnectOutcome> {
  const connection = await store.reload(connectionId);
  await store.remove(connectionId);
  if (!connection || connection.state.kind === 'needs-sign-in') return { kind: 'nothing-to-revoke' };
  const tag: TraceTag = {
    flow: crypto.randomUUID(),
    kind: 'disconnect',
    service: connection.service.name,
    connection: connectionId,
  };
  return revokeGrant(wire.exchange(tag), connection.state.grant, connection.replaced);
}
