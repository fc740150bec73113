import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { Lock } from '#connections/lock.ts';
import { isDpopKeyRef, isStoredServer } from '#connections/store/connection-record.ts';
import { isObject } from '#lib/guards.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { RevocationRequest } from '#oauth/revoke.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';
import { isStorageError } from '#storage/storage-health.ts';
import type { TraceTag } from '#trace/event.ts';

import { revokeOnce, type RevocationResult, type Revocation } from './revoke-grant.ts';

/**
 * The revocations of one disconnect that have not reached a server, because the app was offline or the server failed.
 * Contains tokens.
 */
export interface QueuedRevocations {
  /**
   * The revocations still to be sent; their DPoP keys are retained until then. If empty, all have been sent, and the
   * record only holds the result.
   */
  revocations: readonly Revocation[];
  /** Set if the server rejected any of them; stays set even if it confirms the others later. */
  wasRefused?: true;
  /** The service's name, for the trace. */
  service: string;
  /** When the connection was removed, in milliseconds since 1970. */
  at: number;
}

/** The final result of the revocations for each connection id. */
export type RevocationResults = ReadonlyMap<string, RevocationResult>;

/** The queue of revocations still to be sent (REV-3), the only data that outlives a connection. */
export interface RevocationQueue {
  /** Stores all the revocations of one disconnect, replacing any stored under the same connection id. */
  enqueue(connectionId: string, unsent: QueuedRevocations): Promise<void>;
  /**
   * Sends every queued revocation again and updates `results`. A revocation the server has responded to is not sent
   * again, whatever the response; one older than 30 days is dropped.
   */
  send(): Promise<void>;
  /** The results of the revocations sent by this or another tab, by connection id. */
  results: Observable<RevocationResults>;
  /** Returns the ids of the DPoP keys the queue needs. */
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

/** Opens the revocation queue in `store`. */
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
      // If storage can't be read now, the next run reads it.
      if (!isStorageError(error)) throw error;
    }
  };
  channel.listen(() => void look());
  const keyIds = async (): Promise<Set<string>> => {
    const queued = (await read()).flatMap(([, unsent]) => unsent?.revocations ?? []);
    return new Set(queued.flatMap(({ bound }) => bound?.keyId ?? []));
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

/** Sends the revocations and returns the record with those still unsent. */
async function ask(http: HttpClient, unsent: QueuedRevocations): Promise<QueuedRevocations> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service: unsent.service };
  const left: Revocation[] = [];
  let { wasRefused } = unsent;
  for (const revocation of unsent.revocations) {
    const verdict = await revokeOnce((key) => http.forFlow(tag, undefined, key && { bound: key }), revocation);
    if (verdict === 'unsent') left.push(revocation);
    if (verdict === 'refused') wasRefused = true;
  }
  return omitUndefined({ ...unsent, revocations: left, wasRefused });
}

/** Validates a stored record. Also reads the format of an older version, which stored each token in its own record. */
function readUnsent(value: unknown): QueuedRevocations | undefined {
  if (!isObject<keyof QueuedRevocations>(value)) return undefined;
  const { service, at, revocations = [value], wasRefused } = value;
  if (typeof service !== 'string' || typeof at !== 'number') return undefined;
  if (!Array.isArray(revocations) || !revocations.every(isRevocation)) return undefined;
  return omitUndefined({ service, at, revocations, wasRefused: wasRefused === true || undefined });
}

function isRevocation(value: unknown): value is Revocation {
  if (!isObject<keyof Revocation>(value)) return false;
  const { request, bound } = value;
  if (!isObject<keyof RevocationRequest>(request)) return false;
  const { server, clientId, token, hint } = request;
  return (
    isStoredServer(server) &&
    typeof clientId === 'string' &&
    typeof token === 'string' &&
    (hint === 'access_token' || hint === 'refresh_token') &&
    (bound === undefined || isDpopKeyRef(bound))
  );
}
