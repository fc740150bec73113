import { IDBDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { openPersistentStore } from '#storage/persistent-store.ts';
import { createMemoryFallback } from '#storage/memory-fallback.ts';
import { createStorageHealth, isStorageError } from '#storage/storage-health.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const quota = (): DOMException => new DOMException('no room', 'QuotaExceededError');
/** From now on every write fails as in a browser with a full disk, by an aborted transaction. */
function fill() {
  const { put } = IDBObjectStore.prototype;
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    const request = put.call(this, value, key);
    this.transaction.abort();
    Object.defineProperty(this.transaction, 'error', { get: quota });
    return request;
  });
}
/** From now on the databases cannot be opened, and open connections are dead. */
function block() {
  const refuse = (): never => {
    throw new DOMException('blocked', 'SecurityError');
  };
  vi.spyOn(indexedDB, 'open').mockImplementation(refuse);
  return vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(refuse);
}

describe('a store on disk', () => {
  test('keeps values for the next page', async () => {
    const store = openPersistentStore('posts');
    await store.set('a', { text: 'one' });
    await store.set('b', 2);
    await store.delete('b');
    expect(await openPersistentStore('posts').entries()).toEqual([['a', { text: 'one' }]]);
    expect(await openPersistentStore('posts').get('a')).toEqual({ text: 'one' });
  });

  test('lets only the first of many tabs add a value', async () => {
    const tabs = [1, 2, 3, 4].map(() => openPersistentStore('posts'));
    const firsts = await Promise.all(tabs.map((tab, place) => tab.add('a', place)));
    expect(firsts).toEqual([true, false, false, false]);
    expect(await openPersistentStore('posts').get('a')).toBe(0);
  });

  test('replaces only existing values', async () => {
    const store = openPersistentStore('posts');
    expect(await store.replace('a', 1)).toBe(false);
    expect(await store.get('a')).toBeUndefined();
    await store.set('a', 1);
    expect(await store.replace('a', 2)).toBe(true);
    expect(await store.get('a')).toBe(2);
  });
});

describe('a browser that blocks storage', () => {
  test('keeps everything in memory, and reports it', async () => {
    block();
    const health = createStorageHealth();
    const store = openPersistentStore('posts', { health });
    expect(health.state.get()).toBe('ok');
    expect(await store.entries()).toEqual([]);
    expect(health.state.get()).toBe('blocked');
    await store.set('a', 1);
    expect(await store.add('a', 2)).toBe(false);
    expect(await store.add('b', 2)).toBe(true);
    expect(await store.replace('b', 3)).toBe(true);
    expect(await store.entries()).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });

  test('does not replace a missing value, and may delete it', async () => {
    block();
    const store = openPersistentStore('posts');
    expect(await store.replace('a', 1)).toBe(false);
    await store.delete('a');
    expect(await store.entries()).toEqual([]);
  });

  test('does not treat a disk that can no longer be read as empty', async () => {
    const store = openPersistentStore('posts');
    await store.set('a', 1);
    const blocked = block();
    await expect(store.get('a')).rejects.toThrow('blocked');
    await expect(store.entries()).rejects.toThrow('blocked');
    expect(await store.replace('a', 2)).toBe(true);
    blocked.mockRestore();
    expect(await store.get('a')).toBe(2);
  });

  test('REV-4: does not report a value as deleted if the disk still has it', async () => {
    const store = openPersistentStore('posts');
    await store.set('a', 1);
    const blocked = block();
    await expect(store.delete('a')).rejects.toThrow('blocked');
    blocked.mockRestore();
    expect(await store.get('a')).toBe(1);
  });

  test('reopens a database connection that the browser dropped silently', async () => {
    const store = openPersistentStore('posts');
    await store.set('a', 1);
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('closing', 'InvalidStateError');
    });
    expect(await store.get('a')).toBe(1);
  });

  test('rethrows errors that are not storage errors', async () => {
    const store = openPersistentStore('posts', { health: createStorageHealth() });
    await expect(store.set('a', () => 'a function cannot be stored')).rejects.toThrow();
  });
});

