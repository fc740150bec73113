import { expect, test } from 'vitest';

import { createObservable } from '#lib/observable.ts';
import { detectEviction } from '#storage/eviction.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

/**
 * A collection of so many records that can be changed. With `isFullyReadable: false` it has more, which this code cannot read.
 */
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
    /** Changes the number of records on disk from outside. */
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

test('STO-6: detects at the next start that the browser has evicted data, and reports it once', async () => {
  const flags = new MemoryStorage();
  expect((await open(flags, 1, 0)).wasCleared.get()).toBe(false);
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(true);
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(false);
});

test('STO-6: counts records of a newer app version, which this version does not show', async () => {
  const flags = new MemoryStorage();
  await open(flags, 1, 0);
  const older = await openOver(flags, [collection(0, false), collection(0)]);
  expect(older.wasCleared.get()).toBe(false);
  older.collections[1]?.become(1);
  older.collections[1]?.become(0);
  // The flag stayed meanwhile, so a later eviction is detected.
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(true);
});

test('STO-6: detects an eviction while a page is open at once, with or without the flag', async () => {
  for (const goesToo of [true, false]) {
    const flags = new MemoryStorage();
    const { wasCleared, collections, drop } = await open(flags, 2, 1);
    if (goesToo) flags.clear();
    for (const { leave } of collections) leave(0);
    // The stores are closed one after the other.
    await drop();
    await drop();
    expect(wasCleared.get()).toBe(true);
    collections[0]?.become(1);
    expect(wasCleared.get()).toBe(false);
  }
});

test('reads a store again that was closed for another reason, and reports nothing', async () => {
  const { wasCleared, collections, drop } = await open(new MemoryStorage(), 2, 0);
  collections[0]?.leave(1);
  await drop();
  expect(wasCleared.get()).toBe(false);
});

test('does not report what the user has deleted', async () => {
  const flags = new MemoryStorage();
  const { collections } = await open(flags, 1, 0);
  collections[0]?.become(0);
  expect((await open(flags, 0, 0)).wasCleared.get()).toBe(false);
});

test('clears the notice once something is stored again', async () => {
  const flags = new MemoryStorage();
  await open(flags, 1);
  const { wasCleared, collections } = await open(flags, 0);
  expect(wasCleared.get()).toBe(true);
  collections[0]?.become(1);
  expect(wasCleared.get()).toBe(false);
});

test('asks the browser once for persistent storage, when there is something worth keeping', async () => {
  const { collections, asked } = await open(new MemoryStorage(), 0, 0);
  expect(asked()).toBe(0);
  collections[1]?.become(1);
  collections[0]?.become(2);
  expect(asked()).toBe(1);
});
