import { createMutex } from './mutex.ts';
import type { Store } from './store.ts';

/**
 * A value that is made once, the first time it is needed, and then kept in the store.
 *
 * @param store where it is kept
 * @param key under which key
 * @param isValid tells a stored value of this kind; anything else is made anew
 * @param make makes it; runs again only after the store was cleared
 * @returns a function that resolves to the value
 */
export function readOrCreate<T>(
  store: Store,
  key: string,
  isValid: (value: unknown) => value is T,
  make: () => Promise<T>,
): () => Promise<T> {
  const oneAtATime = createMutex();
  return () =>
    oneAtATime(async () => {
      const stored = (await store.get(key))?.value;
      if (isValid(stored)) return stored;
      const value = await make();
      await store.put(key, { value });
      return value;
    });
}
