/**
 * Runs `task` while no other holder of `name` runs, in this tab, in another tab of this origin, or in the worker.
 * Aborting `signal` stops waiting for the lock.
 */
export type Lock = <T>(name: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** Returns the name of the lock that guards changes to a connection's grant. */
export const lockName = (connectionId: string): string => `refresh ${connectionId}`;

/** The cross-tab lock of the Web Locks API. The browser releases it when the tab or worker that holds it dies. */
export const webLock: Lock = (name, task, signal) => navigator.locks.request(name, signal ? { signal } : {}, task);

/**
 * Returns the cross-tab lock. Falls back to a lock within this tab if the browser has no Web Locks or rejects them:
 * while Firefox blocks a site's data, it rejects each request with a SecurityError.
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

/**
 * Creates a lock within this tab only, for browsers without Web Locks. The refresh journal then coordinates between
 * tabs (wait-for-other-tabs.ts).
 */
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
