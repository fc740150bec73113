import { isStrings } from '#lib/guards.ts';
import type { DpopContext, ServerRole } from '#oauth/dpop-fetch.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { Fetch, RetryAwareFetch } from '#oauth/flow-context.ts';
import type { TextStorage } from '#storage/memory-fallback.ts';

import type { DpopKeyStore } from './dpop-key-store.ts';

/** Identifies the DPoP key to prove. */
export interface DpopKeyRef {
  keyId: string;
  /**
   * How far the server's clock was ahead of ours when it issued the tokens, in milliseconds; absent if the tokens did
   * not say.
   */
  clockOffset?: number;
}

/** Adds DPoP proofs to requests made for a grant that is bound to a key (M-20). */
export interface DpopSigner {
  /**
   * Returns a fetch whose requests carry a proof of the key.
   * @throws OAuthError `key-missing` | `unreachable` | those of the DPoP fetch
   */
  through(fetch: RetryAwareFetch, role: ServerRole, bound: DpopKeyRef): Fetch;
}

const NONCES = 'dpop-nonces';

/**
 * Creates a signer that uses this browser's keys. The DPoP code is loaded on first use, because most sign-ins do not
 * need it.
 * @param storage persists the servers' nonces across the redirect to a sign-in page, so that the code is not sent
 *   twice for lack of one
 */
export function createDpopSigner(
  keys: Pick<DpopKeyStore, 'find'>,
  now: () => number,
  storage?: TextStorage,
): DpopSigner {
  const clockOffsets = new Map<string, number>();
  const nonces = createNonces(storage);
  return {
    through: (fetch, role, { keyId, clockOffset }) => {
      return async (input, init) => {
        const [dpopFetch, key] = await Promise.all([loadProvingFetch(), keys.find(keyId)]);
        if (!key) throw new OAuthError('key-missing', 'the DPoP key is missing');
        const offset = clockOffset !== undefined && { issuedOffset: clockOffset };
        return dpopFetch(fetch, { key, role, now, nonces, clockOffsets, ...offset })(input, init);
      };
    },
  };
}

/** Loads the DPoP code. If that fails, no request is sent, so callers see it as an unreachable network. */
async function loadProvingFetch() {
  try {
    return (await import('#oauth/dpop-fetch.ts')).dpopFetch;
  } catch (cause) {
    throw new OAuthError('unreachable', 'could not load the DPoP code', { cause });
  }
}

/** Creates the nonce store of this tab. Nonces are not secret (RFC 9449 §8). */
function createNonces(storage: TextStorage | undefined): DpopContext['nonces'] {
  const nonces = new Map(restored(storage));
  return {
    get: (server) => nonces.get(server),
    set(server, nonce) {
      if (nonces.get(server) === nonce) return;
      nonces.set(server, nonce);
      try {
        storage?.setItem(NONCES, JSON.stringify([...nonces]));
      } catch {
        // Storage is full; the next page of this tab gets a new nonce from the server.
      }
    },
  };
}

function restored(storage: TextStorage | undefined): [string, string][] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(NONCES) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isPair) : [];
  } catch {
    return [];
  }
}

const isPair = (value: unknown): value is [string, string] => isStrings(value) && value.length === 2;
