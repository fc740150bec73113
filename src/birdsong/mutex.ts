/** Runs tasks one after another. Each caller gets the result or the error of its own task. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * Creates a mutex. The store has no transactions that span several reads and writes, and one worker serves the whole
 * origin, so tasks that must not interleave (redeeming a code, storing an idempotency key) are queued here.
 *
 * @returns a function that runs its task after all earlier ones have settled
 */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const outcome = last.then(task);
    last = outcome.catch(() => undefined);
    return outcome;
  };
}
