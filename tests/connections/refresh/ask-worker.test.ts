import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createTabLock, lockName } from '#connections/lock.ts';
import {
  createRequestWorkerRefresh,
  readRefreshRequest,
  type RefreshMessage,
} from '#connections/refresh/ask-worker.ts';
import type { TraceBody } from '#trace/event.ts';
import { createRecorder } from '#trace/recorder.ts';

const WANTED = { connectionId: 'c-1', staleToken: 'fingerprint', ignoreBackoff: false };
/** The names of the request, which are the same in every version. */
const MESSAGE = { type: 'renew', connectionId: 'c-1', refused: 'fingerprint', isUrged: false };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A worker that sends these messages, and a page that asks it. */
function setUp(behave: (say: (word: RefreshMessage) => void) => void, lock = createTabLock()) {
  const recorder = createRecorder(() => 0);
  const sent: unknown[] = [];
  const ask = createRequestWorkerRefresh(
    (message, port) => {
      sent.push(message);
      behave((word) => port.postMessage(word));
      return true;
    },
    lock,
    recorder,
  );
  return { ask, recorder, sent, lock };
}

const ANSWER: TraceBody = { kind: 'json', text: '{}' };

describe('a page that asks the worker to refresh a token', () => {
  test('STO-4: sends the connection’s id and a fingerprint, but no token', async () => {
    const { ask, sent } = setUp((say) => say({ type: 'done', trace: { events: [], bodies: [] } }));
    expect(await ask(WANTED)).toBe(true);
    expect(sent).toEqual([MESSAGE]);
    expect(readRefreshRequest(sent[0])).toEqual(WANTED);
    expect(readRefreshRequest('claim')).toBeUndefined();
  });

  test('adds the worker’s trace events, in order and renumbered', async () => {
    const tag = { flow: 'f', kind: 'refresh', service: 'Birdsong' } as const;
    const request = {
      ...tag,
      id: 1,
      at: 5,
      by: 'worker',
      type: 'request',
      step: 'refresh',
      method: 'POST',
      url: 'u',
      headers: [],
    } as const;
    const response = {
      ...tag,
      id: 2,
      at: 6,
      by: 'worker',
      type: 'response',
      step: 'refresh',
      request: 1,
      status: 200,
      headers: [],
      ms: 1,
    } as const;
    const { ask, recorder } = setUp((say) =>
      say({ type: 'done', trace: { events: [request, response], bodies: [[2, ANSWER]] } }),
    );
    recorder.record({ ...tag, flow: 'g' }, { type: 'token-adopted' });
    await ask(WANTED);
    expect(recorder.events().map(({ id, type }) => [id, type])).toEqual([
      [1, 'token-adopted'],
      [2, 'request'],
      [3, 'response'],
    ]);
    expect(recorder.events()[2]).toMatchObject({ request: 2 });
  });

  test('refreshes the token itself at once if there is no worker', async () => {
    const ask = createRequestWorkerRefresh(
      () => false,
      createTabLock(),
      createRecorder(() => 0),
    );
    expect(await ask(WANTED)).toBe(false);
  });

  test('does not wait for a worker that sends nothing', async () => {
    const { ask } = setUp(() => {});
    const answered = ask(WANTED);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answered).toBe(false);
  });

  test('detects a worker that dies during the refresh by its released lock', async () => {
    const lock = createTabLock();
    let die = (): void => {};
    void lock(lockName('c-1'), () => new Promise<void>((resolve) => (die = resolve)));
    const { ask } = setUp((say) => {
      say({ type: 'ack' });
      say({ type: 'started' });
      setTimeout(() => die(), 100);
    }, lock);
    const answered = ask(WANTED);
    // The worker has acknowledged: it may take any time without a message.
    await vi.advanceTimersByTimeAsync(99);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await answered).toBe(false);
  });

  test('detects a worker that dies while it waits for the lock', async () => {
    const lock = createTabLock();
    let leave = (): void => {};
    // A page holds the lock, and the worker that waits for it is stopped before its turn.
    void lock(lockName('c-1'), () => new Promise<void>((resolve) => (leave = resolve)));
    const { ask } = setUp((say) => say({ type: 'ack' }), lock);
    const answered = ask(WANTED);
    await vi.advanceTimersByTimeAsync(60_000);
    leave();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.race([answered, Promise.resolve('still waiting')])).toBe(false);
  });

  test('waits for a worker that gets the lock late', async () => {
    const lock = createTabLock();
    let leave = (): void => {};
    void lock(lockName('c-1'), () => new Promise<void>((resolve) => (leave = resolve)));
    const { ask } = setUp((say) => {
      say({ type: 'ack' });
      void lock(lockName('c-1'), async () => {
        say({ type: 'started' });
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        say({ type: 'done', trace: { events: [], bodies: [] } });
      });
    }, lock);
    const answered = ask(WANTED);
    await vi.advanceTimersByTimeAsync(60_000);
    leave();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await answered).toBe(true);
  });
});
