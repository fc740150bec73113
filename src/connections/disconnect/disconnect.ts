import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { keysOf } from '#connections/store/connection-record.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { isStorageError } from '#storage/storage-health.ts';
import type { TraceTag } from '#trace/event.ts';

import { isConfirmed, type DisconnectOutcome } from './disconnect-outcome.ts';
import { probeRevokedToken } from './probe-revoked-token.ts';
import type { QueuedRevocations } from './queued-revocations.ts';
import type { RevocationQueue } from './revocation-queue.ts';
import { revocationsOf, revokeGrant, type ContextFor, type EnqueueRevocations } from './revoke-grant.ts';

export interface DisconnectDeps {
  store: ConnectionStore;
  http: HttpClient;
  keys: Pick<DpopKeyStore, 'remove'>;
  /** The queue for revocations that have not reached a server. */
  revocations: Pick<RevocationQueue, 'enqueue' | 'remove' | 'keyIds'>;
}

/**
 * Disconnects a connection. It is first removed locally, in every tab and regardless of the server's response (REV-4).
 * Then the server is asked to revoke its tokens, and the API is probed to see whether that took effect. The tokens are in
 * the queue before the first request, and stay there until the server has responded, so a closed page loses none; what was
 * not confirmed is reported until the user dismisses it (REV-3). A refresh in flight finds the connection gone and revokes
 * the tokens it receives (REF-8).
 * @throws DOMException if the record can't be deleted from disk; nothing is removed or revoked then
 */
export async function disconnect(deps: DisconnectDeps, connectionId: string): Promise<DisconnectOutcome> {
  const { store, http, keys, revocations } = deps;
  const connection = await store.reload(connectionId);
  if (!connection) {
    await store.remove(connectionId);
    return { kind: 'nothing-to-revoke' };
  }
  await queueAll(deps, connection);
  try {
    await store.remove(connectionId);
  } catch (error) {
    await revocations.remove(connectionId);
    throw error;
  }
  const { id, service, identity, state } = connection;
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service: service.name, connection: id };
  http.recorder.record(tag, { type: 'removed', where: 'IndexedDB', what: 'connection' });
  const { outcome, ...left } = await revokeAll(http, connection, tag);
  const endedBy = state.kind === 'needs-sign-in' ? state.reason : undefined;
  if (isConfirmed(outcome, endedBy)) await revocations.remove(id);
  else {
    const report = omitUndefined({ service, identity, endedBy, outcome });
    await revocations.enqueue(id, { service: service.name, at: http.now(), report, ...left });
  }
  const needed = await revocations.keyIds();
  for (const keyId of keysOf([connection])) if (!needed.has(keyId)) await keys.remove(keyId);
  return outcome;
}

/** Stores the revocations of a connection before any of them is sent. Without storage, they are only sent once. */
async function queueAll({ http, revocations }: DisconnectDeps, connection: Connection): Promise<void> {
  const { id, service, identity, state, leftovers } = connection;
  const grant = state.kind === 'needs-sign-in' ? undefined : state.grant;
  const unsent = revocationsOf(grant, leftovers);
  if (unsent.length === 0) return;
  const now = http.now();
  const outcome: DisconnectOutcome = omitUndefined({
    kind: 'unconfirmed',
    asksAgain: true,
    worksUntil: grant?.expiresAt,
  });
  try {
    await revocations.enqueue(id, {
      revocations: unsent,
      service: service.name,
      at: now,
      sendingSince: now,
      report: omitUndefined({ service, identity, outcome }),
    });
  } catch (error) {
    if (!isStorageError(error)) throw error;
  }
}

/** Sends the revocations and probes the API. Returns the outcome and what remains to be sent. */
async function revokeAll(
  http: HttpClient,
  { service, state, leftovers = [] }: Connection,
  tag: TraceTag,
): Promise<Pick<QueuedRevocations, 'revocations' | 'wasRefused'> & { outcome: DisconnectOutcome }> {
  const grant = state.kind === 'needs-sign-in' ? undefined : state.grant;
  // If the record could not be read, we do not know which tokens are still valid.
  const isDamaged = state.kind === 'needs-sign-in' && state.reason === 'record-damaged';
  let left: Pick<QueuedRevocations, 'revocations' | 'wasRefused'> = { revocations: [] };
  if (!grant && leftovers.length === 0) {
    return { ...left, outcome: { kind: isDamaged ? 'unconfirmed' : 'nothing-to-revoke' } };
  }
  const enqueue: EnqueueRevocations = (revocations, wasRefused) => {
    left = omitUndefined({ revocations, wasRefused: wasRefused || undefined });
  };
  const contextFor: ContextFor = (bound) => http.forFlow(tag, undefined, bound && { bound });
  const outcome = await revokeGrant(contextFor, grant, leftovers, enqueue);
  if (isDamaged) return { ...left, outcome: { kind: 'unconfirmed' } };
  const isOnlyAccessTokenRefused = outcome.kind === 'unconfirmed' && outcome.because === 'only-access-token-refused';
  if (!grant || (outcome.kind !== 'revoked' && !isOnlyAccessTokenRefused)) return { ...left, outcome };
  const probed = await probeRevokedToken(http, tag, service, grant);
  if (isOnlyAccessTokenRefused) return { ...left, outcome: probed === 'rejected' ? { kind: 'revoked' } : outcome };
  if (probed !== 'accepted') return { ...left, outcome };
  return { ...left, outcome: omitUndefined({ kind: 'ineffective', worksUntil: grant.expiresAt }) };
}
