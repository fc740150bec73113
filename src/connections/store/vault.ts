import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';
import { createRepository, type Repository } from '#storage/repository.ts';

import { readRecord, type ConnectionRecord } from './connection-record.ts';

/** Where connections, and with them all tokens, are kept. */
export type Vault = Repository<ConnectionRecord>;

/** The vault in IndexedDB. Any script of this origin can read it: docs/decisions/0003-storage.md says what follows (STO-1). */
export function openVault(now: () => number, store: PersistentStore = openPersistentStore('connections')): Vault {
  return createRepository(store, (id, value) => readRecord(id, value, now()));
}
