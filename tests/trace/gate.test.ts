import { describe, expect, test } from 'vitest';

import type { TraceTag } from '#trace/event.ts';
import { createGate } from '#trace/gate.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const tag: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };

/** A step that is to be taken, and whether it was. */
function step(gate: ReturnType<typeof createGate>, name: string, signal?: AbortSignal) {
  const passed = { isTaken: false, done: gate.pass(tag, name, signal).then(() => void (passed.isTaken = true)) };
  return passed;
}

describe('step by step', () => {
  test('steps go on by themselves while nobody asks to hold them', async () => {
    const gate = createGate();
    await gate.pass(tag, 'server-metadata');
    expect(gate.state()).toEqual({ kind: 'open' });
  });

  test('each step waits for its turn, the first one first', async () => {
    const gate = createGate();
    gate.setStepping(true);
    const [one, other] = [step(gate, 'server-metadata'), step(gate, 'registration')];
    expect(gate.state()).toMatchObject({ held: [{ step: 'server-metadata' }, { step: 'registration' }] });
    gate.next();
    await one.done;
    expect([one.isTaken, other.isTaken]).toEqual([true, false]);
    expect(gate.state()).toMatchObject({ held: [{ step: 'registration', tag }] });
    gate.next();
    await other.done;
    expect(gate.state()).toEqual({ kind: 'stepping', held: [] });
    gate.next();
  });

  test('all go on when it is switched off', async () => {
    const gate = createGate();
    gate.setStepping(true);
    const waiting = [step(gate, 'server-metadata'), step(gate, 'registration')];
    gate.setStepping(false);
    await Promise.all(waiting.map(({ done }) => done));
    expect(gate.state()).toEqual({ kind: 'open' });
  });

  test('what is cancelled waits no longer', async () => {
    const gate = createGate();
    gate.setStepping(true);
    const stop = new AbortController();
    const held = step(gate, 'token-exchange', stop.signal);
    stop.abort();
    await expect(held.done).rejects.toThrow(/abort/i);
    expect(gate.state()).toEqual({ kind: 'stepping', held: [] });
    await expect(gate.pass(tag, 'refresh', stop.signal)).rejects.toThrow(/abort/i);
  });

  test('it stays switched on over the way to another page and back, where the tab may keep anything', () => {
    const storage = new MemoryStorage();
    createGate(storage).setStepping(true);
    expect(createGate(storage).state()).toEqual({ kind: 'stepping', held: [] });
    createGate(storage).setStepping(false);
    expect(createGate(storage).state()).toEqual({ kind: 'open' });
    const blocked = Object.assign(new MemoryStorage(), {
      setItem: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    const gate = createGate(blocked);
    gate.setStepping(true);
    expect(gate.state().kind).toBe('stepping');
  });
});
