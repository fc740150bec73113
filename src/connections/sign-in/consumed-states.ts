import { encodeHex } from '#lib/encoding.ts';
import { sha2 } from '#lib/sha2.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';

/** Remembers redeemed authorization responses across all tabs, because a duplicated tab copies sessionStorage (CB-8). */
export interface ConsumedStates {
  /** Marks a state as used. Resolves to true for the first caller only: one IndexedDB transaction, so tabs cannot race. */
  consume(state: string): Promise<boolean>;
  isUsed(state: string): Promise<boolean>;
  /**
   * Deletes states older than one day. It runs when a sign-in starts, so the callback only waits for `consume`, in a database
   * that already exists.
   */
  sweep(): Promise<void>;
}

const STORED_FOR_MS = 24 * 60 * 60 * 1000;

/** Opens the used states in `store`, which holds their hashes and the time of use. */
export function openConsumedStates(now: () => number, store: PersistentStore): ConsumedStates {
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

const hashOf = async (state: string): Promise<string> => encodeHex(await sha2(state));
