import { delMany, entries, get, update, type UseStore } from 'idb-keyval';

import { openKeyValueStore } from '#storage/key-value-store.ts';

/** Remembers which authorization responses were redeemed, over all tabs: a duplicated tab copies sessionStorage (CB-8). */
export interface UsedStates {
  /** Marks a state as used; true only for the first who asks. One IndexedDB transaction, so no two tabs both get true. */
  claim(state: string): Promise<boolean>;
  isUsed(state: string): Promise<boolean>;
}

const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

/** Used states in IndexedDB, as hashes with their time; older than a day they are dropped. */
export function openUsedStates(now: () => number, store: UseStore = openKeyValueStore('used-sign-ins')): UsedStates {
  return {
    async claim(state) {
      const key = await hashOf(state);
      let isFirst = false;
      await update<number>(
        key,
        (usedAt) => {
          isFirst = usedAt === undefined;
          return usedAt ?? now();
        },
        store,
      );
      const all = await entries<string, number>(store);
      const old = all.filter(([, usedAt]) => now() - usedAt > KEPT_FOR_MS).map(([hash]) => hash);
      if (old.length > 0) await delMany(old, store);
      return isFirst;
    },
    async isUsed(state) {
      return (await get<number>(await hashOf(state), store)) !== undefined;
    },
  };
}

async function hashOf(state: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
