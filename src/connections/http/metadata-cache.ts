import { isObject, isString } from '#lib/guards.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';

/**
 * Caches metadata responses for as long as servers allow, so a second sign-in needs no discovery requests (M-2,
 * DISC-12). Responses are stored as received and validated in full on every use (STO-6).
 */
export interface MetadataCache {
  /**
   * Returns a fetch that responds from the cache if possible. With `fresh`, it always sends the request and caches the
   * response.
   */
  through(fetch: Fetch, options?: DiscoveryOptions): Fetch;
}

export interface DiscoveryOptions {
  /** Bypasses the cache. */
  fresh?: boolean;
  /** Called when a response came from the cache. */
  onCached?: (url: string) => void;
}

/** A cached response. `until` is in milliseconds since 1970. */
interface StoredResponse {
  until: number;
  status: number;
  headers: Record<string, string>;
  body: string;
}

const CACHED_HEADERS = ['content-type', 'www-authenticate'];
const HOUR_MS = 60 * 60 * 1000;
const MAX_MS = 24 * HOUR_MS;

/** Opens the cache in `store`. */
export function openMetadataCache(now: () => number, store: PersistentStore): MetadataCache {
  return {
    through:
      (fetch, { fresh = false, onCached } = {}) =>
      async (input, init) => {
        const { url } = new Request(input);
        const cached = fresh ? undefined : await store.get(url);
        if (isStoredResponse(cached) && cached.until > now()) {
          onCached?.(url);
          return new Response(cached.body, { status: cached.status, headers: cached.headers });
        }
        const response = await fetch(input, init);
        const lifetime = lifetimeOf(response);
        if (lifetime > 0) await store.set(url, await responseOf(response.clone(), now() + lifetime));
        else if (cached !== undefined) await store.delete(url);
        return response;
      },
  };
}

/**
 * Returns how long to cache a response, in milliseconds. Metadata is cached as Cache-Control says, else for an hour
 * (RFC 9111 §4.2.2). A 401 is cached for an hour regardless of Cache-Control; we only use its `resource_metadata`.
 */
function lifetimeOf(response: Response): number {
  if (response.status !== 200 && response.status !== 401) return 0;
  const directives = response.headers.get('cache-control') ?? '';
  if (/\bno-store\b|\bno-cache\b/i.test(directives) && response.status === 200) return 0;
  const maxAge = /\bmax-age\s*=\s*"?(\d+)/i.exec(directives)?.[1];
  return Math.min(maxAge === undefined || response.status === 401 ? HOUR_MS : Number(maxAge) * 1000, MAX_MS);
}

async function responseOf(response: Response, until: number): Promise<StoredResponse> {
  const headers = CACHED_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { until, status: response.status, headers: Object.fromEntries(headers), body: await response.text() };
}

function isStoredResponse(value: unknown): value is StoredResponse {
  return (
    isObject<keyof StoredResponse>(value) &&
    typeof value.until === 'number' &&
    (value.status === 200 || value.status === 401) &&
    typeof value.body === 'string' &&
    isObject(value.headers) &&
    Object.values(value.headers).every(isString)
  );
}
