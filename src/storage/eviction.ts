import { createObservable, type Observable } from '#lib/observable.ts';

/** The part of a collection that eviction detection needs. */
interface StoredCollection {
  ready: Promise<void>;
  subscribe(listener: () => void): () => void;
  /** Returns the number of records; undefined until they have been read. */
  count(): number | undefined;
  /** Resolves to false if some stored records can't be parsed, for example those of a newer version of the app. */
  isFullyReadable(): Promise<boolean>;
  reloadAll(): Promise<void>;
}

export interface EvictionDeps {
  collections: readonly StoredCollection[];
  /** Notifies when the browser has closed a database on its own. */
  dropped: Pick<Observable<unknown>, 'subscribe'>;
  /** Storage for a flag that survives an eviction of the databases; undefined if the browser blocks it. */
  flags: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
  /** Asks the browser for persistent storage; it may ask the user or decide by itself. */
  persist: () => void;
}

const FLAG = 'kept';

/**
 * Detects that the browser has cleared the app's data: a flag says that there was some, and now there is none. Browsers
 * clear data when space is low or when a user clears a site's data. If the flag is cleared too, the eviction goes
 * unnoticed, unless a page is open: the browser then closes its databases. Persistent storage is requested only once
 * there is data worth keeping.
 */
export function detectEviction({ collections, dropped, flags, persist }: EvictionDeps): Observable<boolean> {
  const wasCleared = createObservable(false);
  let hasAsked = false;
  /** Records we cannot parse still count: they were not evicted. */
  let holdsMore = false;
  const look = (): void => {
    const counts = collections.map(({ count }) => count());
    if (counts.includes(undefined)) return;
    if (counts.every((count) => count === 0)) return holdsMore ? undefined : flags?.removeItem(FLAG);
    wasCleared.set(false);
    try {
      flags?.setItem(FLAG, 'yes');
    } catch {
      // Storage is full, so an eviction will go unnoticed.
    }
    if (hasAsked) return;
    hasAsked = true;
    persist();
  };
  const hasSomething = (): boolean =>
    flags?.getItem(FLAG) === 'yes' || collections.some(({ count }) => (count() ?? 0) > 0);
  const tellIfCleared = async (hadSomething: boolean): Promise<void> => {
    holdsMore = (await Promise.all(collections.map(({ isFullyReadable }) => isFullyReadable()))).includes(false);
    const isEmpty = !holdsMore && collections.every(({ count }) => count() === 0);
    if (isEmpty && hadSomething) wasCleared.set(true);
  };
  const begin = async (): Promise<void> => {
    await Promise.all(collections.map(({ ready }) => ready));
    await tellIfCleared(hasSomething());
    for (const { subscribe } of collections) subscribe(look);
    look();
  };
  const lookAgain = async (): Promise<void> => {
    const hadSomething = hasSomething();
    await Promise.all(collections.map(({ reloadAll }) => reloadAll()));
    await tellIfCleared(hadSomething);
  };
  // Storage health reports a database that can't be read.
  begin().catch(() => undefined);
  dropped.subscribe(() => void lookAgain().catch(() => undefined));
  return wasCleared;
}

/** Removes the flag after the user has erased the data. */
export function forgetEvictionFlag(flags: EvictionDeps['flags']): void {
  flags?.removeItem(FLAG);
}
