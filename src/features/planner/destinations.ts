import { accountLabel } from '#connections/store/account-label.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { connectionAt } from '#planning/account.ts';
import type { Delivery, Post } from '#planning/post.ts';

/** A network that a post goes to or went to. */
export interface Destination {
  network: string;
  /** Empty if the network's name is unambiguous. */
  account: string;
}

/**
 * Returns a post's destinations in the order of its deliveries, or a draft's intended ones. The account is named if several
 * accounts of the network are connected, or if this one no longer is.
 */
export function destinationsOf({ deliveries, targets }: Post, connections: readonly ConnectionView[]): Destination[] {
  const gone = deliveries.filter((delivery) => !connectionAt(delivery, connections));
  const isAmbiguous = (network: string): boolean =>
    connections.filter(({ service }) => service.name === network).length +
      gone.filter((delivery) => delivery.network === network).length >
    1;
  const ofConnection = ({ service, identity }: ConnectionView): Destination => ({
    network: service.name,
    account: isAmbiguous(service.name) ? accountLabel(identity) : '',
  });
  const ofDelivery = (delivery: Delivery): Destination => {
    const connection = connectionAt(delivery, connections);
    return connection ? ofConnection(connection) : { network: delivery.network, account: delivery.account };
  };

  if (deliveries.length > 0) return deliveries.map(ofDelivery);
  const ticked = targets.flatMap((target) => connections.find(({ id }) => id === target) ?? []);
  return ticked.map(ofConnection);
}

/** Returns a connection's name: "Birdsong", or "Birdsong (@lowtide)" if `others` includes the same network. */
export function connectionName(connection: ConnectionView, others: readonly ConnectionView[]): string {
  const { id, service, identity } = connection;
  const isAmbiguous = others.some((other) => other.id !== id && other.service.name === service.name);
  return messages.status.named(service.name, isAmbiguous ? accountLabel(identity) : '');
}
