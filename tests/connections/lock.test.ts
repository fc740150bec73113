import { describe, expect, test } from 'vitest';

import { openLock } from '#connections/lock.ts';

type Task = () => Promise<unknown>;
/** Web Locks that handle each request with `request`. */
const locks = (request: (task: Task) => Promise<unknown>): LockManager =>
  ({ request: (_name: string, _options: LockOptions, task: Task) => request(task) }) as unknown as LockManager;

const refused = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));

/** Returns whether two tasks under one name run one after the other. */
async function isExclusive(lock: ReturnType<typeof openLock>): Promise<boolean> {
  const log: string[] = [];
  const task = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
  };
  await Promise.all([lock('refresh 1', task('a')), lock('refresh 1', task('b'))]);
  return log.join() === 'a begins,a ends,b begins,b ends';
}

describe('the lock across tabs', () => {
  test('uses Web Locks', async () => {
    let asked = 0;
    const lock = openLock(
      locks((task) => {
        asked++;
        return task();
      }),
    );
    expect(await lock('refresh 1', async () => 'done')).toBe('done');
    expect(asked).toBe(1);
  });

  test('falls back to a lock within the tab if the browser rejects Web Locks, as Firefox does while it blocks site data', async () => {
    const lock = openLock(locks(refused));
    expect(await isExclusive(lock)).toBe(true);
    expect(await lock('refresh 1', async () => 'done')).toBe('done');
  });

  test('runs a task once and rethrows its errors, including a SecurityError', async () => {
    let runs = 0;
    const lock = openLock(locks((task) => task()));
    const task = async (): Promise<never> => {
      runs++;
      throw new DOMException('blocked', 'SecurityError');
    };
    await expect(lock('refresh 1', task)).rejects.toMatchObject({ name: 'SecurityError' });
    expect(runs).toBe(1);
  });

  test('rethrows other errors of the browser, especially an abort', async () => {
    const lock = openLock(locks(() => Promise.reject(new DOMException('gone', 'AbortError'))));
    await expect(lock('refresh 1', async () => 'done')).rejects.toMatchObject({ name: 'AbortError' });
  });
});
