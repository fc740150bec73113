import type { RevocationRequest } from '#oauth/revoke.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import type { KeptStore } from '#storage/kept-store.ts';
import { createObservable, type Observable } from '#storage/observable.ts';
import type { TraceTag } from '#trace/event.ts';

import type { Lock } from './lock.ts';
import type { ProofKeys } from './proof-keys.ts';
import { isBoundKey, isStoredServer } from './record.ts';
import { revokeOnce, type Heard, type Revocation } from './revoke-grant.ts';
import type { Wire } from './wire.ts';

/** What no server has heard of one disconnect: offline, or a server that failed. It has tokens in it. */
export interface UnsentRevocation {
  /** Their keys are kept until they are sent. */
  revocations: readonly Revocation[];
  /** That one of them was refused counts, also once the others are confirmed. */
  wasRefused?: true;
  /** The service's name, for the trace. */
  service: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a server said in the end of what had been given out for a connection. */
export type HeardSince = ReadonlyMap<string, Heard>;

/** The revocations that are still to be sent (REV-3): the only thing that outlives a connection. */
export interface UnsentRevocations {
  /** All of one disconnect at once: what is there of a connection is the whole of it. */
  keep(connectionId: string, unsent: UnsentRevocation): Promise<void>;
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
  const note = (verdict: Heard, connection: string): void => set(new Map(get()).set(connection, verdict));
  channel.listen((heard) => {
    const [verdict, connection] = heard.split(' ');
    if (connection !== undefined && (verdict === 'confirmed' || verdict === 'refused')) note(verdict, connection);
  });
  const keys = async (): Promise<Set<string>> => {
    const kept = (await store.entries()).flatMap(([, value]) => readUnsent(value)?.revocations ?? []);
    return new Set(kept.flatMap(({ bound }) => bound?.keyId ?? []));
  };
  return {
    keep: (connectionId, unsent) => store.set(connectionId, unsent),
    heard: { get, subscribe },
    keys,
    send: () =>
      lock('revocations', async () => {
        const before = await keys();
        for (const [connection, value] of await store.entries()) {
          const unsent = readUnsent(value);
          if (!unsent || wire.now() - unsent.at > MONTH_MS) {
            await store.delete(connection);
            continue;
          }
          const left = await ask(wire, unsent);
          if (left.revocations.length > 0) {
            await store.replace(connection, left);
            continue;
          }
          await store.delete(connection);
          const verdict = left.wasRefused ? 'refused' : 'confirmed';
          note(verdict, connection);
          channel.announce(`${verdict} ${connection}`);
        }
        const after = await keys();
        for (const keyId of before) if (!after.has(keyId)) await proofKeys.remove(keyId);
      }),
  };
}

/** What is left of it once it was sent. */
async function ask(wire: Wire, unsent: UnsentRevocation): Promise<UnsentRevocation> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service: unsent.service };
  const left: Revocation[] = [];
  let { wasRefused } = unsent;
  for (const revocation of unsent.revocations) {
    const verdict = await revokeOnce((key) => wire.exchange(tag, undefined, key && { bound: key }), revocation);
    if (verdict === 'unsent') left.push(revocation);
    if (verdict === 'refused') wasRefused = true;
  }
  return { ...unsent, revocations: left, ...(wasRefused && { wasRefused }) };
}

/** What was kept; of an older version of the app, which kept each token by itself, too. */
function readUnsent(value: unknown): UnsentRevocation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { service, at, revocations = [value], wasRefused } = value as Partial<Record<keyof UnsentRevocation, unknown>>;
  if (typeof service !== 'string' || typeof at !== 'number') return undefined;
  if (!Array.isArray(revocations) || !revocations.every(isRevocation)) return undefined;
  return { service, at, revocations, ...(wasRefused === true && { wasRefused }) };
}

function isRevocation(value: unknown): value is Revocation {
  if (typeof value !== 'object' || value === null) return false;
  const { request, bound } = value as Partial<Record<keyof Revocation, unknown>>;
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
