import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { Lock } from '#connections/lock.ts';
import type { ClientRef } from '#connections/registration/registration-store.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';
import { isStorageError } from '#storage/storage-health.ts';
import type { TraceTag } from '#trace/event.ts';

import { probeRevokedToken } from './probe-revoked-token.ts';
import { isBeingSent, readQueued, type DisconnectReport, type QueuedRevocations } from './queued-revocations.ts';
import { revokeOnce, type RevocationResult, type Revocation } from './revoke-grant.ts';

/** The final result of the revocations for each connection id. */
export type RevocationResults = ReadonlyMap<string, RevocationResult>;

/** What a server did not confirm, by the id of the connection that it belonged to. */
export type DisconnectReports = ReadonlyMap<string, DisconnectReport>;

/** The queue of revocations still to be sent (REV-3), the only data that outlives a connection. */
export interface RevocationQueue {
  /** Stores all the revocations of one disconnect, replacing any stored under the same connection id. */
  enqueue(connectionId: string, queued: QueuedRevocations): Promise<void>;
  /** Removes what was stored for a disconnect, because the server has confirmed all of it. */
  remove(connectionId: string): Promise<void>;
  /**
   * Sends every queued revocation again and updates `results`. A revocation the server has responded to is not sent
   * again, whatever the response; one older than 30 days is dropped.
   */
  send(): Promise<void>;
  /** The results of the revocations sent by this or another tab, by connection id. */
  results: Observable<RevocationResults>;
  /** What servers did not confirm, in this or an earlier page, until the user dismisses it. */
  reports: Observable<DisconnectReports>;
  /** Whether a revocation still has to reach its server. Notifies also if it stays true. */
  hasUnsent: Observable<boolean>;
  /** Forgets what the user was told about a disconnect. Revocations still to be sent are sent all the same. */
  dismiss(connectionId: string): Promise<void>;
  /** Returns the ids of the DPoP keys the queue needs. */
  keyIds(): Promise<ReadonlySet<string>>;
  /** Returns true if a token of this client waits to be revoked. */
  isWaiting(client: ClientRef): Promise<boolean>;
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
  const results = createObservable<RevocationResults>(new Map());
  const reports = createObservable<DisconnectReports>(new Map());
  const hasUnsent = createObservable(false);
  const read = async (): Promise<[string, QueuedRevocations | undefined][]> =>
    (await store.entries()).map(([connection, value]) => [connection, readQueued(value)]);
  const look = async (): Promise<void> => {
    try {
      const all = (await read()).flatMap(([connection, queued]) => (queued ? [[connection, queued] as const] : []));
      hasUnsent.set(all.some(([, { revocations: unsent }]) => unsent.length > 0));
      const settled = all.filter(([, queued]) => !isBeingSent(queued, http.now()));
      reports.set(new Map(settled.flatMap(([id, { report }]) => (report ? [[id, report]] : []))));
      const sent = settled.filter(([, queued]) => queued.revocations.length === 0 && isAskedLater(queued));
      results.set(new Map(sent.map(([id, { wasRefused }]) => [id, wasRefused ? 'refused' : 'confirmed'])));
    } catch (error) {
      // If storage can't be read now, the next run reads it.
      if (!isStorageError(error)) throw error;
    }
  };
  /** Updates the observables of this tab and of the others. */
  const publish = async (connectionId: string): Promise<void> => {
    channel.announce(connectionId);
    await look();
  };
  channel.listen(() => void look());
  const revocations = async (): Promise<Revocation[]> =>
    (await read()).flatMap(([, queued]) => queued?.revocations ?? []);
  const keyIds = async (): Promise<Set<string>> =>
    new Set((await revocations()).flatMap(({ bound }) => bound?.keyId ?? []));
  const isWaiting = async ({ issuer, clientId }: ClientRef): Promise<boolean> =>
    (await revocations()).some(({ request }) => request.server.issuer === issuer && request.clientId === clientId);

