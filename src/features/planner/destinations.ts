import { accountLabel } from '#connections/store/account-label.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { connectionAt } from '#planning/account.ts';
import type { Delivery, Post } from '#planning/post.ts';

/** A network that a post goes to, or went to. */
export interface Destination {
  network: string;
  /** Empty where the network's name tells enough. */
  account: string;
}

/**
 * Where a post goes, in the order of its deliveries; of a draft, where it is meant to go. The account is named where more
 * than one of the same network is connected, or this one is not any more.
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

/** A connection in words: "Birdsong", or "Birdsong (@lowtide)" where others of the same network stand beside it. */
export function connectionName(connection: ConnectionView, others: readonly ConnectionView[]): string {
  const { id, service, identity } = connection;
  const isAmbiguous = others.some((other) => other.id !== id && other.service.name === service.name);
  return messages.status.named(service.name, isAmbiguous ? accountLabel(identity) : '');
}
