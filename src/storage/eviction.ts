import { createObservable, type Observable } from './observable.ts';

/** A collection of this app as far as it matters here. */
interface Kept {
  ready: Promise<void>;
  subscribe(listener: () => void): () => void;
  /** How many records there are; undefined until they have been read. */
  count(): number | undefined;
  /** Whether that is all that is stored: else there is more, as of a newer version of the app. */
  isFullyReadable(): Promise<boolean>;
  reloadAll(): Promise<void>;
}

export interface EvictionDeps {
  collections: readonly Kept[];
  /** Tells when the browser has closed a store unasked. */
  dropped: Pick<Observable<unknown>, 'subscribe'>;
  /** Where a mark outlives an eviction of the databases; undefined where it is blocked. */
  flags: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
  /** Asks the browser to keep what is stored when room is short; it may ask the person, or decide by itself. */
  persist: () => void;
}

const FLAG = 'kept';

/**
 * Whether the browser has cleared what the app kept: a mark says that there was something, and there is nothing. Browsers do so
 * when room is short, or when a person clears a site's data; where the mark goes too, it can't be told, unless a page sees it
 * happen: the browser then closes the stores of that page. The browser is asked to keep it once there is something worth keeping,
 * and not before.
 */
export function detectEviction({ collections, dropped, flags, persist }: EvictionDeps): Observable<boolean> {
  const wasCleared = createObservable(false);
  let hasAsked = false;
  /** What can't be read is there all the same: nobody has cleared it. */
  let holdsMore = false;
  const look = (): void => {
    const counts = collections.map(({ count }) => count());
    if (counts.includes(undefined)) return;
    if (counts.every((count) => count === 0)) return holdsMore ? undefined : flags?.removeItem(FLAG);
    wasCleared.set(false);
    try {
      flags?.setItem(FLAG, 'yes');
    } catch {
      // Full: an eviction will then not be noticed.
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
  // A database that can't be read is told of by the storage's own health.
  begin().catch(() => undefined);
  dropped.subscribe(() => void lookAgain().catch(() => undefined));
  return wasCleared;
}

/** Forgets that there was anything, after a person has erased it. */
export function forgetEvictionFlag(flags: EvictionDeps['flags']): void {
  flags?.removeItem(FLAG);
}
