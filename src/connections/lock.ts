/** Runs `task` while no other holder of `name` runs, in this tab or another of this origin. */
export type Lock = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** A lock across tabs by the Web Locks API. The browser frees it when the tab that holds it dies. */
export const webLock: Lock = (name, task) => navigator.locks.request(name, task);

/** A lock within this tab only, for a browser without Web Locks: two tabs may then both refresh, and one may lose. */
export function createTabLock(): Lock {
  const tails = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const turn = (tails.get(name) ?? Promise.resolve()).then(task, task);
    tails.set(name, turn);
    return turn;
  };
}
