import { expect, test } from 'vitest';

import { createObservable } from '#lib/observable.ts';
import { detectEviction } from '#storage/eviction.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

/** A collection with so many records, that can be changed. `isFullyReadable: false`: it holds more, which this code can't read. */
function collection(records: number, isFullyReadable = true) {
  const listeners = new Set<() => void>();
  let now = records;
  let onDisk = records;
  const become = (next: number): void => {
    now = next;
    for (const listener of listeners) listener();
  };
  return {
    ready: Promise.resolve(),
    count: () => now,
    isFullyReadable: () => Promise.resolve(isFullyReadable),
    reloadAll: () => Promise.resolve(become(onDisk)),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become,
    /** Another hand leaves so many on disk. */
    leave: (next: number) => (onDisk = next),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const open = (flags: Storage, ...counts: number[]) =>
  openOver(
    flags,
    counts.map((count) => collection(count)),
  );

async function openOver(flags: Storage, collections: ReturnType<typeof collection>[]) {
  let asked = 0;
  const dropped = createObservable(0);
  const wasCleared = detectEviction({ collections, dropped, flags, persist: () => (asked += 1) });
  await settled();
  const drop = async (): Promise<void> => {
    dropped.set(dropped.get() + 1);
    await settled();
  };
  return { wasCleared, collections, drop, asked: () => asked };
}

test('STO-6: a browser that has cleared what was kept is noticed at the next start, once', async () => {
  const flags = new MemoryStorage();
  expect((await open(flags, 1, 0)).wasCleared.get()).toBe(false);
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(true);
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(false);
});

test('STO-6: records of a newer version of the app are there, though this one shows none: nothing was cleared', async () => {
  const flags = new MemoryStorage();
  await open(flags, 1, 0);
  const older = await openOver(flags, [collection(0, false), collection(0)]);
  expect(older.wasCleared.get()).toBe(false);
  older.collections[1]?.become(1);
  older.collections[1]?.become(0);
  // The mark was left alone meanwhile: when they go, it is noticed.
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(true);
});

test('STO-6: a browser that clears what is kept while a page is open is noticed at once, with the mark or without', async () => {
  for (const goesToo of [true, false]) {
    const flags = new MemoryStorage();
    const { wasCleared, collections, drop } = await open(flags, 2, 1);
    if (goesToo) flags.clear();
    for (const { leave } of collections) leave(0);
    // Each store is closed, one after the other.
    await drop();
    await drop();
    expect(wasCleared.get()).toBe(true);
    collections[0]?.become(1);
    expect(wasCleared.get()).toBe(false);
  }
});

test('a store that is closed for another reason is read again, and nothing is said', async () => {
  const { wasCleared, collections, drop } = await open(new MemoryStorage(), 2, 0);
  collections[0]?.leave(1);
  await drop();
  expect(wasCleared.get()).toBe(false);
});

test('what a person has removed is not taken for cleared', async () => {
  const flags = new MemoryStorage();
  const { collections } = await open(flags, 1, 0);
  collections[0]?.become(0);
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(false);
});

test('the notice goes once something is kept again', async () => {
  const flags = new MemoryStorage();
  await open(flags, 1);
  const { wasCleared, collections } = await open(flags, 0);
  expect(wasCleared.get()).toBe(true);
  collections[0]?.become(1);
  expect(wasCleared.get()).toBe(false);
});

test('the browser is asked to keep it when there is something worth keeping, and once', async () => {
  const { collections, asked } = await open(new MemoryStorage(), 0, 0);
  expect(asked()).toBe(0);
  collections[1]?.become(1);
  collections[0]?.become(2);
  expect(asked()).toBe(1);
});
