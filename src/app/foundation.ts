import { appUrl } from '#base.ts';
import { createPendingSignIns, type PendingSignIns } from '#connections/pending-sign-in.ts';
import { openUsedStates, type UsedStates } from '#connections/used-states.ts';
import { openVault, type Vault } from '#connections/vault.ts';
import { createWire, type Wire } from '#connections/wire.ts';
import { isLoopbackHost } from '#oauth/safe-url.ts';
import { createRecorder } from '#trace/recorder.ts';

import { startWorker, type WorkerControl } from './worker-control.ts';

/** What both halves of the app stand on: the small one that finishes a sign-in, and the large one with the screens. */
export interface Foundation {
  wire: Wire;
  vault: Vault;
  pending: PendingSignIns;
  usedStates: UsedStates;
  worker: WorkerControl;
}

/** Lays the foundation on the platform's own fetch, clock and stores. */
export function layFoundation(): Foundation {
  const now = (): number => Date.now();
  const recorder = createRecorder(now, sessionStorage);
  addEventListener('pagehide', () => recorder.save());
  return {
    wire: createWire({
      fetch: fetch.bind(globalThis),
      recorder,
      now,
      allowLoopbackHttp: isLoopbackHost(location.hostname),
    }),
    vault: openVault(now),
    pending: createPendingSignIns(sessionStorage, now),
    usedStates: openUsedStates(now),
    worker: startWorker(appUrl),
  };
}
