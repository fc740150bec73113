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

/** Refreshes tokens in the service worker, for pages that may close before the response arrives. */
export interface WorkerRefresher {
  /** Handles one request. Resolves when the result is in the vault; the worker must stay alive until then. */
  handle(request: WorkerRefreshRequest, port: Pick<MessagePort, 'postMessage'>): Promise<void>;
}

/**
 * Opens a refresher that uses this origin's vault and locks.
 * @param fetch the worker's fetch, which routes requests for the demo network to it
 * @param onError receives unexpected errors of the app itself
 */
export function openWorkerRefresher(fetch: Fetch, onError: (error: unknown) => void): WorkerRefresher {
  const now = (): number => Date.now();
  // No page can read a worker's memory. If the journal cannot be written to disk, send no request and let a page refresh.
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
      post({ type: 'ack' });
      // The worker takes the lock, not the page that asked, so the lock's lifetime is tied to this worker alone.
      await webLock(lockName(connectionId), async () => {
        post({ type: 'started' });
        try {
          await store.ready;
          await refreshGrant({ store, http, random: Math.random }, connectionId, {
            ...options,
            waited: now() - asked,
          });
        } catch (error) {
          // The page reads the outcome from the vault.
          if (!(error instanceof ConnectionError || isStorageError(error))) onError(error);
        }
        // Sent before the lock is released, because the page treats a free lock as a dead or finished worker.
        post({ type: 'done', trace: recorder.snapshot() });
      });
    },
  };
}
