import { expect, test } from 'vitest';

import { watchStorage } from '#app/lasting-storage.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

/** A collection with so many records, that can be changed. */
function collection(records: number) {
  const listeners = new Set<() => void>();
  let now = records;
  return {
    ready: Promise.resolve(),
    count: () => now,
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

async function open(marks: Storage, ...counts: number[]) {
  const collections = counts.map(collection);
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
