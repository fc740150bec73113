import type { UseStore } from 'idb-keyval';

import type { DatabaseName } from './databases.ts';

/**
 * A key-value store of its own database for idb-keyval, which by itself can't ask for strict durability: here a write has
 * reached the disk when its promise resolves, so that a rotated refresh token survives a crash (STO-6, REF-2).
 * The connection is opened when first used and again after the browser closed it.
 * @param onClosedByBrowser called when the browser has closed it unasked, as it does where it clears what a site keeps
 */
export function openKeyValueStore(name: DatabaseName, onClosedByBrowser?: () => void): UseStore {
  let opening: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => {
    opening ??= openDatabase(name, () => (opening = undefined), onClosedByBrowser).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return async (mode, callback) => {
    const begin = async (): Promise<IDBObjectStore> =>
      (await open()).transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE);
    const store = await begin().catch((error: unknown) => {
      // A connection that the browser has dropped without a word, or just now, as it clears the site's data: once more, with a new one.
      if (!(error instanceof DOMException) || !DROPPED.has(error.name)) throw error;
      opening = undefined;
      return begin();
    });
    return callback(store);
  };
}

const STORE = 'entries';
const DROPPED: ReadonlySet<string> = new Set(['InvalidStateError', 'AbortError']);

function openDatabase(name: string, onClosed: () => void, onClosedByBrowser?: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // WebKit takes the whole API away where its embedder switches databases off.
    if (!globalThis.indexedDB) throw new DOMException('no IndexedDB here', 'SecurityError');
    const request = indexedDB.open(name, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    request.addEventListener('error', () => reject(request.error ?? new Error(`${name} can't be opened`)));
    request.addEventListener('success', () => {
      const database = request.result;
      database.addEventListener('close', () => {
        onClosed();
        onClosedByBrowser?.();
      });
      // Another page wants to erase or upgrade: it must not wait for us.
      database.addEventListener('versionchange', () => {
        database.close();
        onClosed();
      });
      resolve(database);
    });
  });
}
