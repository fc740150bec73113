import type { RemotePost } from '#networks/network.ts';

import type { Post } from './post.ts';
import { deliveredState } from './publisher.ts';

/**
 * A post after what a network says of it now: what it has sent meanwhile is sent. Gives the same object when nothing changed.
 * @param remote the network's posts by id, of the connection `connectionId`
 */
export function reconciled(post: Post, connectionId: string, remote: ReadonlyMap<string, RemotePost>): Post {
  let changed = false;
  const deliveries = post.deliveries.map((delivery) => {
    const { state } = delivery;
    if (delivery.connectionId !== connectionId || state.kind !== 'scheduled') return delivery;
    const found = remote.get(state.remoteId);
    if (found?.state.kind !== 'published') return delivery;
    changed = true;
    return { ...delivery, state: deliveredState(found) };
  });
  return changed ? { ...post, deliveries } : post;
}

/** When the next post is due that a network will send by itself: the moment to ask it again. Undefined when there is none. */
export function nextDue(posts: readonly Post[], now: number): number | undefined {
  const times = posts
    .flatMap(({ deliveries }) => deliveries)
    .map(({ state }) => (state.kind === 'scheduled' ? state.at : Number.NaN))
    .filter((at) => at > now);
  return times.length > 0 ? Math.min(...times) : undefined;
}
