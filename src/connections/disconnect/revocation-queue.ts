import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { Lock } from '#connections/lock.ts';
import { isDpopKeyRef, isStoredServer } from '#connections/store/connection-record.ts';
import type { RevocationRequest } from '#oauth/revoke.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import { createObservable, type Observable } from '#storage/observable.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';
import { isStorageError } from '#storage/storage-health.ts';
import type { TraceTag } from '#trace/event.ts';

import { revokeOnce, type RevocationResult, type Revocation } from './revoke-grant.ts';

/** What no server had heard of one disconnect: offline, or a server that failed. It has tokens in it. */
export interface QueuedRevocations {
  /** Those still to be sent, whose keys are kept until then; none: all was heard, and what was said is what is left of it. */
  revocations: readonly Revocation[];
  /** That one of them was refused counts, also once the others are confirmed. */
  wasRefused?: true;
  /** The service's name, for the trace. */
  service: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a server said in the end of what had been given out for a connection. */
export type RevocationResults = ReadonlyMap<string, RevocationResult>;

/** The revocations that are still to be sent (REV-3): the only thing that outlives a connection. */
export interface RevocationQueue {
  /** All of one disconnect at once: what is there of a connection is the whole of it. */
  enqueue(connectionId: string, unsent: QueuedRevocations): Promise<void>;
  /**
   * Sends all of them once more, and reads what was heard meanwhile. What a server has heard is not sent again, whatever it said,
   * and what is a month old is forgotten.
   */
  send(): Promise<void>;
  /** What has become of those that this or another tab has sent, by the ids of their connections. */
  results: Observable<RevocationResults>;
  /** The keys that they need. */
  keyIds(): Promise<ReadonlySet<string>>;
}

export interface RevocationQueueDeps {
  store: PersistentStore;
  http: HttpClient;
  lock: Lock;
  keys: Pick<DpopKeyStore, 'remove'>;
  channel: ChangeChannel;
}

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** Revocations to be sent, in `store`. */
export function openRevocationQueue({ store, http, lock, keys, channel }: RevocationQueueDeps): RevocationQueue {
  const { get, set, subscribe } = createObservable<RevocationResults>(new Map());
  const read = async (): Promise<[string, QueuedRevocations | undefined][]> =>
    (await store.entries()).map(([connection, value]) => [connection, readUnsent(value)]);
  const look = async (): Promise<void> => {
    try {
      const results = (await read()).flatMap(([connection, unsent]): [string, RevocationResult][] =>
        unsent?.revocations.length === 0 ? [[connection, unsent.wasRefused ? 'refused' : 'confirmed']] : [],
      );
      set(new Map(results));
    } catch (error) {
      // What cannot be read for once is read with the next.
      if (!isStorageError(error)) throw error;
    }
  };
  channel.listen(() => void look());
  const keyIds = async (): Promise<Set<string>> => {
    const kept = (await read()).flatMap(([, unsent]) => unsent?.revocations ?? []);
    return new Set(kept.flatMap(({ bound }) => bound?.keyId ?? []));
  };
  return {
    enqueue: (connectionId, unsent) => store.set(connectionId, unsent),
    results: { get, subscribe },
    keyIds,
    send: () =>
      lock('revocations', async () => {
        const before = await keyIds();
        for (const [connection, unsent] of await read()) {
          if (!unsent || http.now() - unsent.at > MONTH_MS) await store.delete(connection);
          else if (unsent.revocations.length > 0) {
            const left = await ask(http, unsent);
            await store.replace(connection, left);
            if (left.revocations.length === 0) channel.announce(connection);
          }
        }
        await look();
        const after = await keyIds();
        for (const keyId of before) if (!after.has(keyId)) await keys.remove(keyId);
      }),
  };
}

/** What is left of it once it was sent. */
async function ask(http: HttpClient, unsent: QueuedRevocations): Promise<QueuedRevocations> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service: unsent.service };
  const left: Revocation[] = [];
  let { wasRefused } = unsent;
  for (const revocation of unsent.revocations) {
    const verdict = await revokeOnce((key) => http.forFlow(tag, undefined, key && { bound: key }), revocation);
    if (verdict === 'unsent') left.push(revocation);
    if (verdict === 'refused') wasRefused = true;
  }
  return { ...unsent, revocations: left, ...(wasRefused && { wasRefused }) };
}

/** What was kept; of an older version of the app, which kept each token by itself, too. */
function readUnsent(value: unknown): QueuedRevocations | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { service, at, revocations = [value], wasRefused } = value as Partial<Record<keyof QueuedRevocations, unknown>>;
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
    (bound === undefined || isDpopKeyRef(bound))
  );
}
