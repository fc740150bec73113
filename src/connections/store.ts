import type { ChangeChannel } from '#storage/change-channel.ts';
import { createCollection } from '#storage/collection.ts';

import { viewOf, type Connection, type ConnectionView } from './connection-view.ts';
import { leftoversAfter, type ConnectionRecord } from './record.ts';
import {
  settled,
  transition,
  type ConnectionEvent,
  type ConnectionState,
  type EndedBy,
  type SettledState,
} from './state.ts';
import type { Vault } from './vault.ts';

/** The connections of this browser: the records of the vault, and what is being done with them just now. */
export interface ConnectionStore {
  /** Resolves when the vault has been read. */
  ready: Promise<void>;
  find(id: string): Connection | undefined;
  /** For screens: without tokens; undefined until the vault has been read; the same array until something changes. */
  views(): readonly ConnectionView[] | undefined;
  subscribe(listener: () => void): () => void;
  /**
   * Moves a connection on. What is settled is on disk before it is used here.
   * @returns false when the connection is gone, in whichever tab: it stays gone (REF-8)
   */
  apply(id: string, event: ConnectionEvent): Promise<boolean>;
  /** Reads one connection anew, as another tab left it. */
  reload(id: string): Promise<Connection | undefined>;
  /** Takes in a connection that a returning sign-in has put into the vault, and tells other tabs. */
  admit(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** An errand counts as long as the grant it began with is the one on record: another tab may have renewed it meanwhile. */
function currentState(settledState: SettledState, errand: ConnectionState | undefined): ConnectionState {
  const isSameGrant =
    errand !== undefined &&
    errand.kind !== 'needs-sign-in' &&
    settledState.kind === 'connected' &&
    errand.grant.accessToken === settledState.grant.accessToken;
  return isSameGrant ? errand : settledState;
}

/** Endings of which the server that gave the tokens has said nothing. */
const LIVES_ON: ReadonlySet<EndedBy> = new Set(['token-refused', 'server-changed']);

/** What is written of a connection. A token that was refused without the server's word on the grant may live on there. */
function afterEvent(connection: Connection, state: ConnectionState, event: ConnectionEvent): ConnectionRecord {
  const { state: before, leftovers, ...rest } = connection;
  const isRefused = event.type === 'ended' && LIVES_ON.has(event.reason) && before.kind !== 'needs-sign-in';
  const left = isRefused ? leftoversAfter(before.grant, leftovers) : leftovers;
  return { ...rest, state: settled(state), ...(left && { leftovers: left }) };
}

/** A store over `vault`, kept in step with other tabs by `channel`. */
export function createConnectionStore(vault: Vault, channel: ChangeChannel): ConnectionStore {
  const records = createCollection(vault, channel);
  /** Refreshing and waiting: what lasts as long as an errand of this tab, and is never on disk. */
  const errands = new Map<string, ConnectionState>();
  const listeners = new Set<() => void>();
  let views: readonly ConnectionView[] | undefined;

  const find = (id: string): Connection | undefined => {
    const record = records.get(id);
    return record && { ...record, state: currentState(record.state, errands.get(id)) };
  };
  const publish = (): void => {
    const connections = records.all()?.map(({ id }) => find(id));
    views = connections
      ?.filter((connection) => connection !== undefined)
      .toSorted((a, b) => a.connectedAt - b.connectedAt)
      .map(viewOf);
    for (const listener of listeners) listener();
  };
  records.subscribe(publish);

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
      if (state === connection.state) return true;
      if (event.type === 'granted' || event.type === 'ended') {
        const wasThere = await records.replace(afterEvent(connection, state, event));
        errands.delete(id);
        return wasThere;
      }
      errands.set(id, state);
      publish();
      return true;
    },
    async reload(id) {
      errands.delete(id);
      await records.reload(id);
      return find(id);
    },
    async admit(id) {
      await records.reload(id);
      channel.announce(id);
    },
    async remove(id) {
      errands.delete(id);
      await records.remove(id);
    },
  };
}
