import type { Fetch } from '#oauth/flow-context.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';

/**
 * What servers said of themselves, for as long as they let it be kept, so that a second sign-in asks nothing again (M-2,
 * DISC-12). Answers are kept as they came and are held against every rule each time they are used (STO-6).
 */
export interface MetadataCache {
  /** A fetch that answers from the cache where it can. `fresh` asks anew, and keeps what comes. */
  through(fetch: Fetch, options?: DiscoveryOptions): Fetch;
}

export interface DiscoveryOptions {
  /** Asks the server and not the cache. */
  fresh?: boolean;
  /** Told when an answer came from the cache. */
  onCached?: (url: string) => void;
}

/** An answer as it is kept. `until` in milliseconds since 1970. */
interface StoredResponse {
  until: number;
  status: number;
  headers: Record<string, string>;
  body: string;
}

const KEPT_HEADERS = ['content-type', 'www-authenticate'];
const HOUR_MS = 60 * 60 * 1000;
const MAX_MS = 24 * HOUR_MS;

/** A cache in `store`. */
export function openMetadataCache(
  now: () => number,
  store: PersistentStore = openPersistentStore('discovery'),
): MetadataCache {
  return {
    through:
      (fetch, { fresh = false, onCached } = {}) =>
      async (input, init) => {
        const { url } = new Request(input);
        const kept = fresh ? undefined : await store.get(url);
        if (isStoredResponse(kept) && kept.until > now()) {
          onCached?.(url);
          return new Response(kept.body, { status: kept.status, headers: kept.headers });
        }
        const response = await fetch(input, init);
        const lifetime = lifetimeOf(response);
        if (lifetime > 0) await store.set(url, await responseOf(response.clone(), now() + lifetime));
        else if (kept !== undefined) await store.delete(url);
        return response;
      },
  };
}

/**
 * How long an answer is kept, in milliseconds: descriptions as long as they say, else an hour (RFC 9111 §4.2.2). A refusal is
 * kept for an hour whatever it says: nothing of it is used but where the description stands.
 */
function lifetimeOf(response: Response): number {
  if (response.status !== 200 && response.status !== 401) return 0;
  const directives = response.headers.get('cache-control') ?? '';
  if (/\bno-store\b|\bno-cache\b/i.test(directives) && response.status === 200) return 0;
  const maxAge = /\bmax-age\s*=\s*"?(\d+)/i.exec(directives)?.[1];
  return Math.min(maxAge === undefined || response.status === 401 ? HOUR_MS : Number(maxAge) * 1000, MAX_MS);
}

async function responseOf(response: Response, until: number): Promise<StoredResponse> {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { until, status: response.status, headers: Object.fromEntries(headers), body: await response.text() };
}

function isStoredResponse(value: unknown): value is StoredResponse {
  if (typeof value !== 'object' || value === null) return false;
  const stored = value as Partial<Record<keyof StoredResponse, unknown>>;
  return (
    typeof stored.until === 'number' &&
    (stored.status === 200 || stored.status === 401) &&
    typeof stored.body === 'string' &&
    typeof stored.headers === 'object' &&
    stored.headers !== null &&
    Object.values(stored.headers).every((header) => typeof header === 'string')
  );
}
