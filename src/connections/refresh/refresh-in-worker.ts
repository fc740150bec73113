import { ConnectionError } from '#connections/errors.ts';
import { openDpopKeyStore } from '#connections/http/dpop-key-store.ts';
import { createDpopSigner } from '#connections/http/dpop.ts';
import { createHttpClient } from '#connections/http/http-client.ts';
import { lockName, webLock } from '#connections/lock.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { openVault } from '#connections/store/vault.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { isLoopbackHost } from '#oauth/safe-url.ts';
import { openChangeChannel } from '#storage/change-channel.ts';
import { openPersistentStore } from '#storage/persistent-store.ts';
import { isStorageError } from '#storage/storage-health.ts';
import { createRecorder } from '#trace/recorder.ts';

import type { WorkerRefreshRequest, RefreshMessage } from './ask-worker.ts';
import { refreshGrant } from './refresh-grant.ts';

/** Refreshes tokens in the service worker, for pages that may be gone before the answer is there. */
export interface WorkerRefresher {
  /** Resolves when whatever came of it is in the vault: the worker is to be kept alive until then. */
  handle(request: WorkerRefreshRequest, port: Pick<MessagePort, 'postMessage'>): Promise<void>;
}

/**
 * A refresher over this origin's own vault and locks.
 * @param fetch of the worker: one that hands requests for the demo network to it
 * @param onError told of faults of the app itself
 */
export function openWorkerRefresher(fetch: Fetch, onError: (error: unknown) => void): WorkerRefresher {
  const now = (): number => Date.now();
  // No page can read the memory of a worker: where the disk does not take the journal, no request leaves, and a page sees to it.
  const vault = openVault(now, openPersistentStore('connections', { isDiskOnly: true }));
  const store = createConnectionStore(vault, openChangeChannel('connections'), now);
  const dpop = createDpopSigner(openDpopKeyStore(now), now);
  const allowLoopbackHttp = isLoopbackHost(location.hostname);
  return {
    async handle({ connectionId, ...options }, port) {
      const post = (message: RefreshMessage): void => port.postMessage(message);
      const recorder = createRecorder(now, { by: 'worker' });
      const http = createHttpClient({ fetch, recorder, now, allowLoopbackHttp, dpop });
      const asked = now();
      post({ type: 'heard' });
      // The lock is taken here, by whoever runs the refresh, and never by the asker: it dies with this worker alone.
      await webLock(lockName(connectionId), async () => {
        post({ type: 'at-work' });
        try {
          await store.ready;
          await refreshGrant({ store, http, random: Math.random }, connectionId, {
            ...options,
            waited: now() - asked,
          });
        } catch (error) {
          // What became of the grant is in the vault, where the page reads it.
          if (!(error instanceof ConnectionError || isStorageError(error))) onError(error);
        }
        // Said before the lock is free, which tells the page the same.
        post({ type: 'done', trace: recorder.kept() });
      });
    },
  };
}
