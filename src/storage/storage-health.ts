import { createObservable, type Observable } from './observable.ts';

/** Whether what is written outlives the page: `full` and `blocked` keep it in memory, until the tab closes. */
export type StorageState = 'kept' | 'full' | 'blocked';

/** How this browser's storage does, over all stores of this tab. */
export interface StorageHealth {
  state: Observable<StorageState>;
  /** How one store does. */
  of(store: string): StorageState;
  /** What became of the last write of one store. */
  note(store: string, state: StorageState): void;
}

/** The health of storage that nothing is known of yet: it counts as well. */
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

/** Whether the browser refused to store something: blocked, full, or erased meanwhile. IndexedDB and sessionStorage say so alike. */
export function isStorageError(error: unknown): error is DOMException {
  return error instanceof DOMException && REFUSALS.has(error.name);
}
