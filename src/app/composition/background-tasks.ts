import type { DisconnectService } from '#connections/disconnect/disconnect-service.ts';
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

/** How often revocations that a server did not respond to are sent again, in milliseconds. */
const RESEND_MS = 5 * 60_000;

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
  // A server that failed comes back without an event.
  setInterval(sendUnsent, RESEND_MS);
  sendUnsent();
  connections.sweepKeys().catch(onError);
}