  /** Sends one record's revocations, unless the disconnect that wrote it still does. */
  const process = async (connection: string, queued: QueuedRevocations): Promise<void> => {
    const isOld = http.now() - queued.at > MONTH_MS;
    const isConfirmed = queued.revocations.length === 0 && !queued.wasRefused && isAskedLater(queued);
    if (isOld && (!queued.report || isConfirmed)) return store.delete(connection);
    if (queued.revocations.length === 0 || isBeingSent(queued, http.now())) return;
    const left = isOld ? abandoned(queued) : await ask(http, queued);
    await store.replace(connection, left);
    if (left.revocations.length === 0) channel.announce(connection);
  };
  return {
    async enqueue(connectionId, queued) {
      await store.set(connectionId, queued);
      if (queued.sendingSince === undefined) await publish(connectionId);
    },
    remove: (connectionId) => store.delete(connectionId),
    results,
    reports,
    hasUnsent,
    keyIds,
    isWaiting,
    async dismiss(connectionId) {
      const queued = readQueued(await store.get(connectionId));
      const { report: _seen, ...rest } = queued ?? {};
      if (queued && queued.revocations.length > 0) await store.replace(connectionId, rest);
      else await store.delete(connectionId);
      await publish(connectionId);
    },
    send: () =>
      lock('revocations', async () => {
        const keysBefore = await keyIds();
        for (const [connection, queued] of await read()) {
          if (queued) await process(connection, queued);
          else await store.delete(connection);
        }
        await look();
        const keysAfter = await keyIds();
        for (const keyId of keysBefore) if (!keysAfter.has(keyId)) await keys.remove(keyId);
      }),
  };
}

/** Returns true unless the report itself is the final result. Records of older versions have none and were all asked later. */
const isAskedLater = ({ report }: QueuedRevocations): boolean =>
  !report || (report.outcome.kind === 'unconfirmed' && report.outcome.asksAgain === true);

/** Returns a record whose revocations are given up. What the server did not confirm stays in its report. */
function abandoned(queued: QueuedRevocations): QueuedRevocations {
  const { report, ...rest } = queued;
  if (report?.outcome.kind !== 'unconfirmed') return { ...queued, revocations: [], wasRefused: true };
  const { asksAgain: _over, ...outcome } = report.outcome;
  return { ...rest, revocations: [], wasRefused: true, report: { ...report, outcome } };
}

/** Sends the revocations and returns the record with those still unsent. */
async function ask(http: HttpClient, queued: QueuedRevocations): Promise<QueuedRevocations> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service: queued.service };
  const { sendingSince: _over, ...record } = queued;
  const left: Revocation[] = [];
  const refused: Revocation[] = [];
  for (const revocation of record.revocations) {
    const verdict = await revokeOnce((key) => http.forFlow(tag, undefined, key && { bound: key }), revocation);
    if (verdict === 'unsent') left.push(revocation);
    if (verdict === 'refused') refused.push(revocation);
  }
  const isRefused = refused.length > 0 && !(left.length === 0 && (await hadEnded(http, tag, record, refused)));
  const wasRefused = record.wasRefused ?? (isRefused || undefined);
  return omitUndefined({ ...record, revocations: left, wasRefused });
}

/**
 * Returns true if only access tokens were refused, after their refresh tokens were revoked, and the API rejects them. Not
 * for a token with a key: the record does not say whether the token itself is bound, and a wrong scheme is rejected too.
 */
async function hadEnded(
  http: HttpClient,
  tag: TraceTag,
  { revocations, report }: QueuedRevocations,
  refused: readonly Revocation[],
): Promise<boolean> {
  if (!report || !revocations.some(({ request }) => request.hint === 'refresh_token')) return false;
  if (refused.some(({ request, bound }) => request.hint === 'refresh_token' || bound)) return false;
  const probes = refused.map(({ request: { server, token } }) =>
    probeRevokedToken(http, tag, report.service, { server, accessToken: token }),
  );
  return (await Promise.all(probes)).every((result) => result === 'rejected');
}
