import { createObservable, type Observable } from '#lib/observable.ts';

/** Whether written data outlives the page. With `full` and `blocked` it is held in memory until the tab closes. */
export type StorageState = 'ok' | 'full' | 'blocked';

/** The health of this browser's storage, over all stores of this tab. */
export interface StorageHealth {
  state: Observable<StorageState>;
  /** Returns the state of one store. */
  of(store: string): StorageState;
  /** Records the result of the last write of one store. */
  note(store: string, state: StorageState): void;
}

/** Creates the health tracker; storage counts as healthy until a failure is noted. */
export function createStorageHealth(): StorageHealth {
  const state = createObservable<StorageState>('ok');
  const byStore = new Map<string, StorageState>();
  return {
    state,
    of: (store) => byStore.get(store) ?? 'ok',
    note(store, noted) {
      byStore.set(store, noted);
      const all = [...byStore.values()];
      const worst = all.find((one) => one === 'blocked') ?? all.find((one) => one === 'full') ?? 'ok';
      if (worst !== state.get()) state.set(worst);
    },
  };
}

const STORAGE_ERRORS = new Set([
  'QuotaExceededError',
  'SecurityError',
  'InvalidStateError',
  'UnknownError',
  'NotFoundError',
  'VersionError',
]);

/**
 * Returns true if the browser rejected a write: storage is blocked, full, or was erased. IndexedDB and
 * sessionStorage throw the same errors.
 */
export function isStorageError(error: unknown): error is DOMException {
  return error instanceof DOMException && STORAGE_ERRORS.has(error.name);
}
