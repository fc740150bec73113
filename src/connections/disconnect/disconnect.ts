import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { keysOf } from '#connections/store/connection-record.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { TraceTag } from '#trace/event.ts';

import { isTokenStillAccepted } from './probe-revoked-token.ts';
import type { RevocationQueue } from './revocation-queue.ts';
import { revokeGrant, type ContextFor, type EnqueueRevocations, type RevocationOutcome } from './revoke-grant.ts';

export type DisconnectOutcome =
  | RevocationOutcome
  /** The server had ended the sign-in, and no older token was left. */
  | { kind: 'nothing-to-revoke' };

export interface DisconnectDeps {
  store: ConnectionStore;
  http: HttpClient;
  keys: Pick<DpopKeyStore, 'remove'>;
  /** Where revocations go that no server has heard. */
  revocations: Pick<RevocationQueue, 'enqueue' | 'keyIds'>;
}

/**
 * Ends a connection: forgets it here at once, in every tab and whatever the server will say (REV-4), then asks the server
 * to revoke what it gave out, and sees whether that had an effect. What it does not hear is sent later (REV-3). A refresh under
 * way finds the connection gone and revokes what it gets (REF-8).
 * @throws DOMException when the disk does not let go of it: nothing is forgotten then, and nothing was asked
 */
export async function disconnect(
  { store, http, keys, revocations }: DisconnectDeps,
  connectionId: string,
): Promise<DisconnectOutcome> {
  const connection = await store.reload(connectionId);
  await store.remove(connectionId);
  if (!connection) return { kind: 'nothing-to-revoke' };
  const { state, service, leftovers = [] } = connection;
  const tag: TraceTag = {
    flow: crypto.randomUUID(),
    kind: 'disconnect',
    service: service.name,
    connection: connectionId,
  };
  http.recorder.record(tag, { type: 'removed', where: 'IndexedDB', what: 'connection' });
  const grant = state.kind === 'needs-sign-in' ? undefined : state.grant;
  // Of a record that could not be read nobody knows which tokens live on.
  const isDamaged = state.kind === 'needs-sign-in' && state.reason === 'record-damaged';
  if (!grant && leftovers.length === 0) return { kind: isDamaged ? 'unconfirmed' : 'nothing-to-revoke' };
  const enqueue: EnqueueRevocations = (unsent, wasRefused) =>
    revocations.enqueue(connectionId, {
      revocations: unsent,
      service: service.name,
      at: http.now(),
      ...(wasRefused && { wasRefused: true }),
    });
  const contextFor: ContextFor = (bound) => http.forFlow(tag, undefined, bound && { bound });
  const outcome = await revokeGrant(contextFor, grant, leftovers, enqueue);
  const isIneffective = outcome.kind === 'revoked' && grant && (await isTokenStillAccepted(http, tag, service, grant));
  const needed = await revocations.keyIds();
  for (const keyId of keysOf([connection])) if (!needed.has(keyId)) await keys.remove(keyId);
  if (isDamaged) return { kind: 'unconfirmed' };
  if (!isIneffective) return outcome;
  return { kind: 'ineffective', ...(grant.expiresAt !== undefined && { worksUntil: grant.expiresAt }) };
}
