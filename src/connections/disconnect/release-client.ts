import type { HttpClient } from '#connections/http/http-client.ts';
import type { ClientRef, Registrations } from '#connections/registration/registration-store.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Connection } from '#connections/store/connection-view.ts';

import type { RevocationQueue } from './revocation-queue.ts';

export interface ReleaseClientDeps {
  store: ConnectionStore;
  http: HttpClient;
  registrations: Pick<Registrations, 'release' | 'postponeRelease'>;
  revocations: Pick<RevocationQueue, 'isWaiting'>;
}

/**
 * Deletes a client's registration at its server, unless the client is still needed: by a connection, by a superseded token
 * that is revoked with a connection, or by a revocation that waits (REV-3). A server rejects a revocation from a client that
 * it no longer knows, and the token would stay valid. For a waiting revocation the release is postponed.
 * @param service the service's name, for the trace
 * @throws OAuthError | ChunkLoadError; the registration then still exists at the server
 */
export async function releaseClient(
  { store, http, registrations, revocations }: ReleaseClientDeps,
  service: string,
  client: ClientRef,
): Promise<void> {
  const { issuer, clientId } = client;
  await store.ready;
  const connections = (store.views() ?? []).flatMap(({ id }) => store.find(id) ?? []);
  const needed = connections.flatMap(clientsOf);
  if (needed.some((other) => other.issuer === issuer && other.clientId === clientId)) return;
  if (await revocations.isWaiting(client)) return registrations.postponeRelease(client);
  const tag = { flow: crypto.randomUUID(), kind: 'disconnect', service } as const;
  await registrations.release(http.forFlow(tag), issuer, clientId);
}

/** Returns the clients that a connection's tokens were issued to, superseded tokens included. */
export function clientsOf({ state, leftovers = [] }: Pick<Connection, 'state' | 'leftovers'>): ClientRef[] {
  const grants = [...(state.kind === 'needs-sign-in' ? [] : [state.grant]), ...leftovers];
  return grants.map(({ server, clientId }) => ({ issuer: server.issuer, clientId }));
}
