import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';
import { createRepository, type Repository } from '#storage/repository.ts';

import { readRecord, type ConnectionRecord } from './connection-record.ts';

/** The repository of all connections and their tokens. */
export type Vault = Repository<ConnectionRecord>;

/** Opens the vault in IndexedDB. Any same-origin script can read it; docs/decisions/0003-storage.md covers the risk (STO-1). */
export function openVault(now: () => number, store: PersistentStore = openPersistentStore('connections')): Vault {
  return createRepository(store, (id, value) => readRecord(id, value, now()));
}
