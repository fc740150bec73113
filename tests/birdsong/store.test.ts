import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIndexedDbStore } from '#birdsong/indexeddb-store.ts';
import { createKeyValueBinding } from '#birdsong/key-value-binding.ts';
import type { KeyValueBinding } from '#birdsong/key-value-binding.ts';
import type { Store } from '#birdsong/store.ts';

let clock: number;
let factory: IDBFactory;
let store: Store;
let binding: KeyValueBinding;

const now = (): number => clock;
const open = (): Store => createIndexedDbStore({ factory, keyRange: IDBKeyRange, name: 'birdsong', now });

beforeEach(() => {
  clock = Date.now();
  factory = new IDBFactory();
  store = open();
  binding = createKeyValueBinding(store, now);
});

describe('the store', () => {
  it('stores, replaces and deletes values', async () => {
    expect(await store.get('a')).toBeUndefined();
    await store.put('a', { value: { deep: [1] } });
    await store.put('a', { value: { deep: [2] }, metadata: 'm' });
    expect(await store.get('a')).toEqual({ value: { deep: [2] }, metadata: 'm' });
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });

  it('lists a prefix in either direction, after a key, up to a limit', async () => {
    for (const key of ['a:1', 'a:2', 'a:3', 'ab', 'a', 'b:1']) await store.put(key, { value: key });
    const keys = async (range: Omit<Parameters<Store['list']>[0], 'prefix' | 'limit'>, limit = 9): Promise<string[]> =>
      (await store.list({ prefix: 'a:', limit, ...range })).map(({ key }) => key);
    expect(await keys({})).toEqual(['a:1', 'a:2', 'a:3']);
    expect(await keys({}, 2)).toEqual(['a:1', 'a:2']);
    expect(await keys({ after: 'a:1' })).toEqual(['a:2', 'a:3']);
    expect(await keys({ isDescending: true }, 2)).toEqual(['a:3', 'a:2']);
    expect(await keys({ isDescending: true, after: 'a:2' })).toEqual(['a:1']);
    expect(await keys({ after: 'a:3' })).toEqual([]);
  });

  it('hides expired values and does not count them towards a limit', async () => {
    await store.put('a:1', { value: 1, expiresAt: clock + 1000 });
    await store.put('a:2', { value: 2 });
    expect(await store.get('a:1')).toBeDefined();
    clock += 1000;
    expect((await store.list({ prefix: 'a:', limit: 1 })).map(({ key }) => key)).toEqual(['a:2']);
    expect(await store.get('a:1')).toBeUndefined();
    clock -= 1000;
    expect(await store.get('a:1'), 'deleted, not only hidden').toBeUndefined();
  });

  it('is available to the next worker, and to two at once', async () => {
    await store.put('a', { value: 1 });
    expect(await open().get('a')).toEqual({ value: 1 });
    await store.clear();
    expect(await open().get('a')).toBeUndefined();
  });

  it('closes when its database is deleted, and starts empty', async () => {
    await store.put('a', { value: 1 });
    await new Promise<void>((resolve, reject) => {
      const request = factory.deleteDatabase('birdsong');
      request.addEventListener('success', () => resolve());
      request.addEventListener('blocked', () => reject(new Error('blocked')));
    });
    expect(await store.get('a')).toBeUndefined();
    await store.put('a', { value: 2 });
    expect(await store.get('a')).toEqual({ value: 2 });
  });

  it('reports that it cannot open, and tries again next time', async () => {
    const newer = factory.open('birdsong', 99);
    const database = await new Promise<IDBDatabase>((resolve) => {
      newer.addEventListener('success', () => resolve(newer.result));
    });
    await expect(store.get('a')).rejects.toHaveProperty('name', 'VersionError');
    database.close();
    await new Promise((resolve) => {
      factory.deleteDatabase('birdsong').addEventListener('success', resolve);
    });
    expect(await store.get('a')).toBeUndefined();
  });
});

describe('the key-value binding', () => {
  it('returns text or JSON, and null for a missing value', async () => {
    await binding.put('k', '{"a":1}');
    expect(await binding.get('k')).toBe('{"a":1}');
    expect(await binding.get('k', { type: 'json' })).toEqual({ a: 1 });
    expect(await binding.get('other', { type: 'json' })).toBeNull();
    await binding.delete('k');
    expect(await binding.get('k')).toBeNull();
  });

  it('keeps its records apart from Birdsong’s own', async () => {
    await binding.put('post:lowtide:1', 'x');
    expect(await store.get('post:lowtide:1')).toBeUndefined();
  });

  it('expires records after their time to live, or at an instant of the real clock', async () => {
    clock += 3_600_000; // An hour ahead of the clock that the library reads.
    await binding.put('ttl', 'x', { expirationTtl: 60 });
    await binding.put('instant', 'x', { expiration: Math.floor(Date.now() / 1000) + 90 });
    clock += 59_000;
    expect(await binding.get('ttl')).toBe('x');
    clock += 1000;
    expect(await binding.get('ttl')).toBeNull();
    expect(await binding.get('instant')).toBe('x');
    clock += 31_000;
    expect(await binding.get('instant')).toBeNull();
  });

  it('lists names with metadata, page by page', async () => {
    for (const name of ['g:1', 'g:2', 'g:3']) await binding.put(name, name, { metadata: { of: name } });
    await binding.put('h:1', 'x');
    const first = await binding.list({ prefix: 'g:', limit: 2 });
    expect(first).toEqual({
      keys: [
        { name: 'g:1', metadata: { of: 'g:1' } },
        { name: 'g:2', metadata: { of: 'g:2' } },
      ],
      list_complete: false,
      cursor: 'g:2',
    });
    const second = await binding.list({ prefix: 'g:', limit: 2, cursor: String(first.cursor) });
    expect(second).toEqual({ keys: [{ name: 'g:3', metadata: { of: 'g:3' } }], list_complete: true });
    expect((await binding.list()).keys).toHaveLength(4);
  });
});
