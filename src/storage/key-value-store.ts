import type { UseStore } from 'idb-keyval';

import type { DatabaseName } from './databases.ts';

/**
 * Opens a key-value store in its own database, for idb-keyval, which can't request strict durability by itself. A write
 * is on disk when its promise resolves, so that a rotated refresh token survives a crash (STO-6, REF-2). The connection
 * is opened on first use, and again after the browser has closed it.
 * @param onClosedByBrowser called when the browser has closed the database on its own, as it does when it clears a
 *   site's data
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
      // The browser dropped the connection silently, or is just closing it while it clears the site's data: retry once
      // with a new connection.
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
    // WebKit removes the whole API if its embedder disables databases.
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
      // Another page wants to delete or upgrade the database; don't block it.
      database.addEventListener('versionchange', () => {
        database.close();
        onClosed();
      });
      resolve(database);
    });
  });
}
