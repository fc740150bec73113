import { expect, test } from 'vitest';

import { watchStorage } from '#app/lasting-storage.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

/** A collection with so many records, that can be changed. `isWhole: false`: it holds more, which this code can't read. */
function collection(records: number, isWhole = true) {
  const listeners = new Set<() => void>();
  let now = records;
  return {
    ready: Promise.resolve(),
    count: () => now,
    isWhole: () => Promise.resolve(isWhole),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become(next: number) {
      now = next;
      for (const listener of listeners) listener();
    },
  };
}

const open = (marks: Storage, ...counts: number[]) =>
  openOver(
    marks,
    counts.map((count) => collection(count)),
  );

async function openOver(marks: Storage, collections: ReturnType<typeof collection>[]) {
  let asked = 0;
  const wasCleared = watchStorage({ collections, marks, persist: () => (asked += 1) });
  await new Promise((resolve) => setImmediate(resolve));
  return { wasCleared, collections, asked: () => asked };
}

test('STO-6: a browser that has cleared what was kept is noticed at the next start, once', async () => {
  const marks = new MemoryStorage();
  expect((await open(marks, 1, 0)).wasCleared.get()).toBe(false);
  expect((await open(marks, 0, 0)).wasCleared.get()).toBe(true);
  expect((await open(marks, 0, 0)).wasCleared.get()).toBe(false);
});

test('STO-6: records of a newer version of the app are there, though this one shows none: nothing was cleared', async () => {
  const marks = new MemoryStorage();
  await open(marks, 1, 0);
  const older = await openOver(marks, [collection(0, false), collection(0)]);
  expect(older.wasCleared.get()).toBe(false);
  older.collections[1]?.become(1);
  older.collections[1]?.become(0);
  // The mark was left alone meanwhile: when they go, it is noticed.
  expect((await open(marks, 0, 0)).wasCleared.get()).toBe(true);
});

test('what a person has removed is not taken for cleared', async () => {
  const marks = new MemoryStorage();
  const { collections } = await open(marks, 1, 0);
  collections[0]?.become(0);
  expect((await open(marks, 0, 0)).wasCleared.get()).toBe(false);
});

test('the notice goes once something is kept again', async () => {
  const marks = new MemoryStorage();
  await open(marks, 1);
  const { wasCleared, collections } = await open(marks, 0);
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
