import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';

/** Remembers which authorization responses were redeemed, over all tabs: a duplicated tab copies sessionStorage (CB-8). */
export interface ConsumedStates {
  /** Marks a state as used; true only for the first who asks. One IndexedDB transaction, so no two tabs both get true. */
  consume(state: string): Promise<boolean>;
  isUsed(state: string): Promise<boolean>;
  /**
   * Forgets those of more than a day ago. It is done on the way out: a code that comes back waits for `consume` alone, in a
   * database that is there already.
   */
  sweep(): Promise<void>;
}

const STORED_FOR_MS = 24 * 60 * 60 * 1000;

/** Used states in `store`, as hashes with their time. */
export function openConsumedStates(
  now: () => number,
  store: PersistentStore = openPersistentStore('used-sign-ins'),
): ConsumedStates {
  return {
    consume: async (state) => store.add(await hashOf(state), now()),
    async isUsed(state) {
      return (await store.get(await hashOf(state))) !== undefined;
    },
    async sweep() {
      for (const [hash, usedAt] of await store.entries()) {
        if (typeof usedAt !== 'number' || now() - usedAt > STORED_FOR_MS) await store.delete(hash);
      }
    },
  };
}

async function hashOf(state: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
