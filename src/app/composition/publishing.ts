import { birdsong } from '#networks/birdsong.ts';
import type { Network } from '#networks/network.ts';
import { accountLabel } from '#connections/store/account-label.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { connectionAt, toAccountRef, type AccountIdentity } from '#planning/account.ts';
import { createPostStore, openPostRepository } from '#planning/post-store.ts';
import { createPublisher, type Target } from '#planning/publisher.ts';

import type { ConnectionEdges, Connections } from './connections.ts';

/** The social networks that posts can be published to. */
const NETWORKS: readonly Network[] = [birdsong];

interface PublishingEdges extends Pick<ConnectionEdges, 'http' | 'lock' | 'openStore' | 'openChannel'> {
  connections: Pick<Connections, 'store' | 'fetchFor'>;
  onError: (error: unknown) => void;
}

/** The posts, and what sends them. */
export type Publishing = ReturnType<typeof openPublishing>;

/** Creates the post store and the publisher, which sends posts through `connections`. Sends nothing by itself. */
export function openPublishing({ http, lock, openStore, openChannel, connections, onError }: PublishingEdges) {
  /** Returns the social network that a service publishes to; undefined if it is none. */
  const networkOf = (serviceId: string): Network | undefined => NETWORKS.find((one) => one.serviceId === serviceId);
  /**
   * Returns the target for posting through a connection, or through the connection of the same account that replaced it.
   * Undefined if there is none, or its service is not a social network.
   */
  const targetFor = (connectionId: string, account?: AccountIdentity): Target | undefined => {
    const place = omitUndefined({ connectionId, identity: account });
    const connection = connectionAt(place, connections.store.views() ?? []);
    const network = connection && networkOf(connection.service.id);
    if (!network) return undefined;
    const { service, identity } = connection;
    return {
      ...toAccountRef(connection),
      network,
      networkName: service.name,
      account: accountLabel(identity),
      call: connections.fetchFor(connection.id),
    };
  };
  const repository = openPostRepository(openStore('posts'));
  const posts = createPostStore(repository, openChannel('posts'));
  const publisher = createPublisher({ posts, targetFor, lock, now: http.now, onError });
  return { networkOf, targetFor, repository, posts, publisher };
}
