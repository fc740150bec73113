import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { keysOf } from '#connections/store/connection-record.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { TraceTag } from '#trace/event.ts';

import { isTokenStillAccepted } from './probe-revoked-token.ts';
import type { RevocationQueue } from './revocation-queue.ts';
import { revokeGrant, type ContextFor, type EnqueueRevocations, type RevocationOutcome } from './revoke-grant.ts';

export type DisconnectOutcome =
  | RevocationOutcome
  /** The server had already ended the grant, and no older token was left. */
  | { kind: 'nothing-to-revoke' };

export interface DisconnectDeps {
  store: ConnectionStore;
  http: HttpClient;
  keys: Pick<DpopKeyStore, 'remove'>;
  /** The queue for revocations that have not reached a server. */
  revocations: Pick<RevocationQueue, 'enqueue' | 'keyIds'>;
}

/**
 * Disconnects a connection. It is first removed locally, in every tab and regardless of the server's response (REV-4).
 * Then the server is asked to revoke its tokens, and the API is probed to see whether that took effect. Requests that
 * fail to reach the server are queued (REV-3). A refresh in flight finds the connection gone and revokes the tokens it
 * receives (REF-8).
 * @throws DOMException if the record can't be deleted from disk; nothing is removed or revoked then
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
  // If the record could not be read, we do not know which tokens are still valid.
  const isDamaged = state.kind === 'needs-sign-in' && state.reason === 'record-damaged';
  if (!grant && leftovers.length === 0) return { kind: isDamaged ? 'unconfirmed' : 'nothing-to-revoke' };
  const enqueue: EnqueueRevocations = (unsent, wasRefused) =>
    revocations.enqueue(
      connectionId,
      omitUndefined({
        revocations: unsent,
        service: service.name,
        at: http.now(),
        wasRefused: wasRefused || undefined,
      }),
    );
  const contextFor: ContextFor = (bound) => http.forFlow(tag, undefined, bound && { bound });
  const outcome = await revokeGrant(contextFor, grant, leftovers, enqueue);
  const isIneffective = outcome.kind === 'revoked' && grant && (await isTokenStillAccepted(http, tag, service, grant));
  const needed = await revocations.keyIds();
  for (const keyId of keysOf([connection])) if (!needed.has(keyId)) await keys.remove(keyId);
  if (isDamaged) return { kind: 'unconfirmed' };
  if (!isIneffective) return outcome;
  return omitUndefined({ kind: 'ineffective', worksUntil: grant.expiresAt });
}
