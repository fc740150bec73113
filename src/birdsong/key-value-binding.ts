import type { Store } from './store.ts';

/** The key prefix of the library's records in the store; `oauth:token:*` are access tokens, `oauth:grant:*` are grants. */
export const OAUTH_PREFIX = 'oauth:';

interface PutOptions {
  /** Seconds from now. */
  readonly expirationTtl?: number;
  /** Seconds since the epoch, by the system clock. */
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
 * Creates a Workers KV namespace on top of the store.
 *
 * @param store stores the records
 * @param now the program's clock, in milliseconds. The library computes absolute expiry times with `Date.now()`, so they are
 *   converted to a remaining time by the system clock and then counted from this clock, which alone decides what has expired.
 * @returns the binding that the library expects as `OAUTH_KV`
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
      // Request one extra entry to find out whether the list is complete.
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
