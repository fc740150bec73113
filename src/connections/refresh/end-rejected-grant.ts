import { detectServerChange } from '#connections/discovery/server-change.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { InvalidationReason } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';

/** The API's rejection of a token that a refresh did not fix. */
export interface Rejection {
  /** The `resource_metadata` URL from the challenge: the resource may have moved to another server (DISC-5). */
  metadataUrl?: string | undefined;
  /** The reason to record if the server is unchanged; with `only-if-moved` the grant then stays. */
  reason?: Exclude<InvalidationReason, 'server-changed'> | 'only-if-moved';
}

/**
 * Ends a grant whose token was rejected and cannot be refreshed, or reports that its resource changed its authorization server
 * (API-5, DISC-5). Must be called inside the connection's lock.
 */
export async function endRejectedGrant(
  { store, http }: { store: ConnectionStore; http: HttpClient },
  connectionId: string,
  staleToken: string,
  { metadataUrl, reason = 'token-refused' }: Rejection = {},
): Promise<void> {
  const connection = await store.reload(connectionId);
  // Another tab may have refreshed the token or signed in again; the stored grant is then not the rejected one.
  if (connection?.state.kind !== 'connected' || connection.state.grant.accessToken !== staleToken) return;
  const { service, state } = connection;
  const tag = { flow: crypto.randomUUID(), kind: 'refresh', service: service.name, connection: connectionId } as const;
  const fresh = http.forFlow(tag, undefined, { fresh: true });
  const change = await detectServerChange(fresh, service, state.grant.server.issuer, metadataUrl);
  const at = http.now();
  if (change) await store.apply(connectionId, { type: 'ended', reason: 'server-changed', change, at });
  else if (reason !== 'only-if-moved') await store.apply(connectionId, { type: 'ended', reason, at });
}
