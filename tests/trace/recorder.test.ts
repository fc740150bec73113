import { describe, expect, test } from 'vitest';

import type { TraceTag } from '#trace/event.ts';
import { createRecorder } from '#trace/recorder.ts';
import { tracedFetch } from '#trace/traced-fetch.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const tag: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };

describe('the recorder', () => {
  test('keeps events in order and tells its listeners', () => {
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

  test('gives the same array until something is recorded', () => {
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

  test('survives the way to another page of the same tab, and storage that is full or holds nonsense', () => {
    const storage = new MemoryStorage();
    const before = createRecorder(() => 5, storage);
    before.record(tag, { type: 'token-adopted' });
    before.save();
    expect(createRecorder(() => 6, storage).events()).toEqual(before.events());
    storage.setItem('trace', '{"not":"a list"}');
    expect(createRecorder(() => 6, storage).events()).toEqual([]);
    const refusing = Object.assign(new MemoryStorage(), { setItem: throwing });
    const full = createRecorder(() => 0, refusing);
    full.record(tag, { type: 'token-adopted' });
    expect(() => full.save()).not.toThrow();
  });

  test('leaves nothing in storage once it is cleared', () => {
    const storage = new MemoryStorage();
    const recorder = createRecorder(() => 5, storage);
    recorder.record(tag, { type: 'token-adopted' });
    recorder.save();
    recorder.clear();
    recorder.save();
    expect(storage).toHaveLength(0);
  });

  test('keeps its last events where not all of them fit', () => {
    const kept: string[] = [];
    const setItem = (_key: string, value: string): void => {
      if (value.length > 30_000) throwing();
      kept.push(value);
    };
    const recorder = createRecorder(() => 0, Object.assign(new MemoryStorage(), { setItem }));
    for (let count = 0; count < 1000; count += 1) recorder.record(tag, { type: 'token-adopted' });
    recorder.save();
    expect(JSON.parse(kept[0] ?? '[]')).toEqual(recorder.events().slice(-100));
  });
});

function throwing(): never {
  throw new DOMException('full', 'QuotaExceededError');
}

describe('the traced fetch', () => {
  test('records the request before it is sent, then the answer, with secrets masked in both', async () => {
    const recorder = createRecorder(() => 0);
    const sent: number[] = [];
    const fetch = tracedFetch(
      () => {
        sent.push(recorder.events().length);
        return Promise.resolve(Response.json({ access_token: 'a-token-that-nobody-may-see' }));
      },
      recorder,
      tag,
      'token-exchange',
      () => 0,
    );
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'a-code-that-nobody-may-see' });
    const response = await fetch('https://as.example/token', { method: 'POST', body });
    expect(await response.json()).toEqual({ access_token: 'a-token-that-nobody-may-see' });
    expect(sent).toEqual([1]);
    expect(recorder.events()).toMatchObject([
      { type: 'request', step: 'token-exchange', method: 'POST', url: 'https://as.example/token', flow: 'f' },
      { type: 'response', request: 1, status: 200 },
    ]);
    expect(JSON.stringify(recorder.events())).not.toContain('nobody');
    expect(JSON.stringify(recorder.events())).toContain('authorization_code');
  });

  test('records a failure by its code, and passes it on', async () => {
    const recorder = createRecorder(() => 0);
    const failure = Object.assign(new Error('no answer'), { code: 'unreachable' });
    const fetch = tracedFetch(
      () => Promise.reject(failure),
      recorder,
      tag,
      'refresh',
      () => 0,
    );
    await expect(fetch('https://as.example/token')).rejects.toBe(failure);
    expect(recorder.events().at(-1)).toMatchObject({ type: 'request-failed', request: 1, reason: 'unreachable' });
  });
});
