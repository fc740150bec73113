import type { ChangeChannel } from '#storage/change-channel.ts';
import { createCollection } from '#storage/collection.ts';

import { withSuperseded, type ConnectionRecord } from './connection-record.ts';
import { transition, type ConnectionEvent, type ConnectionState, type InvalidationReason } from './connection-state.ts';
import { toView, type Connection, type ConnectionView } from './connection-view.ts';
import { toStored, toState } from './refresh-journal.ts';
import type { Vault } from './vault.ts';

/** The connections of this browser: the records of the vault, in the same state in every tab. */
export interface ConnectionStore {
  /** Resolves when the vault has been read. */
  ready: Promise<void>;
  find(id: string): Connection | undefined;
  /** For screens: without tokens; undefined until the vault has been read; the same array until something changes. */
  views(): readonly ConnectionView[] | undefined;
  subscribe(listener: () => void): () => void;
  /**
   * Moves a connection on; it is on disk before it is used here, or told to other tabs.
   * @returns false when the connection is gone, in whichever tab: it stays gone (REF-8)
   */
  apply(id: string, event: ConnectionEvent): Promise<boolean>;
  /** Reads one connection anew, as another tab left it. */
  reload(id: string): Promise<Connection | undefined>;
  /** Reads all of them anew, after the browser may have cleared them. */
  reloadAll(): Promise<void>;
  /** Takes in a connection that a returning sign-in has put into the vault, and tells other tabs. */
  admit(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Endings by which the server itself has ended the grant, or by which nothing is known of it. */
const NOTHING_LEFT: ReadonlySet<InvalidationReason> = new Set(['grant-refused', 'client-unknown', 'record-damaged']);

/** What is written of a connection. A grant that ended here without the server's word may live on there. */
function afterEvent(before: Connection, state: ConnectionState, event: ConnectionEvent): ConnectionRecord {
  const { state: old, leftovers, journal: _over, ...rest } = before;
  const livesOn = event.type === 'ended' && !NOTHING_LEFT.has(event.reason) && old.kind !== 'needs-sign-in';
  const left = livesOn ? withSuperseded(old.grant, leftovers) : leftovers;
  return { ...rest, ...toStored(state), ...(left && { leftovers: left }) };
}

/** A store over `vault`, kept in step with other tabs and the worker by `channel`. */
export function createConnectionStore(vault: Vault, channel: ChangeChannel, now: () => number): ConnectionStore {
  const records = createCollection(vault, channel);
  const listeners = new Set<() => void>();
  let views: readonly ConnectionView[] | undefined;

  const find = (id: string): Connection | undefined => {
    const record = records.get(id);
    return record && { ...record, state: toState(record.state, record.journal, now()) };
  };
  records.subscribe(() => {
    const connections = records.all()?.map(({ id }) => find(id));
    views = connections
      ?.filter((connection) => connection !== undefined)
      .toSorted((a, b) => a.connectedAt - b.connectedAt)
      .map(toView);
    for (const listener of listeners) listener();
  });

  return {
    ready: records.ready,
    find,
    views: () => views,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async apply(id, event) {
      const connection = find(id);
      if (!connection) return false;
      const state = transition(connection.state, event);
      return state === connection.state || records.replace(afterEvent(connection, state, event));
    },
    async reload(id) {
      await records.reload(id);
      return find(id);
    },
    reloadAll: () => records.reloadAll(),
    async admit(id) {
      await records.reload(id);
      channel.announce(id);
    },
    remove: (id) => records.remove(id),
  };
}
