import { ConnectionError } from '#connections/errors.ts';
import { openProofKeys } from '#connections/http/dpop-key-store.ts';
import { createProofs } from '#connections/http/dpop.ts';
import { createWire } from '#connections/http/http-client.ts';
import { lockOf, webLock } from '#connections/lock.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { openVault } from '#connections/store/vault.ts';
import type { Fetch } from '#oauth/exchange.ts';
import { isLoopbackHost } from '#oauth/safe-url.ts';
import { openChangeChannel } from '#storage/change-channel.ts';
import { openKeptStore } from '#storage/kept-store.ts';
import { isStorageFault } from '#storage/storage-health.ts';
import { createRecorder } from '#trace/recorder.ts';

import type { RenewalRequest, RenewalWord } from './ask-worker.ts';
import { renewLocked } from './refresh-grant.ts';

/** Renews tokens in the service worker, for pages that may be gone before the answer is there. */
export interface RenewalDesk {
  /** Resolves when whatever came of it is in the vault: the worker is to be kept alive until then. */
  answer(request: RenewalRequest, port: Pick<MessagePort, 'postMessage'>): Promise<void>;
}

/**
 * The desk, over this origin's own vault and locks.
 * @param fetch of the worker: one that hands requests for the demo network to it
 * @param onFault told of faults of the app itself
 */
export function openRenewalDesk(fetch: Fetch, onFault: (error: unknown) => void): RenewalDesk {
  const now = (): number => Date.now();
  // No page can read the memory of a worker: where the disk does not take the journal, no request leaves, and a page sees to it.
  const vault = openVault(now, openKeptStore('connections', { isDiskOnly: true }));
  const store = createConnectionStore(vault, openChangeChannel('connections'), now);
  const proofs = createProofs(openProofKeys(now), now);
  const allowLoopbackHttp = isLoopbackHost(location.hostname);
  return {
    async answer({ connectionId, ...wanted }, port) {
      const say = (word: RenewalWord): void => port.postMessage(word);
      const recorder = createRecorder(now, { by: 'worker' });
      const wire = createWire({ fetch, recorder, now, allowLoopbackHttp, proofs });
      const asked = now();
      say({ type: 'heard' });
      // The lock is taken here, by whoever runs the refresh, and never by the asker: it dies with this worker alone.
      await webLock(lockOf(connectionId), async () => {
        say({ type: 'at-work' });
        try {
          await store.ready;
          await renewLocked({ store, wire, random: Math.random }, connectionId, {
            ...wanted,
            waited: now() - asked,
          });
        } catch (error) {
          // What became of the grant is in the vault, where the page reads it.
          if (!(error instanceof ConnectionError || isStorageFault(error))) onFault(error);
        }
        // Said before the lock is free, which tells the page the same.
        say({ type: 'done', trace: recorder.kept() });
      });
    },
  };
}
