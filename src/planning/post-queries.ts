import { queryOptions } from '@tanstack/react-query';

import type { RemotePost, Statistics } from '#networks/network.ts';

import { isSameAccount, type AccountRef } from './account.ts';
import type { PostStore } from './post-store.ts';
import type { Post } from './post.ts';
import type { Target } from './publisher.ts';
import { reconciled } from './reconcile.ts';

/** The maximum number of posts per statistics request. */
const ASKED_AT_ONCE = 50;
const MAX_PAGES = 10;

/** A connection that posts were sent through, and whether its network can be queried now. */
export interface StatisticsSource {
  target: Target;
  canAsk: boolean;
}

/**
 * Queries the statistics of the posts sent through one connection, by remote id. While the network can't be queried,
 * the last result remains. The query key holds only ids; the token is read when the query runs.
 */
export function statisticsQuery({ target, canAsk }: StatisticsSource, remoteIds: readonly string[]) {
  const asked = remoteIds.slice(0, ASKED_AT_ONCE);
  return queryOptions({
    queryKey: ['statistics', target.connectionId, asked],
    queryFn: (): Promise<Map<string, Statistics>> => target.network.statistics(target.call, asked),
    enabled: canAsk && asked.length > 0,
  });
}

/**
 * Asks a network for the state of its scheduled posts and updates the stored posts. `dueAt` is the latest scheduled
 * time that has passed: the network is queried once for each, because it sends no notifications.
 * @returns the number of remote posts read
 */
export function dueQuery(posts: PostStore, target: Target, dueAt: number | undefined) {
  return queryOptions({
    queryKey: ['due', target.connectionId, dueAt ?? 'none'],
    queryFn: () => bringUpToDate(posts, target),
    enabled: dueAt !== undefined,
  });
}

async function bringUpToDate(posts: PostStore, target: Target): Promise<number> {
  const remote = new Map<string, RemotePost>();
  const seen = new Set<string | undefined>();
  let next: string | undefined;
  // Stop after a while if a network's pages form a loop or never end.
  for (let page = 0; page < MAX_PAGES && !seen.has(next); page += 1) {
    seen.add(next);
    const { posts: listed, next: following } = await target.network.list(target.call, next);
    for (const post of listed) remote.set(post.id, post);
    if (following === undefined) break;
    next = following;
  }
  for (const { id } of posts.all() ?? []) {
    const post = posts.get(id); // reload it: others may write between two of our writes
    const updated = post && reconciled(post, target, remote);
    if (updated && updated !== post) await posts.replace(updated);
  }
  return remote.size;
}

/** Returns the remote ids of posts sent by an account, through any of its connections, latest first. */
export function sentVia(posts: readonly Post[], account: AccountRef): string[] {
  return posts
    .flatMap(({ deliveries }) => deliveries)
    .flatMap((delivery) => (isSameAccount(delivery, account) && delivery.state.kind === 'sent' ? [delivery.state] : []))
    .toSorted((a, b) => b.at - a.at)
    .map(({ remoteId }) => remoteId);
}
