import type { Entry, Range, Store } from './store.ts';

const ENTRIES = 'entries';

export interface IndexedDbStoreOptions {
  readonly factory: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
  readonly name: string;
  /** Returns milliseconds since the epoch; decides which entries have expired. */
  readonly now: () => number;
}

/**
 * Creates a store backed by one IndexedDB database. An expired entry is hidden immediately and deleted the next time a read
 * encounters it, because a service worker has no reliable timer for a cleanup job.
 *
 * @param options the database's name, the IndexedDB implementation and the clock
 * @returns the store; its methods reject with the `DOMException` that IndexedDB reports
 */
export function createIndexedDbStore({ factory, keyRange, name, now }: IndexedDbStoreOptions): Store {
  let opening: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    opening ??= openDatabase(factory, name, () => {
      opening = undefined;
    });
    return opening;
  }

  async function run<T>(
    mode: IDBTransactionMode,
    work: (entries: IDBObjectStore) => IDBRequest<T> | Promise<T>,
  ): Promise<T> {
    const database = await open();
    const transaction = database.transaction(ENTRIES, mode);
    const done = finished(transaction);
    const outcome = work(transaction.objectStore(ENTRIES));
    const [result] = await Promise.all([outcome instanceof Promise ? outcome : requested(outcome), done]);
    return result;
  }

  const isAlive = (entry: Entry): boolean => entry.expiresAt === undefined || entry.expiresAt > now();

  return {
    async get(key) {
      const entry = await run<Entry | undefined>('readonly', (entries) => entries.get(key));
      if (entry === undefined || isAlive(entry)) return entry;
      await run('readwrite', (entries) => entries.delete(key));
      return undefined;
    },
    async put(key, entry) {
      await run('readwrite', (entries) => entries.put(entry, key));
    },
    async delete(key) {
      await run('readwrite', (entries) => entries.delete(key));
    },
    list(range) {
      return run('readonly', (entries) => collect(entries, range, keyRange, isAlive));
    },
    async clear() {
      await run('readwrite', (entries) => entries.clear());
    },
  };
}

function openDatabase(factory: IDBFactory, name: string, onLost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(ENTRIES));
    request.addEventListener('error', () => {
      onLost();
      reject(failure(request.error));
    });
    request.addEventListener('success', () => {
      const database = request.result;
      // Another tab or the browser's settings are deleting the database: close the connection and reopen it on the next use.
      database.addEventListener('versionchange', () => {
        database.close();
        onLost();
      });
      database.addEventListener('close', onLost);
      resolve(database);
    });
  });
}

function collect(
  entries: IDBObjectStore,
  { prefix, after, limit, isDescending = false }: Range,
  keyRange: typeof IDBKeyRange,
  isAlive: (entry: Entry) => boolean,
): Promise<(Entry & { readonly key: string })[]> {
  const last = `${prefix}\uffff`;
  const from = isDescending ? prefix : (after ?? prefix);
  const to = isDescending ? (after ?? last) : last;
  const range = keyRange.bound(from, to, !isDescending && after !== undefined, isDescending && after !== undefined);
  return new Promise((resolve, reject) => {
    const found: (Entry & { readonly key: string })[] = [];
    const request = entries.openCursor(range, isDescending ? 'prev' : 'next');
    request.addEventListener('error', () => reject(failure(request.error)));
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (cursor === null || found.length >= limit) {
        resolve(found);
        return;
      }
      const entry: Entry = cursor.value;
      if (typeof cursor.key === 'string' && isAlive(entry)) found.push({ ...entry, key: cursor.key });
      cursor.continue();
    });
  });
}

function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(failure(request.error)));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(failure(transaction.error)));
  });
}

function failure(error: DOMException | null): Error {
  return error ?? new Error('IndexedDB gave up without saying why');
}
