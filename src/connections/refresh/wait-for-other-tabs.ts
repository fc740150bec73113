import type { ConnectionStore } from '#connections/store/connection-store.ts';

/** Waits while another tab may be refreshing a connection's token. */
export type WaitForOthers = (connectionId: string) => Promise<void>;

/** For a tab that dies without a word; one that is done tells. */
const POLL_MS = 1_000;

/**
 * The fall-back where there are no Web Locks: a request that the journal says is in flight is another tab's, and is waited for
 * until it is done, or so old that nobody can be there any more (REF-3). Two tabs that look at the very same moment do not see
 * each other.
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
