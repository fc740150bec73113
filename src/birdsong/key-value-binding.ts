import type { Store } from './store.ts';

/** Where the library's records live in the store; `oauth:token:*` are access tokens, `oauth:grant:*` are grants. */
export const OAUTH_PREFIX = 'oauth:';

interface PutOptions {
  /** Seconds from now. */
  readonly expirationTtl?: number;
  /** Seconds since the epoch, by the real clock. */
  readonly expiration?: number;
  readonly metadata?: unknown;
}

interface ListOptions {
  readonly prefix?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface ListResult {
  readonly keys: { readonly name: string; readonly metadata?: unknown }[];
  readonly list_complete: boolean;
  readonly cursor?: string;
}

/** The part of a Workers KV namespace that the library uses. */
export interface KeyValueBinding {
  get(key: string, options?: { readonly type?: 'text' | 'json' }): Promise<unknown>;
  put(key: string, value: string, options?: PutOptions): Promise<void>;
  delete(key: string): Promise<void>;
  list(options?: ListOptions): Promise<ListResult>;
}

/**
 * A Workers KV namespace over the store.
 *
 * @param store where the records go
 * @param now the program's clock, milliseconds. The library reads `Date.now()` itself, so an absolute expiry is taken
 *   as the time left by the real clock and counted from here; what expires then follows this clock alone.
 * @returns the binding the library expects as `OAUTH_KV`
 */
export function createKeyValueBinding(store: Store, now: () => number): KeyValueBinding {
  return {
    async get(key, options) {
      const entry = await store.get(OAUTH_PREFIX + key);
      if (typeof entry?.value !== 'string') return null;
      return options?.type === 'json' ? JSON.parse(entry.value) : entry.value;
    },
    async put(key, value, { expirationTtl, expiration, metadata } = {}) {
      const left = expirationTtl ?? (expiration === undefined ? undefined : expiration - Date.now() / 1000);
      await store.put(OAUTH_PREFIX + key, {
        value,
        ...(left === undefined ? {} : { expiresAt: now() + left * 1000 }),
        ...(metadata === undefined ? {} : { metadata }),
      });
    },
    async delete(key) {
      await store.delete(OAUTH_PREFIX + key);
    },
    async list({ prefix = '', limit = 1000, cursor } = {}) {
      // One more than asked for tells whether the list goes on.
      const found = await store.list({
        prefix: OAUTH_PREFIX + prefix,
        limit: limit + 1,
        ...(cursor === undefined ? {} : { after: OAUTH_PREFIX + cursor }),
      });
      const keys = found.slice(0, limit).map(({ key, metadata }) => ({
        name: key.slice(OAUTH_PREFIX.length),
        ...(metadata === undefined ? {} : { metadata }),
      }));
      const last = keys.at(-1);
      return found.length > limit && last !== undefined
        ? { keys, list_complete: false, cursor: last.name }
        : { keys, list_complete: true };
    },
  };
}
