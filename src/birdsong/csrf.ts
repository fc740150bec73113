import { readOrCreate } from './read-or-create.ts';
import type { Store } from './store.ts';

/** Tells Birdsong's own forms from forged ones. */
export interface CsrfGuard {
  /** The value for the form's hidden `guard` field. `purpose` names exactly what the form may do. */
  issue(purpose: string): Promise<string>;
  /** Whether a posted form was Birdsong's own, for this purpose. */
  accepts(request: Request, purpose: string, guard: string | null): Promise<boolean>;
}

/**
 * Guards forms against posts from other sites. A worker's response can set no cookie to tie a form to a browser, but it
 * needs none: the store is the browser's own, so a value only this store can produce (an HMAC over the purpose) is one
 * that no other site can read or make. On top of that a browser is believed when it says that a post came from elsewhere.
 * It need not say: Chromium shows a worker no `Sec-Fetch-Site`, and `Origin: null` for a page that sends no referrer, as
 * Birdsong's own do.
 *
 * @param store keeps the secret
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
