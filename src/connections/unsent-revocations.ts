import type { RevocationRequest } from '#oauth/revoke.ts';
import type { KeptStore } from '#storage/kept-store.ts';
import type { TraceTag } from '#trace/event.ts';

import type { Lock } from './lock.ts';
import type { ProofKeys } from './proof-keys.ts';
import type { BoundKey } from './proofs.ts';
import { isBoundKey, isStoredServer } from './record.ts';
import { revokeOnce } from './revoke-grant.ts';
import type { Wire } from './wire.ts';

/** A revocation that no server has heard: offline, or a server that failed. It has a token in it. */
export interface UnsentRevocation {
  request: RevocationRequest;
  /** The key that the token is bound to; kept until this is sent. */
  bound?: BoundKey;
  /** The service's name, for the trace. */
  service: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** The revocations that are still to be sent (REV-3): the only thing that outlives a connection. */
export interface UnsentRevocations {
  keep(unsent: UnsentRevocation): Promise<void>;
  /** Sends all of them once more; what a server has heard is forgotten, whatever it said, and so is what is a month old. */
  send(): Promise<void>;
  /** The keys that they need. */
  keys(): Promise<ReadonlySet<string>>;
}

export interface UnsentRevocationNeeds {
  store: KeptStore;
  wire: Wire;
  lock: Lock;
  proofKeys: Pick<ProofKeys, 'remove'>;
}

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** Revocations to be sent, in `store`. */
export function openUnsentRevocations({ store, wire, lock, proofKeys }: UnsentRevocationNeeds): UnsentRevocations {
  const keysOf = (entries: readonly [string, unknown][]): Set<string> =>
    new Set(entries.flatMap(([, value]) => (isUnsent(value) && value.bound ? [value.bound.keyId] : [])));
  return {
    keep: (unsent) => store.set(crypto.randomUUID(), unsent),
    keys: async () => keysOf(await store.entries()),
    send: () =>
      lock('revocations', async () => {
        const before = await store.entries();
        for (const [id, value] of before) {
          const isOver = !isUnsent(value) || wire.now() - value.at > MONTH_MS;
          if (isOver || (await isHeard(wire, value))) await store.delete(id);
        }
        const left = keysOf(await store.entries());
        for (const keyId of keysOf(before)) if (!left.has(keyId)) await proofKeys.remove(keyId);
      }),
  };
}

async function isHeard(wire: Wire, { request, bound, service }: UnsentRevocation): Promise<boolean> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service };
  const verdict = await revokeOnce((key) => wire.exchange(tag, undefined, key && { bound: key }), bound, request);
  return verdict !== 'unsent';
}

function isUnsent(value: unknown): value is UnsentRevocation {
  if (typeof value !== 'object' || value === null) return false;
  const { request, bound, service, at } = value as Partial<Record<keyof UnsentRevocation, unknown>>;
  if (typeof service !== 'string' || typeof at !== 'number') return false;
  if (typeof request !== 'object' || request === null) return false;
  const { server, clientId, token, hint } = request as Partial<Record<keyof RevocationRequest, unknown>>;
  return (
    isStoredServer(server) &&
    typeof clientId === 'string' &&
    typeof token === 'string' &&
    (hint === 'access_token' || hint === 'refresh_token') &&
    (bound === undefined || isBoundKey(bound))
  );
}
