import { describe, expect, test } from 'vitest';

import type { TraceTag } from '#trace/event.ts';
import { createStepDebugger } from '#trace/step-debugger.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const tag: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };

/** A step that waits for the debugger, and whether it has run. */
function step(stepper: ReturnType<typeof createStepDebugger>, name: string, signal?: AbortSignal) {
  const passed = { isTaken: false, done: stepper.waitFor(tag, name, signal).then(() => void (passed.isTaken = true)) };
  return passed;
}

describe('the step debugger', () => {
  test('does not hold steps while it is off', async () => {
    const stepper = createStepDebugger();
    await stepper.waitFor(tag, 'server-metadata');
    expect(stepper.state()).toEqual({ kind: 'open' });
  });

  test('holds each step until its turn, the first one first', async () => {
    const stepper = createStepDebugger();
    stepper.setStepping(true);
    const [one, other] = [step(stepper, 'server-metadata'), step(stepper, 'registration')];
    expect(stepper.state()).toMatchObject({ paused: [{ step: 'server-metadata' }, { step: 'registration' }] });
    stepper.next();
    await one.done;
    expect([one.isTaken, other.isTaken]).toEqual([true, false]);
    expect(stepper.state()).toMatchObject({ paused: [{ step: 'registration', tag }] });
    stepper.next();
    await other.done;
    expect(stepper.state()).toEqual({ kind: 'stepping', paused: [] });
    stepper.next();
  });

  test('releases all steps when it is switched off', async () => {
    const stepper = createStepDebugger();
    stepper.setStepping(true);
    const waiting = [step(stepper, 'server-metadata'), step(stepper, 'registration')];
    stepper.setStepping(false);
    await Promise.all(waiting.map(({ done }) => done));
    expect(stepper.state()).toEqual({ kind: 'open' });
  });

  test('stops holding a cancelled step', async () => {
    const stepper = createStepDebugger();
    stepper.setStepping(true);
    const stop = new AbortController();
    const paused = step(stepper, 'token-request', stop.signal);
    stop.abort();
    await expect(paused.done).rejects.toThrow(/abort/i);
    expect(stepper.state()).toEqual({ kind: 'stepping', paused: [] });
    await expect(stepper.waitFor(tag, 'refresh', stop.signal)).rejects.toThrow(/abort/i);
  });

  test('stays on over navigation if the tab has storage', () => {
    const storage = new MemoryStorage();
    createStepDebugger(storage).setStepping(true);
    expect(createStepDebugger(storage).state()).toEqual({ kind: 'stepping', paused: [] });
    createStepDebugger(storage).setStepping(false);
    expect(createStepDebugger(storage).state()).toEqual({ kind: 'open' });
    const blocked = Object.assign(new MemoryStorage(), {
      setItem: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    const stepper = createStepDebugger(blocked);
    stepper.setStepping(true);
    expect(stepper.state().kind).toBe('stepping');
  });
});
