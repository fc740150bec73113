import { OAuthError } from '#oauth/errors.ts';
import { revokeToken } from '#oauth/revoke.ts';
import type { TraceTag } from '#trace/event.ts';

import type { Lock } from './lock.ts';
import type { ConnectionStore } from './store.ts';
import type { Wire } from './wire.ts';

/**
 * Ends a connection: asks the server to revoke the refresh token, then the access token (REV-1), and forgets both here
 * whatever it answers (REV-4). It waits for a refresh under way, whose new tokens would otherwise be left alive (REF-8).
 * @returns whether the server confirmed every revocation
 */
export function disconnect(
  { store, wire, lock }: { store: ConnectionStore; wire: Wire; lock: Lock },
  connectionId: string,
): Promise<{ confirmed: boolean }> {
  return lock(`refresh ${connectionId}`, async () => {
    const connection = await store.reload(connectionId);
    if (!connection || connection.state.kind === 'needs-sign-in') {
      await store.remove(connectionId);
      return { confirmed: true };
    }
    const { grant } = connection.state;
    await store.apply(connectionId, { type: 'revocation-started' });
    const tag: TraceTag = {
      flow: crypto.randomUUID(),
      kind: 'disconnect',
      service: connection.service.name,
      connection: connectionId,
    };
    const exchange = wire.exchange(tag);
    let confirmed = true;
    for (const hint of ['refresh_token', 'access_token'] as const) {
      const token = hint === 'refresh_token' ? grant.refreshToken : grant.accessToken;
      if (token === undefined) continue;
      try {
        await revokeToken(exchange, { ...grant, token, hint });
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error;
        confirmed = false;
      }
    }
    await store.remove(connectionId);
    return { confirmed };
  });
}
