/**
 * Runs `task` while no other holder of `name` runs, in this tab or another of this origin, or in the worker. A `signal` gives up
 * waiting for it.
 */
export type Lock = <T>(name: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** The lock of whatever changes a connection's grant. */
export const lockName = (connectionId: string): string => `refresh ${connectionId}`;

/** A lock across tabs by the Web Locks API. The browser frees it when the tab or worker that holds it dies. */
export const webLock: Lock = (name, task, signal) => navigator.locks.request(name, signal ? { signal } : {}, task);

/**
 * Returns the lock across tabs; one within this tab where the browser has no Web Locks, or refuses them: Firefox rejects each
 * request for one with a SecurityError while it blocks a site's data.
 */
export function openLock(locks: LockManager | undefined = navigator.locks): Lock {
  const tabLock = createTabLock();
  if (!locks) return tabLock;
  return async (name, task, signal) => {
    let isGranted = false;
    try {
      return await locks.request(name, signal ? { signal } : {}, () => {
        isGranted = true;
        return task();
      });
    } catch (error) {
      if (isGranted || !(error instanceof DOMException) || error.name !== 'SecurityError') throw error;
      return tabLock(name, task, signal);
    }
  };
}

/** A lock within this tab only, for a browser without Web Locks: between tabs the journal has to do (wait-for-other-tabs.ts). */
export function createTabLock(): Lock {
  const tails = new Map<string, Promise<unknown>>();
  return (name, task, signal) => {
    const whenFree = async () => {
      signal?.throwIfAborted();
      return task();
    };
    const turn = (tails.get(name) ?? Promise.resolve()).then(whenFree, whenFree);
    tails.set(name, turn);
    return turn;
  };
}
