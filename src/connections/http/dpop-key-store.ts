import { del, entries, get, set } from 'idb-keyval';

import { loadChunk } from '#connections/load-chunk.ts';
import { isObject } from '#lib/guards.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';

/** The keys that tokens are bound to: one for each sign-in, and so for each connection (DPOP-1). */
export interface DpopKeyStore {
  /**
   * Creates a key and returns its id. Returns undefined if this browser can't store keys: some browsers reject them,
   * some store nothing.
   */
  create(): Promise<string | undefined>;
  /**
   * Returns undefined if the key is gone.
   * @throws DOMException if the disk can't be read now, so the key may still exist
   */
  find(id: string): Promise<CryptoKeyPair | undefined>;
  remove(id: string): Promise<void>;
  /**
   * Removes the keys of sign-ins that failed or were abandoned: all except `used` and those recent enough to be still
   * in progress.
   */
  sweep(used: ReadonlySet<string>): Promise<void>;
}

/** A stored key. `madeAt` is in milliseconds since 1970. */
interface StoredKey {
  key: CryptoKeyPair;
  madeAt: number;
}

const ON_THEIR_WAY_MS = 24 * 60 * 60 * 1000;

/**
 * Opens the keys in IndexedDB, which stores a CryptoKey with a non-extractable private key. There is no in-memory
 * fallback: a sign-in leaves the page and would return without its key.
 */
export function openDpopKeyStore(now: () => number): DpopKeyStore {
  const disk = openKeyValueStore('proof-keys');
  const known = new Map<string, CryptoKeyPair>();
  return {
    async create() {
      const { createProofKey } = await loadChunk(() => import('#oauth/dpop-proof.ts'));
      const id = crypto.randomUUID();
      const stored: StoredKey = { key: await createProofKey(), madeAt: now() };
      return onDisk(async () => {
        await set(id, stored, disk);
        // Some browsers accept a key and return something else.
        return isStoredKey(await get(id, disk)) ? id : undefined;
      });
    },
    async find(id) {
      const held = known.get(id);
      if (held) return held;
      const stored = await get<unknown>(id, disk);
      if (!isStoredKey(stored)) return undefined;
      known.set(id, stored.key);
      return stored.key;
    },
    async remove(id) {
      known.delete(id);
      await onDisk(() => del(id, disk));
    },
    async sweep(used) {
      const all = (await onDisk(() => entries<string, unknown>(disk))) ?? [];
      for (const [id, stored] of all) {
        const isPending = isStoredKey(stored) && now() - stored.madeAt < ON_THEIR_WAY_MS;
        if (!used.has(id) && !isPending) await this.remove(id);
      }
    },
  };
}

/** Runs a task on disk. Returns undefined if the browser rejects it, for example because it can't clone the key. */
async function onDisk<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

function isStoredKey(value: unknown): value is StoredKey {
  if (!isObject<keyof StoredKey>(value)) return false;
  const { key, madeAt } = value;
  if (!isObject<keyof CryptoKeyPair>(key) || typeof madeAt !== 'number') return false;
  const { privateKey, publicKey } = key;
  return publicKey instanceof CryptoKey && privateKey instanceof CryptoKey && !privateKey.extractable;
}
