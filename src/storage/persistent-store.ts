import { entries, get, promisifyRequest } from 'idb-keyval';

import type { DatabaseName } from './databases.ts';
import { openKeyValueStore } from './key-value-store.ts';
import { createMemoryFallback, type MemoryFallback } from './memory-fallback.ts';
import { isStorageError, type StorageHealth } from './storage-health.ts';

/** Values by key, on disk where the browser allows it. Values are unvalidated: whoever reads them checks them (STO-6). */
export interface PersistentStore {
  /** @throws DOMException when the disk, which worked before, can't be read now */
  get(key: string): Promise<unknown>;
  /** @throws DOMException as `get` */
  entries(): Promise<[string, unknown][]>;
  /** Resolves when the value is on disk, or in memory where the disk does not take it; as `add` and `replace`. @throws DOMException where it is disk only */
  set(key: string, value: unknown): Promise<void>;
  /** Sets a value unless there is one; resolves whether it did. Of all tabs only one is the first. */
  add(key: string, value: unknown): Promise<boolean>;
  /** Sets a value where there is one; resolves whether it did: what another tab has removed stays gone. */
  replace(key: string, value: unknown): Promise<boolean>;
  /** @throws DOMException when the disk does not let go of it: it would be back with the next page */
  delete(key: string): Promise<void>;
}

export interface KeptStoreOptions {
  health?: StorageHealth;
  /** Where to put what the disk refuses, so that it outlives the page; memory alone for what must not be there. */
  overflow?: MemoryFallback;
  /** What the disk refuses is thrown, and not kept in memory: for a memory that whoever needs the value can't read. */
  isDiskOnly?: true;
  /** Called when the browser has closed the database unasked: it may have cleared it. */
  onClosed?: () => void;
}

/**
 * A store of its own database. What the disk refuses, since it is blocked or full, is kept in memory over what is on disk,
 * and `health` is told: nobody's text or token is lost to a full disk. A disk that never worked for this page counts as
 * empty; of one that worked before nothing is assumed.
 */
export function openPersistentStore(name: DatabaseName, options: KeptStoreOptions = {}): PersistentStore {
  const { health, overflow, onClosed, isDiskOnly } = options;
  const disk = openKeyValueStore(name, onClosed);
  const refused = overflow ?? createMemoryFallback();
  let hasWorked = false;

  /** Runs `task` on disk; `otherwise` where the disk is not to be had. */
  const onDisk = async <T>(task: () => Promise<T>, otherwise: (fault: DOMException) => T | Promise<T>): Promise<T> => {
    try {
      const result = await task();
      hasWorked = true;
      health?.note(name, refused.size() > 0 ? 'full' : 'kept');
      return result;
    } catch (error) {
      if (!isStorageError(error)) throw error;
      health?.note(name, error.name === 'QuotaExceededError' ? 'full' : 'blocked');
      return otherwise(error);
    }
  };
  const reading = <T>(read: () => Promise<T>, empty: T): Promise<T> =>
    onDisk(read, (fault) => {
      if (hasWorked) throw fault;
      return empty;
    });
  /** One transaction that looks whether `key` is there and then acts; resolves when it is on disk. */
  const change = <T>(key: string, act: (values: IDBObjectStore, isThere: boolean) => T): Promise<T> =>
    disk('readwrite', async (values) => {
      const done = committed(values.transaction);
      const work = promisifyRequest(values.getKey(key)).then((found) => act(values, found !== undefined));
      const [result] = await Promise.all([work, done]);
      return result;
    });
  /** Sets a value where `isWanted` says so of its being there already. */
  const setWhere = (isWanted: (isThere: boolean) => boolean, key: string, value: unknown): Promise<boolean> => {
    let looked: { isOnDisk: boolean; sets: boolean } | undefined;
    return onDisk(
      async () => {
        const held = refused.get(key);
        const isSet = await change(key, (values, isOnDisk) => {
          // What was on disk when it was refused, and is not any more, another tab has removed.
          const sets = isWanted(isOnDisk || (held !== undefined && !held.wasOnDisk));
          looked = { isOnDisk, sets };
          if (sets) values.put(value, key);
          return sets;
        });
        refused.delete(key);
        return isSet;
      },
      (fault) => {
        if (isDiskOnly) throw fault;
        // Where it could not even be looked: a disk that never worked is empty, and of another no removal is assumed.
        const sets = looked?.sets ?? (hasWorked || isWanted(refused.get(key) !== undefined));
        if (sets) refused.set(key, { value, wasOnDisk: looked?.isOnDisk ?? false });
        return sets;
      },
    );
  };
  /** Writes what was refused before, now that there may be room. What has changed or was removed meanwhile stays so. */
  const flush = async (): Promise<void> => {
    for (const [key, held] of refused.entries()) {
      await setWhere((isThere) => refused.get(key) === held && (isThere || !held.wasOnDisk), key, held.value);
    }
  };
  return {
    async get(key) {
      const held = refused.get(key);
      const onDiskNow = await reading(() => get<unknown>(key, disk), undefined);
      if (held && !(held.wasOnDisk && onDiskNow === undefined)) return held.value;
      refused.delete(key);
      return onDiskNow;
    },
    async entries() {
      const found = new Map(await reading(() => entries<string, unknown>(disk), []));
      for (const [key, { value, wasOnDisk }] of refused.entries()) {
        if (wasOnDisk && !found.has(key)) refused.delete(key);
        else found.set(key, value);
      }
      if (refused.size() > 0) void flush();
      return [...found];
    },
    set: async (key, value) => void (await setWhere(() => true, key, value)),
    add: (key, value) => setWhere((isThere) => !isThere, key, value),
    replace: (key, value) => setWhere((isThere) => isThere, key, value),
    async delete(key) {
      await onDisk(
        () => change(key, (values) => void values.delete(key)),
        (fault) => {
          if (hasWorked) throw fault;
        },
      );
      refused.delete(key);
    },
  };
}

/** Resolves when a transaction is on disk. A full disk is told of by the abort, after the request's own error event. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => {
      reject(transaction.error ?? new DOMException('storage failed without a reason', 'UnknownError'));
    });
  });
}
