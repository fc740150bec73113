import { detectServerChange } from '#connections/discovery/server-change.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { InvalidationReason } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';

/** A rejection of a token that a refresh has not mended. */
export interface Rejection {
  /** The `resource_metadata` that it names: the resource may have changed its server (DISC-5). */
  metadataUrl?: string | undefined;
  /** What ended the sign-in where the server is the same; `only-if-moved`: then nothing has. */
  reason?: Exclude<InvalidationReason, 'server-changed'> | 'only-if-moved';
}

/**
 * Ends a grant whose token is rejected and can't be refreshed, for the reason that its resource gives (API-5, DISC-5). To be
 * called inside the connection's lock.
 */
export async function endRejectedGrant(
  { store, http }: { store: ConnectionStore; http: HttpClient },
  connectionId: string,
  staleToken: string,
  { metadataUrl, reason = 'token-refused' }: Rejection = {},
): Promise<void> {
  const connection = await store.reload(connectionId);
  // Another tab may have refreshed it, or signed in anew: that grant is not the one that was refused.
  if (connection?.state.kind !== 'connected' || connection.state.grant.accessToken !== staleToken) return;
  const { service, state } = connection;
  const tag = { flow: crypto.randomUUID(), kind: 'refresh', service: service.name, connection: connectionId } as const;
  const fresh = http.forFlow(tag, undefined, { fresh: true });
  const change = await detectServerChange(fresh, service, state.grant.server.issuer, metadataUrl);
  const at = http.now();
  if (change) await store.apply(connectionId, { type: 'ended', reason: 'server-changed', change, at });
  else if (reason !== 'only-if-moved') await store.apply(connectionId, { type: 'ended', reason, at });
}
