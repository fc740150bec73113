import { createObservable } from '#lib/observable.ts';

import type { ChangeChannel } from './change-channel.ts';
import type { Repository } from './repository.ts';
import { isStorageError } from './storage-health.ts';

/**
 * An in-memory copy of a repository, kept in sync with other tabs: read once, and again for each record another tab
 * changes.
 */
export interface Collection<T> {
  /** Resolves when the repository has been read. */
  ready: Promise<void>;
  get(id: string): T | undefined;
  /** Returns the same array until something changes; undefined until the repository has been read. */
  all(): readonly T[] | undefined;
  subscribe(listener: () => void): () => void;
  /** Writes to disk first, then to memory, then notifies other tabs. */
  put(record: T): Promise<void>;
  /**
   * Like `put`, but does not restore a record that any tab has removed in the meantime. Resolves to whether it existed.
   */
  replace(record: T): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Reloads one record, which another tab may have changed. */
  reload(id: string): Promise<T | undefined>;
  /** Reloads all records, which the browser may have cleared. */
  reloadAll(): Promise<void>;
}

/** Creates a collection over `repository`; `channel` carries change notifications to and from other tabs. */
export function createCollection<T extends { id: string }>(
  repository: Repository<T>,
  channel: ChangeChannel,
): Collection<T> {
  const records = new Map<string, T>();
  const all = createObservable<readonly T[] | undefined>(undefined);

  const publish = (): void => all.set([...records.values()]);
  const setInMemory = (id: string, record: T | undefined): void => {
    if (record) records.set(id, record);
    else records.delete(id);
    if (all.get()) publish(); // the list is incomplete before the first load
  };
  const load = async (): Promise<void> => {
    for (const record of await repository.all()) if (!records.has(record.id)) records.set(record.id, record);
    publish();
  };
  const reload = async (id: string): Promise<T | undefined> => {
    try {
      setInMemory(id, await repository.read(id));
    } catch (error) {
      // A failed read says nothing about the record.
      if (!isStorageError(error)) throw error;
    }
    return records.get(id);
  };
  channel.listen((id) => void reload(id));

  return {
    ready: load(),
    get: (id) => records.get(id),
    all: all.get,
    subscribe: all.subscribe,
    async put(record) {
      await repository.write(record);
      setInMemory(record.id, record);
      channel.announce(record.id);
    },
    async replace(record) {
      const wasThere = await repository.replace(record);
      setInMemory(record.id, wasThere ? record : undefined);
      channel.announce(record.id);
      return wasThere;
    },
    async remove(id) {
      await repository.remove(id);
      setInMemory(id, undefined);
      channel.announce(id);
    },
    reload,
    async reloadAll() {
      const found = await repository.all();
      records.clear();
      for (const record of found) records.set(record.id, record);
      publish();
    },
  };
}
