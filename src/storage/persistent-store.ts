import { entries, get, promisifyRequest } from 'idb-keyval';

import type { DatabaseName } from './databases.ts';
import { openKeyValueStore } from './key-value-store.ts';
import { createMemoryFallback, type MemoryFallback } from './memory-fallback.ts';
import { isStorageError, type StorageHealth } from './storage-health.ts';

/** Values by key, on disk if the browser allows it. Values are not validated; readers must check them (STO-6). */
export interface PersistentStore {
  /** @throws DOMException if the disk worked before and can't be read now */
  get(key: string): Promise<unknown>;
  /** @throws DOMException as `get` */
  entries(): Promise<[string, unknown][]>;
  /**
   * Resolves when the value is on disk, or in memory if the disk rejects it. `add` and `replace` do the same.
   * @throws DOMException if the disk rejects the value and the store is disk-only
   */
  set(key: string, value: unknown): Promise<void>;
  /** Sets a value unless one exists; resolves to whether it did. If several tabs try, only one succeeds. */
  add(key: string, value: unknown): Promise<boolean>;
  /**
   * Sets a value only if one exists; resolves to whether it did. A value that another tab has removed stays removed.
   */
  replace(key: string, value: unknown): Promise<boolean>;
  /** @throws DOMException if the disk rejects the deletion: the next page would find the value again */
  delete(key: string): Promise<void>;
}

export interface PersistentStoreOptions {
  health?: StorageHealth;
  /**
   * Holds values that the disk rejects, so that they outlive the page. Omit it for values that may only be in memory.
   */
  overflow?: MemoryFallback;
  /**
   * Throws if the disk rejects a value, instead of holding it in memory: for values read by a context that can't see
   * this memory.
   */
  isDiskOnly?: true;
  /** Called when the browser has closed the database on its own: it may have cleared it. */
  onClosed?: () => void;
}

/**
 * Opens a store in its own database. If the disk rejects a value because it is blocked or full, the value is held in
 * memory and takes precedence over the disk, and `health` is updated: a full disk loses no text or token. A disk that
 * never worked for this page counts as empty; if it worked before, nothing is assumed.
 */
export function openPersistentStore(name: DatabaseName, options: PersistentStoreOptions = {}): PersistentStore {
  const { health, overflow, onClosed, isDiskOnly } = options;
  const disk = openKeyValueStore(name, onClosed);
  const fallback = overflow ?? createMemoryFallback();
  let hasWorked = false;

  /** Runs `task` on disk, or `otherwise` if the disk is unavailable. */
  const onDisk = async <T>(task: () => Promise<T>, otherwise: (error: DOMException) => T | Promise<T>): Promise<T> => {
    try {
      const result = await task();
      hasWorked = true;
      health?.note(name, fallback.size() > 0 ? 'full' : 'ok');
      return result;
    } catch (error) {
      if (!isStorageError(error)) throw error;
      health?.note(name, error.name === 'QuotaExceededError' ? 'full' : 'blocked');
      return otherwise(error);
    }
  };
  const reading = <T>(read: () => Promise<T>, empty: T): Promise<T> =>
    onDisk(read, (error) => {
      if (hasWorked) throw error;
      return empty;
    });
  /** Checks whether `key` exists and then acts, in one transaction; resolves when it is on disk. */
  const change = <T>(key: string, act: (values: IDBObjectStore, isThere: boolean) => T): Promise<T> =>
    disk('readwrite', async (values) => {
      const done = committed(values.transaction);
      const work = promisifyRequest(values.getKey(key)).then((found) => act(values, found !== undefined));
      const [result] = await Promise.all([work, done]);
      return result;
    });
  /** Sets a value if `isWanted`, given whether the key exists, returns true. */
  const setWhere = (isWanted: (isThere: boolean) => boolean, key: string, value: unknown): Promise<boolean> => {
    let looked: { isOnDisk: boolean; sets: boolean } | undefined;
    return onDisk(
      async () => {
        const held = fallback.get(key);
        const isSet = await change(key, (values, isOnDisk) => {
          // It was on disk when the write failed and is gone now: another tab deleted it.
          const sets = isWanted(isOnDisk || (held !== undefined && !held.wasOnDisk));
          looked = { isOnDisk, sets };
          if (sets) values.put(value, key);
          return sets;
        });
        fallback.delete(key);
        return isSet;
      },
      (error) => {
        if (isDiskOnly) throw error;
        // If the disk could not be read at all: one that never worked counts as empty; for one that worked before,
        // assume no removal.
        const sets = looked?.sets ?? (hasWorked || isWanted(fallback.get(key) !== undefined));
        if (sets) fallback.set(key, { value, wasOnDisk: looked?.isOnDisk ?? false });
        return sets;
      },
    );
  };
  /**
   * Writes the values that were rejected before, in case there is space now. Skips values that have changed or been
   * removed in the meantime.
   */
  const flush = async (): Promise<void> => {
    for (const [key, held] of fallback.entries()) {
      await setWhere((isThere) => fallback.get(key) === held && (isThere || !held.wasOnDisk), key, held.value);
    }
  };
  return {
    async get(key) {
      const held = fallback.get(key);
      const onDiskNow = await reading(() => get<unknown>(key, disk), undefined);
      if (held && !(held.wasOnDisk && onDiskNow === undefined)) return held.value;
      fallback.delete(key);
      return onDiskNow;
    },
    async entries() {
      const found = new Map(await reading(() => entries<string, unknown>(disk), []));
      for (const [key, { value, wasOnDisk }] of fallback.entries()) {
        if (wasOnDisk && !found.has(key)) fallback.delete(key);
        else found.set(key, value);
      }
      if (fallback.size() > 0) void flush();
      return [...found];
    },
    set: async (key, value) => void (await setWhere(() => true, key, value)),
    add: (key, value) => setWhere((isThere) => !isThere, key, value),
    replace: (key, value) => setWhere((isThere) => isThere, key, value),
    async delete(key) {
      await onDisk(
        () => change(key, (values) => void values.delete(key)),
        (error) => {
          if (hasWorked) throw error;
        },
      );
      fallback.delete(key);
    },
  };
}

/**
 * Resolves when a transaction is on disk. A full disk is reported by the abort event, after the request's own error
 * event.
 */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => {
      reject(transaction.error ?? new DOMException('storage failed without a reason', 'UnknownError'));
    });
  });
}
