/** Runs tasks one after another. Outcomes, failures too, go to whoever asked. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * Makes a queue. The store has no transactions that span several reads and writes, and one worker serves the whole
 * origin, so what must not interleave (redeeming a code, filling an idempotency key) waits in line here.
 *
 * @returns a function that runs its task when all earlier ones have ended
 */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const outcome = last.then(task);
    last = outcome.catch(() => undefined);
    return outcome;
  };
}
