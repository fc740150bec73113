import type { ConnectionView } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';
import type { Post } from '#planning/post.ts';

/** "@lowtide", else the account's name; empty where the service says neither. */
export function accountOf({ identity }: ConnectionView): string {
  return identity?.username === undefined ? (identity?.name ?? '') : `@${identity.username}`;
}

/** A network that a post goes to, or went to. */
export interface Destination {
  connectionId: string;
  network: string;
  /** Empty where the network's name tells enough. */
  account: string;
}

/** Where a post goes; the account is named where more than one of the same network is connected, or was. */
export function destinationsOf({ deliveries, targets }: Post, connections: readonly ConnectionView[]): Destination[] {
  const accounts = new Map(
    deliveries.map(({ connectionId, network, account }) => [connectionId, { network, account }]),
  );
  for (const connection of connections)
    accounts.set(connection.id, { network: connection.service.name, account: accountOf(connection) });
  const isAmbiguous = (network: string): boolean => {
    const ofNetwork = [...accounts.values()].filter((one) => one.network === network);
    // One that was connected before, under another id, is the same account.
    return new Set(ofNetwork.map(({ account }) => account.replace(/^@/, ''))).size > 1;
  };

  const ids = deliveries.length > 0 ? deliveries.map(({ connectionId }) => connectionId) : targets;
  return ids.flatMap((connectionId) => {
    const known = accounts.get(connectionId);
    if (!known) return [];
    const { network, account } = known;
    return [{ connectionId, network, account: isAmbiguous(network) ? account : '' }];
  });
}

/** A connection in words: "Birdsong", or "Birdsong (@lowtide)" where others of the same network stand beside it. */
export function connectionName(connection: ConnectionView, others: readonly ConnectionView[]): string {
  const { id, service } = connection;
  const isAmbiguous = others.some((other) => other.id !== id && other.service.name === service.name);
  return messages.status.named(service.name, isAmbiguous ? accountOf(connection) : '');
}
