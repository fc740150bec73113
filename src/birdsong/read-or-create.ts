import { createMutex } from './mutex.ts';
import type { Store } from './store.ts';

/**
 * Creates a value on first use and stores it for later uses.
 *
 * @param store the store
 * @param key the key of the stored value
 * @param isValid validates the stored value; an invalid value is replaced
 * @param make creates the value when no valid one is stored, for example after the store was cleared
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
