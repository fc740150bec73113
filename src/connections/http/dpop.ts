import type { DpopContext, ServerRole } from '#oauth/dpop-fetch.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { Fetch, RetryAwareFetch } from '#oauth/flow-context.ts';
import type { TextStorage } from '#storage/memory-fallback.ts';

import type { DpopKeyStore } from './dpop-key-store.ts';

/** The key that a request proves. */
export interface DpopKeyRef {
  keyId: string;
  /** How far the server's clock was ahead of ours, in milliseconds, when it issued the tokens, where they said so. */
  clockOffset?: number;
}

/** Proofs for requests that act for a grant which is bound to a key (M-20). */
export interface DpopSigner {
  /** A fetch whose requests prove the key. @throws OAuthError `key-missing` | `unreachable` | those of the proving fetch */
  through(fetch: RetryAwareFetch, role: ServerRole, bound: DpopKeyRef): Fetch;
}

const NONCES = 'dpop-nonces';

/**
 * Proofs with the keys of this browser. What makes them is loaded when the first is needed: most sign-ins have none.
 * @param storage keeps the servers' nonces over the way to a sign-in page, so that the code is not sent twice for want of one
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

/** What makes proofs. Where it can't be loaded, nothing leaves: to whoever called, that is a network which is not there. */
async function loadProvingFetch() {
  try {
    return (await import('#oauth/dpop-fetch.ts')).dpopFetch;
  } catch (cause) {
    throw new OAuthError('unreachable', 'could not load the DPoP code', { cause });
  }
}

/** The nonces of this tab, which are no secrets (RFC 9449 §8). */
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
        // No room: the next page of this tab asks for one.
      }
    },
  };
}

function restored(storage: TextStorage | undefined): [string, string][] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(NONCES) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPair) : [];
  } catch {
    return [];
  }
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
