import { createObservable } from '#lib/observable.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import { createCollection } from '#storage/collection.ts';

import { withSuperseded, type ConnectionRecord } from './connection-record.ts';
import { transition, type ConnectionEvent, type ConnectionState, type InvalidationReason } from './connection-state.ts';
import { toView, type Connection, type ConnectionView } from './connection-view.ts';
import { toStored, toState } from './journal-state.ts';
import type { Vault } from './vault.ts';

/** The connections of this browser: the vault's records, synchronized between tabs. */
export interface ConnectionStore {
  /** Resolves when the vault has been read. */
  ready: Promise<void>;
  find(id: string): Connection | undefined;
  /** Returns the connections without tokens, for the UI: undefined until the vault is read, the same array until a change. */
  views(): readonly ConnectionView[] | undefined;
  subscribe(listener: () => void): () => void;
  /**
   * Applies an event to a connection. The new state is on disk before this tab uses it or other tabs are notified.
   * @returns false if any tab has removed the connection; it is not restored (REF-8)
   */
  apply(id: string, event: ConnectionEvent): Promise<boolean>;
  /** Reads one connection from the vault again, since another tab may have changed it. */
  reload(id: string): Promise<Connection | undefined>;
  /** Reads all connections again, since the browser may have cleared them. */
  reloadAll(): Promise<void>;
  /** Loads a connection that a returning sign-in wrote to the vault, and notifies other tabs. */
  reloadAndBroadcast(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Reasons that leave nothing to revoke: the server ended the grant, or its tokens are unknown. */
const NOTHING_LEFT: ReadonlySet<InvalidationReason> = new Set(['grant-refused', 'client-unknown', 'record-damaged']);

/** Returns the record to store after an event. A grant that ended only locally may still be valid at the server. */
function afterEvent(before: Connection, state: ConnectionState, event: ConnectionEvent): ConnectionRecord {
  const { state: old, leftovers, journal: _over, ...rest } = before;
  const livesOn = event.type === 'ended' && !NOTHING_LEFT.has(event.reason) && old.kind !== 'needs-sign-in';
  const left = livesOn ? withSuperseded(old.grant, leftovers) : leftovers;
  return omitUndefined({ ...rest, ...toStored(state), leftovers: left });
}

/** Creates a store backed by `vault`; `channel` synchronizes it with other tabs and the worker. */
export function createConnectionStore(vault: Vault, channel: ChangeChannel, now: () => number): ConnectionStore {
  const records = createCollection(vault, channel);
  const views = createObservable<readonly ConnectionView[] | undefined>(undefined);

  const find = (id: string): Connection | undefined => {
    const record = records.get(id);
    return record && { ...record, state: toState(record.state, record.journal, now()) };
  };
  records.subscribe(() => {
    const connections = records.all()?.map(({ id }) => find(id));
    views.set(
      connections
        ?.filter((connection) => connection !== undefined)
        .toSorted((a, b) => a.connectedAt - b.connectedAt)
        .map(toView),
    );
  });

  return {
    ready: records.ready,
    find,
    views: views.get,
    subscribe: views.subscribe,
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
    async reloadAndBroadcast(id) {
      await records.reload(id);
      channel.announce(id);
    },
    remove: (id) => records.remove(id),
  };
}
