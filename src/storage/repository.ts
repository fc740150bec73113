import type { PersistentStore } from './persistent-store.ts';

/**
 * Records of one kind on disk, by id. Records are validated when read (STO-6); those that can't be parsed are left
 * untouched.
 */
export interface Repository<T> {
  all(): Promise<T[]>;
  /**
   * Resolves to false if some stored records can't be parsed, for example those of a newer version; `all` then omits
   * them.
   */
  isFullyReadable(): Promise<boolean>;
  read(id: string): Promise<T | undefined>;
  /** Resolves when the record is on disk. */
  write(record: T): Promise<void>;
  /**
   * Writes a record only if it exists, so that one removed in the meantime, by any tab, stays removed. Resolves to
   * whether it existed.
   */
  replace(record: T): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/**
 * Creates a repository over a store.
 * @param parse returns the record for a stored value, or undefined for one that this version does not recognize
 * @param toStored returns the value to store for a record, if that is not the record itself
 */
export function createRepository<T extends { id: string }>(
  store: PersistentStore,
  parse: (id: string, value: unknown) => T | undefined,
  toStored: (record: T) => unknown = (record) => record,
): Repository<T> {
  return {
    async all() {
      const found = await store.entries();
      return found.map(([id, value]) => parse(id, value)).filter((record) => record !== undefined);
    },
    isFullyReadable: async () => (await store.entries()).every(([id, value]) => parse(id, value) !== undefined),
    read: async (id) => parse(id, await store.get(id)),
    write: (record) => store.set(record.id, toStored(record)),
    replace: (record) => store.replace(record.id, toStored(record)),
    remove: (id) => store.delete(id),
  };
}
