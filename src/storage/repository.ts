import type { PersistentStore } from './persistent-store.ts';

/** Records of one kind on disk, by id. What is read is validated first (STO-6); what can't be read is left alone. */
export interface Repository<T> {
  all(): Promise<T[]>;
  /** Whether all that is stored can be read: else there is more than `all` gives, as of a newer version of the app. */
  isFullyReadable(): Promise<boolean>;
  read(id: string): Promise<T | undefined>;
  /** Resolves when the record is on disk. */
  write(record: T): Promise<void>;
  /** Writes a record only where there is one: what was removed meanwhile, in any tab, stays gone. Resolves whether it did. */
  replace(record: T): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/**
 * A repository over a store.
 * @param parse gives the record that a stored value is, or undefined for one that this code does not know
 */
export function createRepository<T extends { id: string }>(
  store: PersistentStore,
  parse: (id: string, value: unknown) => T | undefined,
): Repository<T> {
  return {
    async all() {
      const found = await store.entries();
      return found.map(([id, value]) => parse(id, value)).filter((record) => record !== undefined);
    },
    isFullyReadable: async () => (await store.entries()).every(([id, value]) => parse(id, value) !== undefined),
    read: async (id) => parse(id, await store.get(id)),
    write: (record) => store.set(record.id, record),
    replace: (record) => store.replace(record.id, record),
    remove: (id) => store.delete(id),
  };
}
