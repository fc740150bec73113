import { del, entries, get, set, type UseStore } from 'idb-keyval';

/** Records of one kind on disk, by id. What is read is validated first (STO-6); what can't be read is left alone. */
export interface Repository<T> {
  all(): Promise<T[]>;
  read(id: string): Promise<T | undefined>;
  /** Resolves when the record is on disk. */
  write(record: T): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * A repository over a key-value store.
 * @param parse gives the record that a stored value is, or undefined for one that this code does not know
 */
export function createRepository<T extends { id: string }>(
  store: UseStore,
  parse: (id: string, value: unknown) => T | undefined,
): Repository<T> {
  return {
    async all() {
      const found = await entries<string, unknown>(store);
      return found.map(([id, value]) => parse(id, value)).filter((record) => record !== undefined);
    },
    read: async (id) => parse(id, await get<unknown>(id, store)),
    write: (record) => set(record.id, record, store),
    remove: (id) => del(id, store),
  };
}
