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
import { createFinishingSignIn, type FinishingSignIn } from '#connections/sign-in/finishing-sign-in.ts';
import { createPendingSignIns, type PendingSignIns } from '#connections/sign-in/pending-sign-in.ts';
import { openVault, type Vault } from '#connections/store/vault.ts';
import type { Fetch } from '#oauth/flow-context.ts';
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
  finishing: FinishingSignIn;
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

/** Creates the platform from the browser's own fetch, clock and stores, and starts the worker. */
export function createPlatform(): Platform {
  const worker = startWorker(appUrl);
  const platform = openPlatform(fetchThroughWorker(worker), tabStorage(), () => Date.now(), {
    worker,
    lock: openLock(),
    allowLoopbackHttp: isLoopbackHost(location.hostname),
  });
  addEventListener('pagehide', () => platform.http.recorder.save());
  return platform;
}

/**
 * Opens this tab's stores and the HTTP client.
 * @param fetch sends every request of the app
 * @param tab this tab's sessionStorage; undefined if the browser blocks it
 * @param edges what the page decides, passed on as it is
 */
export function openPlatform(
  fetch: Fetch,
  tab: Storage | undefined,
  now: () => number,
  edges: Pick<Platform, 'worker' | 'lock' | 'allowLoopbackHttp'>,
): Platform {
  const health = createStorageHealth();
  const storesDropped = createObservable(0);
  const openStore = (name: DatabaseName): PersistentStore =>
    openPersistentStore(name, {
      health,
      onClosed: () => storesDropped.set(storesDropped.get() + 1),
      // If the disk accepts no writes, posts still survive a reload and a sign-in; tokens are never put there (STO-4).
      ...(name === 'posts' && { overflow: createMemoryFallback(tab, 'posts') }),
    });
  const keys = openDpopKeyStore(now);
  return {
    ...edges,
    http: createHttpClient({
      fetch,
      recorder: createRecorder(now, { storage: tab }),
      stepper: createStepDebugger(tab),
      now,
      allowLoopbackHttp: edges.allowLoopbackHttp,
      dpop: createDpopSigner(keys, now, tab),
      metadataCache: openMetadataCache(now, openStore('discovery')),
    }),
    vault: openVault(now, openStore('connections')),
    pending: createPendingSignIns(tab),
    finishing: createFinishingSignIn(tab),
    keys,
    pendingLogouts: createPendingLogouts(tab),
    consumedStates: openConsumedStates(now, openStore('used-sign-ins')),
    openStore,
    storage: health.state,
    storageOf: health.of,
    storesDropped,
  };
}
