import type { DisconnectService } from '#connections/disconnect/disconnect-service.ts';
import { resendWhileUnsent } from '#connections/disconnect/resend-unsent.ts';
import { resumeRefreshes } from '#connections/refresh/resume-refreshes.ts';

import type { Connections } from './connections.ts';

interface BackgroundDeps {
  connections: Connections;
  disconnects: Pick<DisconnectService, 'sendUnsent'>;
  /** The stores that miss other tabs' messages while the page is in the back/forward cache. */
  stores: readonly { reloadAll: () => Promise<void> }[];
  now: () => number;
  onError: (error: unknown) => void;
}

/**
 * Starts what the page does for its connections without the user: resumes refreshes, sends queued revocations, deletes unused
 * DPoP keys, and catches up when the page returns from the back/forward cache.
 */
export function startBackgroundTasks({ connections, disconnects, stores, now, onError }: BackgroundDeps): void {
  const { store, tokens, signIns } = connections;
  const sendUnsent = (): void => void disconnects.sendUnsent().catch(onError);
  resumeRefreshes({ connections: store, tokens, now, onError });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    // After a bfcache restore the page is no longer redirecting and has missed other tabs' messages.
    signIns.cancel();
    signIns.refreshAbandoned();
    for (const { reloadAll } of stores) reloadAll().catch(onError);
    sendUnsent();
  });
  addEventListener('online', sendUnsent);
  resendWhileUnsent(connections.revocations.hasUnsent, sendUnsent);
  sendUnsent();
  connections.sweepKeys().catch(onError);
}
