import type { ConnectionStore } from '#connections/store/connection-store.ts';

/** Waits while another tab may be refreshing a connection's token. */
export type WaitForOthers = (connectionId: string) => Promise<void>;

/** The polling interval, which detects a crashed tab; a tab that finishes announces the change. */
const POLL_MS = 1_000;

/**
 * Creates the fallback for browsers without Web Locks. If the journal says that a request is in flight, it belongs to another
 * tab; wait until it finishes or is old enough to count as abandoned (REF-3). Two tabs that check at exactly the same moment do
 * not see each other.
 */
export function createWaitForOthers(store: Pick<ConnectionStore, 'reload' | 'subscribe'>): WaitForOthers {
  return async (connectionId) => {
    for (;;) {
      const connection = await store.reload(connectionId);
      if (connection?.state.kind !== 'refreshing') return;
      await nextChange(store);
    }
  };
}

function nextChange({ subscribe }: Pick<ConnectionStore, 'subscribe'>): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      unsubscribe();
      clearTimeout(timer);
      resolve();
    };
    const unsubscribe = subscribe(end);
    const timer = setTimeout(end, POLL_MS);
  });
}