describe('a full disk', () => {
  test('keeps what does not fit in memory, over what is on disk, until it fits', async () => {
    const health = createStorageHealth();
    const store = openPersistentStore('posts', { health });
    await store.set('a', 'old');
    const put = fill();
    await store.set('a', 'new');
    expect(health.state.get()).toBe('full');
    expect(await store.get('a')).toBe('new');
    expect(await store.entries()).toEqual([['a', 'new']]);
    expect(await openPersistentStore('posts').get('a')).toBe('old');
    put.mockRestore();
    await store.set('a', 'newer');
    expect(health.state.get()).toBe('ok');
    expect(await openPersistentStore('posts').get('a')).toBe('newer');
  });

  test('REF-2: keeps a rotated token that does not fit', async () => {
    const store = openPersistentStore('connections', { health: createStorageHealth() });
    await store.set('a', 'first');
    fill();
    expect(await store.replace('a', 'second')).toBe(true);
    expect(await store.get('a')).toBe('second');
  });

  test('REF-2: reports a failed write that must be on disk, and does not keep it in memory', async () => {
    const store = openPersistentStore('connections', { isDiskOnly: true });
    await store.set('a', 'first');
    fill();
    await expect(store.replace('a', 'second')).rejects.toThrow('no room');
    expect(await store.get('a')).toBe('first');
  });

  test('still lets only the first of many add a value', async () => {
    fill();
    const store = openPersistentStore('used-sign-ins');
    expect(await store.add('a', 1)).toBe(true);
    expect(await store.add('a', 2)).toBe(false);
  });

  test('REF-8: deletes what another tab deletes meanwhile, and does not restore it', async () => {
    const store = openPersistentStore('connections');
    await store.set('a', 'old');
    const put = fill();
    await store.replace('a', 'new');
    await openPersistentStore('connections').delete('a');
    put.mockRestore();
    expect(await store.replace('a', 'newer')).toBe(false);
    expect(await store.get('a')).toBeUndefined();
    expect(await openPersistentStore('connections').entries()).toEqual([]);
  });

  test('keeps what did not fit beyond the page if there is an overflow for it', async () => {
    const tab = new MemoryStorage();
    const put = fill();
    await openPersistentStore('posts', { overflow: createMemoryFallback(tab, 'posts') }).set('a', 'a text');
    const next = openPersistentStore('posts', { overflow: createMemoryFallback(tab, 'posts') });
    expect(await next.entries()).toEqual([['a', 'a text']]);
    put.mockRestore();
    // Read when there is room again, it is stored on disk.
    await openPersistentStore('posts', { overflow: createMemoryFallback(tab, 'posts') }).entries();
    await vi.waitFor(() => expect(tab).toHaveLength(0));
    expect(await openPersistentStore('posts').get('a')).toBe('a text');
    tab.setItem('posts', '[["b", 7], 3, ["c"]]');
    expect(await openPersistentStore('posts', { overflow: createMemoryFallback(tab, 'posts') }).entries()).toEqual([
      ['a', 'a text'],
    ]);
  });

  test('deletes from memory and disk', async () => {
    const store = openPersistentStore('posts');
    await store.set('a', 'old');
    const put = fill();
    await store.set('a', 'new');
    put.mockRestore();
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });
});

describe('storage health', () => {
  test('is that of the worst store, and recovers', () => {
    const health = createStorageHealth();
    const heard: string[] = [];
    health.state.subscribe(() => heard.push(health.state.get()));
    health.note('posts', 'full');
    health.note('connections', 'blocked');
    health.note('posts', 'ok');
    health.note('connections', 'ok');
    expect(heard).toEqual(['full', 'blocked', 'ok']);
  });

  test('recognizes the browser’s storage errors', () => {
    expect(isStorageError(new DOMException('', 'QuotaExceededError'))).toBe(true);
    expect(isStorageError(new DOMException('', 'DataCloneError'))).toBe(false);
    expect(isStorageError(new Error('SecurityError'))).toBe(false);
  });
});
