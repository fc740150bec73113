import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { openKeptStore } from '#storage/kept-store.ts';
import { createStorageHealth, isStorageFault } from '#storage/storage-health.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const full = (): never => {
  throw new DOMException('no room', 'QuotaExceededError');
};
const block = () =>
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });

describe('a store on disk', () => {
  test('keeps values for the next page', async () => {
    const store = openKeptStore('posts');
    await store.set('a', { text: 'one' });
    await store.set('b', 2);
    await store.delete('b');
    expect(await openKeptStore('posts').entries()).toEqual([['a', { text: 'one' }]]);
    expect(await openKeptStore('posts').get('a')).toEqual({ text: 'one' });
  });

  test('of many tabs that add a value one is the first', async () => {
    const tabs = [1, 2, 3, 4].map(() => openKeptStore('posts'));
    const firsts = await Promise.all(tabs.map((tab, place) => tab.add('a', place)));
    expect(firsts).toEqual([true, false, false, false]);
    expect(await openKeptStore('posts').get('a')).toBe(0);
  });

  test('replaces only what is there', async () => {
    const store = openKeptStore('posts');
    expect(await store.replace('a', 1)).toBe(false);
    expect(await store.get('a')).toBeUndefined();
    await store.set('a', 1);
    expect(await store.replace('a', 2)).toBe(true);
    expect(await store.get('a')).toBe(2);
  });
});

describe('a browser that blocks storage', () => {
  test('everything works in memory, and it is said', async () => {
    block();
    const health = createStorageHealth();
    const store = openKeptStore('posts', health);
    expect(health.state.get()).toBe('kept');
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

  test('faults that are not the storage’s own are thrown on', async () => {
    const store = openKeptStore('posts', createStorageHealth());
    await expect(store.set('a', () => 'a function cannot be stored')).rejects.toThrow();
  });
});

describe('a full disk', () => {
  test('what does not fit is kept in memory, over what is on disk, until it fits', async () => {
    const health = createStorageHealth();
    const store = openKeptStore('posts', health);
    await store.set('a', 'old');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
    await store.set('a', 'new');
    expect(health.state.get()).toBe('full');
    expect(await store.get('a')).toBe('new');
    expect(await store.entries()).toEqual([['a', 'new']]);
    expect(await openKeptStore('posts').get('a')).toBe('old');
    put.mockRestore();
    await store.set('a', 'newer');
    expect(health.state.get()).toBe('kept');
    expect(await openKeptStore('posts').get('a')).toBe('newer');
  });

  test('REF-2: a rotated token that does not fit is not lost', async () => {
    const store = openKeptStore('connections', createStorageHealth());
    await store.set('a', 'first');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
    expect(await store.replace('a', 'second')).toBe(true);
    expect(await store.get('a')).toBe('second');
  });

  test('what is deleted is gone from memory and disk', async () => {
    const store = openKeptStore('posts');
    await store.set('a', 'old');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
    await store.set('a', 'new');
    put.mockRestore();
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });
});

describe('storage health', () => {
  test('is as bad as its worst store, and gets better', () => {
    const health = createStorageHealth();
    const heard: string[] = [];
    health.state.subscribe(() => heard.push(health.state.get()));
    health.note('posts', 'full');
    health.note('connections', 'blocked');
    health.note('posts', 'kept');
    health.note('connections', 'kept');
    expect(heard).toEqual(['full', 'blocked', 'kept']);
  });

  test('knows the browser’s refusals from other errors', () => {
    expect(isStorageFault(new DOMException('', 'QuotaExceededError'))).toBe(true);
    expect(isStorageFault(new DOMException('', 'DataCloneError'))).toBe(false);
    expect(isStorageFault(new Error('SecurityError'))).toBe(false);
  });
});
