import type { RevocationRequest } from '#oauth/revoke.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import type { KeptStore } from '#storage/kept-store.ts';
import { createObservable, type Observable } from '#storage/observable.ts';
import type { TraceTag } from '#trace/event.ts';

import type { Lock } from './lock.ts';
import type { ProofKeys } from './proof-keys.ts';
import type { BoundKey } from './proofs.ts';
import { isBoundKey, isStoredServer } from './record.ts';
import { revokeOnce, type Verdict } from './revoke-grant.ts';
import type { Wire } from './wire.ts';

/** A revocation that no server has heard: offline, or a server that failed. It has a token in it. */
export interface UnsentRevocation {
  request: RevocationRequest;
  /** The key that the token is bound to; kept until this is sent. */
  bound?: BoundKey;
  /** The service's name, for the trace. */
  service: string;
  /** The id of the connection that it was for. */
  connection?: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a server said in the end of what had been given out for a connection. */
export type HeardSince = ReadonlyMap<string, 'confirmed' | 'refused'>;

/** The revocations that are still to be sent (REV-3): the only thing that outlives a connection. */
export interface UnsentRevocations {
  keep(unsent: UnsentRevocation): Promise<void>;
  /** Sends all of them once more; what a server has heard is forgotten, whatever it said, and so is what is a month old. */
  send(): Promise<void>;
  /** What has become of those that this or another tab has sent, by the ids of their connections. */
  heard: Observable<HeardSince>;
  /** The keys that they need. */
  keys(): Promise<ReadonlySet<string>>;
}

export interface UnsentRevocationNeeds {
  store: KeptStore;
  wire: Wire;
  lock: Lock;
  proofKeys: Pick<ProofKeys, 'remove'>;
  /** Between the tabs: a verdict and the id of a connection. */
  channel: ChangeChannel;
}

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** Revocations to be sent, in `store`. */
export function openUnsentRevocations({
  store,
  wire,
  lock,
  proofKeys,
  channel,
}: UnsentRevocationNeeds): UnsentRevocations {
  const { get, set, subscribe } = createObservable<HeardSince>(new Map());
  const note = (verdict: 'confirmed' | 'refused', connection: string): void =>
    set(new Map(get()).set(connection, verdict));
  /** Of connections of which something may still be unsent. */
  const said = new Map<string, 'confirmed' | 'refused'>();
  channel.listen((heard) => {
    const [verdict, connection] = heard.split(' ');
    if (connection !== undefined && (verdict === 'confirmed' || verdict === 'refused')) note(verdict, connection);
  });
  const keysOf = (entries: readonly [string, unknown][]): Set<string> =>
    new Set(entries.flatMap(([, value]) => (isUnsent(value) && value.bound ? [value.bound.keyId] : [])));
  return {
    keep: (unsent) => store.set(crypto.randomUUID(), unsent),
    heard: { get, subscribe },
    keys: async () => keysOf(await store.entries()),
    send: () =>
      lock('revocations', async () => {
        const before = await store.entries();
        for (const [id, value] of before) {
          const verdict = isUnsent(value) && wire.now() - value.at <= MONTH_MS ? await ask(wire, value) : undefined;
          if (verdict === 'unsent') continue;
          await store.delete(id);
          const connection = isUnsent(value) ? value.connection : undefined;
          if (verdict === undefined || connection === undefined) continue;
          // A connection may have had several tokens: that one of them was refused counts.
          if (said.get(connection) !== 'refused') said.set(connection, verdict);
        }
        const after = await store.entries();
        const waiting = new Set(after.map(([, value]) => isUnsent(value) && value.connection));
        for (const [connection, verdict] of said) {
          if (waiting.has(connection)) continue;
          said.delete(connection);
          note(verdict, connection);
          channel.announce(`${verdict} ${connection}`);
        }
        const left = keysOf(after);
        for (const keyId of keysOf(before)) if (!left.has(keyId)) await proofKeys.remove(keyId);
      }),
  };
}

function ask(wire: Wire, { request, bound, service }: UnsentRevocation): Promise<Verdict> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service };
  return revokeOnce((key) => wire.exchange(tag, undefined, key && { bound: key }), bound, request);
}

function isUnsent(value: unknown): value is UnsentRevocation {
  if (typeof value !== 'object' || value === null) return false;
  const { request, bound, service, connection, at } = value as Partial<Record<keyof UnsentRevocation, unknown>>;
  if (typeof service !== 'string' || typeof at !== 'number') return false;
  if (connection !== undefined && typeof connection !== 'string') return false;
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
