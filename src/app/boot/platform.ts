import { startWorker, type WorkerControl } from '#app/service-worker/registration.ts';
import { fetchThroughWorker } from '#app/service-worker/worker-fetch.ts';
import { appUrl } from '#base.ts';
import { createPendingLogouts, type PendingLogouts } from '#connections/disconnect/pending-logout.ts';
import { openDpopKeyStore, type DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import { createDpopSigner } from '#connections/http/dpop.ts';
import { createHttpClient, type HttpClient } from '#connections/http/http-client.ts';
import { openMetadataCache } from '#connections/http/metadata-cache.ts';
import { openLock, type Lock } from '#connections/lock.ts';
import { openConsumedStates, type ConsumedStates } from '#connections/sign-in/consumed-states.ts';
import { createPendingSignIns, type PendingSignIns } from '#connections/sign-in/pending-sign-in.ts';
import { openVault, type Vault } from '#connections/store/vault.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { isLoopbackHost } from '#oauth/safe-url.ts';
import type { DatabaseName } from '#storage/databases.ts';
import { createMemoryFallback } from '#storage/memory-fallback.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';
import { createStorageHealth, type StorageState } from '#storage/storage-health.ts';
import { createRecorder } from '#trace/recorder.ts';
import { createStepDebugger } from '#trace/step-debugger.ts';

/** Infrastructure shared by the callback bundle and the UI bundle. */
export interface Platform {
  http: HttpClient;
  vault: Vault;
  pending: PendingSignIns;
  keys: DpopKeyStore;
  pendingLogouts: PendingLogouts;
  consumedStates: ConsumedStates;
  worker: WorkerControl;
  lock: Lock;
  /** Opens a store, which reports its health to `storage`. */
  openStore: (name: DatabaseName) => PersistentStore;
  /** Whether written data outlives this page. */
  storage: Observable<StorageState>;
  /** Returns whether data written to one store outlives this page. */
  storageOf: (name: DatabaseName) => StorageState;
  /** How often the browser has closed a store by itself, as it does when it evicts the site's data. */
  storesDropped: Observable<number>;
  /** True if the page's own host is loopback (DISC-9). */
  allowLoopbackHttp: boolean;
}

/** Returns this tab's sessionStorage; undefined if the browser blocks it, which most do by throwing on access. */
function tabStorage(): Storage | undefined {
  try {
    return sessionStorage ?? undefined; // null in WebKit if the embedder disables it
  } catch {
    return undefined;
  }
}

/** Creates the infrastructure from the browser's own fetch, clock and stores. */
export function createPlatform(): Platform {
  const now = (): number => Date.now();
  const tab = tabStorage();
  const health = createStorageHealth();
  const storesDropped = createObservable(0);
  const openStore = (name: DatabaseName): PersistentStore =>
    openPersistentStore(name, {
      health,
      onClosed: () => storesDropped.set(storesDropped.get() + 1),
      // If the disk accepts no writes, posts still survive a reload and a sign-in; tokens are never put there (STO-4).
      ...(name === 'posts' && { overflow: createMemoryFallback(tab, 'posts') }),
    });
  const recorder = createRecorder(now, tab && { storage: tab });
  const worker = startWorker(appUrl);
  const allowLoopbackHttp = isLoopbackHost(location.hostname);
  const keys = openDpopKeyStore(now);
  addEventListener('pagehide', () => recorder.save());
  return {
    http: createHttpClient({
      fetch: fetchThroughWorker(worker),
      recorder,
      stepper: createStepDebugger(tab),
      now,
      allowLoopbackHttp,
      dpop: createDpopSigner(keys, now, tab),
      metadataCache: openMetadataCache(now, openStore('discovery')),
    }),
    vault: openVault(now, openStore('connections')),
    pending: createPendingSignIns(tab),
    keys,
    pendingLogouts: createPendingLogouts(tab),
    consumedStates: openConsumedStates(now, openStore('used-sign-ins')),
    worker,
    lock: openLock(),
    openStore,
    storage: health.state,
    storageOf: health.of,
    storesDropped,
    allowLoopbackHttp,
  };
}
