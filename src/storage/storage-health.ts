import { createObservable, type Observable } from '#lib/observable.ts';

/** Whether written data outlives the page. With `full` and `blocked` it is held in memory until the tab closes. */
export type StorageState = 'kept' | 'full' | 'blocked';

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
  const state = createObservable<StorageState>('kept');
  const byStore = new Map<string, StorageState>();
  return {
    state,
    of: (store) => byStore.get(store) ?? 'kept',
    note(store, noted) {
      byStore.set(store, noted);
      const all = [...byStore.values()];
      const worst = all.find((one) => one === 'blocked') ?? all.find((one) => one === 'full') ?? 'kept';
      if (worst !== state.get()) state.set(worst);
    },
  };
}

const REFUSALS = new Set([
  'QuotaExceededError',
  'SecurityError',
  'InvalidStateError',
  'UnknownError',
  'NotFoundError',
  'VersionError',
]);

/**
 * Returns true if the browser refused to store something: storage is blocked, full, or was erased. IndexedDB and
 * sessionStorage throw the same errors.
 */
export function isStorageError(error: unknown): error is DOMException {
  return error instanceof DOMException && REFUSALS.has(error.name);
}
