import { readOrCreate } from './read-or-create.ts';
import type { Store } from './store.ts';

/** Protects Birdsong's forms against cross-site request forgery. */
export interface CsrfGuard {
  /** Returns the value for the form's hidden `guard` field. `purpose` identifies exactly what the form may do. */
  issue(purpose: string): Promise<string>;
  /** Returns whether a form post comes from Birdsong's own form for this purpose. */
  accepts(request: Request, purpose: string, guard: string | null): Promise<boolean>;
}

/**
 * Creates a guard against form posts from other sites. A worker's response cannot set a cookie that ties a form to a
 * browser, but none is needed: the store belongs to this browser, so no other site can read or forge an HMAC over the purpose
 * with a secret from the store. The guard also rejects a post whose `Sec-Fetch-Site` or `Origin` header names another site.
 * Neither header is required: Chromium does not expose `Sec-Fetch-Site` to a worker, and sends `Origin: null` for pages with
 * a no-referrer policy, such as Birdsong's own.
 *
 * @param store stores the secret
 * @param origin Birdsong's own origin
 * @returns the guard
 */
export function createCsrfGuard(store: Store, origin: string): CsrfGuard {
  const secret = readOrCreate(store, 'form-guard', isSecret, async () => crypto.getRandomValues(new Uint8Array(32)));

  async function key(): Promise<CryptoKey> {
    return crypto.subtle.importKey('raw', await secret(), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  }

  return {
    async issue(purpose) {
      const digest = await crypto.subtle.sign('HMAC', await key(), new TextEncoder().encode(purpose));
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    async accepts(request, purpose, guard) {
      const site = request.headers.get('sec-fetch-site');
      if (site !== null && site !== 'same-origin') return false;
      const sender = request.headers.get('origin');
      if (sender !== null && sender !== 'null' && sender !== origin) return false;
      if (guard === null || !/^[0-9a-f]{64}$/.test(guard)) return false;
      const digest = Uint8Array.from(guard.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      return crypto.subtle.verify('HMAC', await key(), digest, new TextEncoder().encode(purpose));
    },
  };
}

function isSecret(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.byteLength === 32;
}
