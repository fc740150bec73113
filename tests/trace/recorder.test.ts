import { describe, expect, test } from 'vitest';

import { createBodyStore } from '#trace/body-store.ts';
import type { TraceBody, TraceTag } from '#trace/event.ts';
import { createRecorder } from '#trace/recorder.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const BODY: TraceBody = { kind: 'json', text: '{}' };
const tag: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };

describe('the recorder', () => {
  test('keeps events in order and notifies its listeners', () => {
    let now = 100;
    const recorder = createRecorder(() => now);
    let told = 0;
    const stop = recorder.subscribe(() => (told += 1));
    recorder.record(tag, { type: 'token-adopted' });
    now = 200;
    recorder.record(tag, { type: 'check', rule: 'state-is-known', outcome: 'passed' });
    stop();
    recorder.record(tag, { type: 'token-adopted' });
    expect(told).toBe(2);
    expect(recorder.events().map(({ id, at }) => [id, at])).toEqual([
      [1, 100],
      [2, 200],
      [3, 200],
    ]);
  });

  test('returns the same array until something is recorded', () => {
    const recorder = createRecorder(() => 0);
    const before = recorder.events();
    expect(recorder.events()).toBe(before);
    recorder.record(tag, { type: 'token-adopted' });
    expect(recorder.events()).not.toBe(before);
  });

  test('holds the last 2,000 events', () => {
    const recorder = createRecorder(() => 0);
    for (let count = 0; count < 2005; count += 1) recorder.record(tag, { type: 'token-adopted' });
    expect(recorder.events()).toHaveLength(2000);
    expect(recorder.events()[0]?.id).toBe(6);
  });

  test('survives navigation in the same tab, and storage that is full or holds invalid data', () => {
    const storage = new MemoryStorage();
    const before = createRecorder(() => 5, { storage });
    before.record(tag, { type: 'token-adopted' });
    before.save();
    expect(createRecorder(() => 6, { storage }).events()).toEqual(before.events());
    storage.setItem('trace', '{"not":"a list"}');
    expect(createRecorder(() => 6, { storage }).events()).toEqual([]);
    const refusing = Object.assign(new MemoryStorage(), { setItem: throwing });
    const full = createRecorder(() => 0, { storage: refusing });
    full.record(tag, { type: 'token-adopted' });
    expect(() => full.save()).not.toThrow();
  });

  test('leaves nothing in storage after it is cleared', () => {
    const storage = new MemoryStorage();
    const recorder = createRecorder(() => 5, { storage });
    recorder.record(tag, { type: 'token-adopted' });
    recorder.save();
    recorder.clear();
    recorder.save();
    expect(storage).toHaveLength(0);
  });

  test('keeps its last events if not all of them fit', () => {
    const storage = new MemoryStorage();
    const small = {
      getItem: (key: string) => storage.getItem(key),
      removeItem: (key: string) => storage.removeItem(key),
      setItem: (key: string, value: string) => (value.length > 30_000 ? throwing() : storage.setItem(key, value)),
    };
    const recorder = createRecorder(() => 0, { storage: small });
    for (let count = 0; count < 1000; count += 1) recorder.record(tag, { type: 'token-adopted' });
    recorder.save();
    expect(createRecorder(() => 0, { storage: small }).events()).toEqual(recorder.events().slice(-100));
  });

  test('stores bodies by the ids of their events, and numbers the next event consecutively', () => {
    const storage = new MemoryStorage();
    const before = createRecorder(() => 5, { storage });
    before.record(tag, { type: 'token-adopted' });
    const id = before.record(tag, { type: 'token-adopted' }, BODY);
    before.save();
    const after = createRecorder(() => 6, { storage });
    expect(after.record(tag, { type: 'token-adopted' })).toBe(id + 1);
    expect(after.events().map(({ id: each }) => each)).toEqual([1, 2, 3]);
    expect([after.bodyOf(1), after.bodyOf(id)]).toEqual([undefined, BODY]);
    after.clear();
    expect(after.bodyOf(id)).toBeUndefined();
  });

  test('drops the oldest bodies first, but not their events', () => {
    const bodies = createBodyStore(10);
    bodies.set(1, { kind: 'json', text: '123456' });
    bodies.set(2, { kind: 'form', fields: [['ab', 'cd']] });
    expect(bodies.get(1)).toBeDefined();
    bodies.set(3, { kind: 'omitted', size: 1, mediaType: 'a/b' });
    expect([1, 2, 3].map((id) => bodies.get(id)?.kind)).toEqual([undefined, 'form', 'omitted']);
    expect(bodies.latest(4, 0).map(([id]) => id)).toEqual([3]);
    expect(bodies.latest(100, 3).map(([id]) => id)).toEqual([3]);
  });
});

function throwing(): never {
  throw new DOMException('full', 'QuotaExceededError');
}
