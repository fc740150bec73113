import type { RemotePost } from '#networks/network.ts';

import { isSameAccount, type AccountRef } from './account.ts';
import { deliveredState } from './delivery-attempt.ts';
import type { Post } from './post.ts';

/**
 * Updates a post from a network's current data: scheduled deliveries that the network has published become sent.
 * Returns the same object if nothing changed.
 * @param remote the network's posts by id, for the account `account`
 */
export function reconciled(post: Post, account: AccountRef, remote: ReadonlyMap<string, RemotePost>): Post {
  let changed = false;
  const deliveries = post.deliveries.map((delivery) => {
    const { state } = delivery;
    if (!isSameAccount(delivery, account) || state.kind !== 'scheduled') return delivery;
    const found = remote.get(state.remoteId);
    if (found?.state.kind !== 'published') return delivery;
    changed = true;
    return { ...delivery, state: deliveredState(found) };
  });
  return changed ? { ...post, deliveries } : post;
}

/** Returns the times at which an account's network will publish its scheduled posts, earliest first. */
export function scheduledTimes(posts: readonly Post[], account: AccountRef): number[] {
  return posts
    .flatMap(({ deliveries }) => deliveries)
    .flatMap((delivery) =>
      isSameAccount(delivery, account) && delivery.state.kind === 'scheduled' ? [delivery.state.at] : [],
    )
    .toSorted((a, b) => a - b);
}
