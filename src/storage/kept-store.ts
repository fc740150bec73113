import { del, entries, get, promisifyRequest, set } from 'idb-keyval';

import type { DatabaseName } from './databases.ts';
import { openKeyValueStore } from './key-value-store.ts';
import { isStorageFault, type StorageHealth } from './storage-health.ts';

/** Values by key, on disk where the browser allows it. Values are unvalidated: whoever reads them checks them (STO-6). */
export interface KeptStore {
  get(key: string): Promise<unknown>;
  entries(): Promise<[string, unknown][]>;
  /** Resolves when the value is on disk, or in memory where there is no disk. */
  set(key: string, value: unknown): Promise<void>;
  /** Sets a value unless there is one; resolves whether it did. Of all tabs only one is the first. */
  add(key: string, value: unknown): Promise<boolean>;
  /** Sets a value where there is one; resolves whether it did: what another tab has removed stays gone. */
  replace(key: string, value: unknown): Promise<boolean>;
  delete(key: string): Promise<void>;
}

/**
 * A store of its own database. What the disk refuses, since it is blocked or full, is kept in memory as long as the page
 * lives, and `health` is told: nobody's text or token is lost to a full disk.
 */
export function openKeptStore(name: DatabaseName, health?: StorageHealth): KeptStore {
  const disk = openKeyValueStore(name);
  /** What the disk refused: newer than what is on it. */
  const refused = new Map<string, unknown>();

  /** Reads from disk; one that can't be read has nothing. */
  const reading = async <T>(read: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!isStorageFault(error)) throw error;
      health?.note(name, 'blocked');
      return otherwise;
    }
  };
  const writing = async <T>(write: () => Promise<T>, inMemory: () => T): Promise<T> => {
    try {
      const result = await write();
      health?.note(name, refused.size > 0 ? 'full' : 'kept');
      return result;
    } catch (error) {
      if (!isStorageFault(error)) throw error;
      health?.note(name, error.name === 'QuotaExceededError' ? 'full' : 'blocked');
      return inMemory();
    }
  };
  const setOnDisk = async (key: string, value: unknown): Promise<void> => {
    await set(key, value, disk);
    refused.delete(key);
  };
  const setAnyway = (key: string, value: unknown): Promise<void> =>
    writing(
      () => setOnDisk(key, value),
      () => void refused.set(key, value),
    );
  /** Sets a value where there is one, or where there is none: in one transaction, so that no tab comes between. */
  const setWhere = async (isWanted: (isThere: boolean) => boolean, key: string, value: unknown): Promise<boolean> => {
    if (refused.has(key)) {
      if (isWanted(true)) await setAnyway(key, value);
      return isWanted(true);
    }
    return writing(
      () =>
        disk('readwrite', async (values) => {
          const isThere = (await promisifyRequest(values.getKey(key))) !== undefined;
          if (isWanted(isThere)) values.put(value, key);
          await promisifyRequest(values.transaction);
          return isWanted(isThere);
        }),
      () => {
        refused.set(key, value);
        return true;
      },
    );
  };
  return {
    get: async (key) => (refused.has(key) ? refused.get(key) : reading(() => get<unknown>(key, disk), undefined)),
    async entries() {
      const found = await reading(() => entries<string, unknown>(disk), []);
      return [...new Map([...found, ...refused])];
    },
    set: setAnyway,
    add: (key, value) => setWhere((isThere) => !isThere, key, value),
    replace: (key, value) => setWhere((isThere) => isThere, key, value),
    async delete(key) {
      refused.delete(key);
      await writing(
        () => del(key, disk),
        () => undefined,
      );
    },
  };
}
