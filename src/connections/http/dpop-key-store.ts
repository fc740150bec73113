import { del, entries, get, set } from 'idb-keyval';

import { loadChunk } from '#connections/load-chunk.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';

/** The keys that tokens are bound to: one for each sign-in, and so for each connection (DPOP-1). */
export interface DpopKeyStore {
  /** Makes a key and gives its id. Undefined where this browser keeps no keys: some can't store them, some store nothing. */
  create(): Promise<string | undefined>;
  /** Undefined where it is gone. @throws DOMException when the disk can't be read now: then nobody knows */
  find(id: string): Promise<CryptoKeyPair | undefined>;
  remove(id: string): Promise<void>;
  /** Removes what sign-ins that came to nothing have left: all but `used`, and those that may still be on their way. */
  sweep(used: ReadonlySet<string>): Promise<void>;
}

/** A key as it is kept. `madeAt` in milliseconds since 1970. */
interface StoredKey {
  key: CryptoKeyPair;
  madeAt: number;
}

const ON_THEIR_WAY_MS = 24 * 60 * 60 * 1000;

/**
 * Keys in IndexedDB, which takes a CryptoKey as it is: its private half can be used and never read. They are in no memory of
 * ours instead where the disk takes none: a sign-in leaves the page, and would come back without its key.
 */
export function openDpopKeyStore(now: () => number): DpopKeyStore {
  const disk = openKeyValueStore('proof-keys');
  const known = new Map<string, CryptoKeyPair>();
  return {
    async create() {
      const { createProofKey } = await loadChunk(() => import('#oauth/dpop-proof.ts'));
      const id = crypto.randomUUID();
      const kept: StoredKey = { key: await createProofKey(), madeAt: now() };
      return onDisk(async () => {
        await set(id, kept, disk);
        // Some browsers take a key and give back something else.
        return isStoredKey(await get(id, disk)) ? id : undefined;
      });
    },
    async find(id) {
      const held = known.get(id);
      if (held) return held;
      const kept = await get<unknown>(id, disk);
      if (!isStoredKey(kept)) return undefined;
      known.set(id, kept.key);
      return kept.key;
    },
    async remove(id) {
      known.delete(id);
      await onDisk(() => del(id, disk));
    },
    async sweep(used) {
      const all = (await onDisk(() => entries<string, unknown>(disk))) ?? [];
      for (const [id, kept] of all) {
        const isOnItsWay = isStoredKey(kept) && now() - kept.madeAt < ON_THEIR_WAY_MS;
        if (!used.has(id) && !isOnItsWay) await this.remove(id);
      }
    },
  };
}

/** Runs a task on disk. What the browser refuses to store, a key that can't be cloned included, is undefined. */
async function onDisk<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

function isStoredKey(value: unknown): value is StoredKey {
  if (typeof value !== 'object' || value === null) return false;
  const { key, madeAt } = value as Partial<Record<keyof StoredKey, unknown>>;
  if (typeof key !== 'object' || key === null || typeof madeAt !== 'number') return false;
  const { privateKey, publicKey } = key as Partial<Record<keyof CryptoKeyPair, unknown>>;
  return publicKey instanceof CryptoKey && privateKey instanceof CryptoKey && !privateKey.extractable;
}
