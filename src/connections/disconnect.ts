import type { TraceTag } from '#trace/event.ts';

import type { ProofKeys } from './proof-keys.ts';
import { keysOf } from './record.ts';
import { revokeGrant, type RevocationOutcome } from './revoke-grant.ts';
import { stillWorks } from './still-works.ts';
import type { ConnectionStore } from './store.ts';
import type { Wire } from './wire.ts';

export type DisconnectOutcome =
  | RevocationOutcome
  /** The server had ended the sign-in, and no older token was left. */
  | { kind: 'nothing-to-revoke' };

/**
 * Ends a connection: forgets it here at once, in every tab and whatever the server will say (REV-4), then asks the server
 * to revoke what it gave out, and sees whether that had an effect. A refresh under way finds the connection gone and revokes what it gets (REF-8).
 * @throws DOMException when the disk does not let go of it: nothing is forgotten then, and nothing was asked
 */
export async function disconnect(
  { store, wire, keys }: { store: ConnectionStore; wire: Wire; keys: Pick<ProofKeys, 'remove'> },
  connectionId: string,
): Promise<DisconnectOutcome> {
  const connection = await store.reload(connectionId);
  await store.remove(connectionId);
  if (!connection) return { kind: 'nothing-to-revoke' };
  const { state, service, leftovers = [] } = connection;
  const grant = state.kind === 'needs-sign-in' ? undefined : state.grant;
  // Of a record that could not be read nobody knows which tokens live on.
  const isDamaged = state.kind === 'needs-sign-in' && state.reason === 'record-damaged';
  if (!grant && leftovers.length === 0) return { kind: isDamaged ? 'unconfirmed' : 'nothing-to-revoke' };
  const tag: TraceTag = {
    flow: crypto.randomUUID(),
    kind: 'disconnect',
    service: service.name,
    connection: connectionId,
  };
  const outcome = await revokeGrant((bound) => wire.exchange(tag, undefined, bound && { bound }), grant, leftovers);
  const isIneffective = outcome.kind === 'revoked' && grant && (await stillWorks(wire, tag, service, grant));
  for (const keyId of keysOf([connection])) await keys.remove(keyId);
  if (isDamaged) return { kind: 'unconfirmed' };
  if (!isIneffective) return outcome;
  return { kind: 'ineffective', ...(grant.expiresAt !== undefined && { worksUntil: grant.expiresAt }) };
}
