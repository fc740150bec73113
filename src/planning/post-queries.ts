import { queryOptions } from '@tanstack/react-query';

import type { RemotePost, Statistics } from '#networks/network.ts';

import { isSameAccount, type AccountRef } from './account.ts';
import type { PostStore } from './post-store.ts';
import type { Post } from './post.ts';
import type { Target } from './publisher.ts';
import { reconciled } from './reconcile.ts';

/** The most posts of which statistics are asked at once. */
const ASKED_AT_ONCE = 50;
const MOST_PAGES = 10;

/** A connection that posts went out through, and whether its network can be asked what became of them. */
export interface StatisticsSource {
  target: Target;
  canAsk: boolean;
}

/**
 * Statistics of the posts that went out through one connection, by remote id: as they were when it was last asked, where
 * it can't be asked now. The key holds ids and nothing else; the token is read when the query runs.
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
 * Asks a network what became of the posts it was to send, and brings the records up to date. `dueAt` is the time of the
 * latest that should be out: asked once for each, since a network tells nothing by itself.
 * @returns how many of its posts were looked at
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
  // A network that sends us in a circle, or on for ever, is left after a while.
  for (let page = 0; page < MOST_PAGES && !seen.has(next); page += 1) {
    seen.add(next);
    const { posts: listed, next: following } = await target.network.list(target.call, next);
    for (const post of listed) remote.set(post.id, post);
    if (following === undefined) break;
    next = following;
  }
  for (const { id } of posts.all() ?? []) {
    const post = posts.get(id); // as it is now: others write between two of our writes
    const updated = post && reconciled(post, target, remote);
    if (updated && updated !== post) await posts.replace(updated);
  }
  return remote.size;
}

/** Remote ids of what went out through an account, by whichever connection, latest first. */
export function sentVia(posts: readonly Post[], place: AccountRef): string[] {
  return posts
    .flatMap(({ deliveries }) => deliveries)
    .flatMap((delivery) => (isSameAccount(delivery, place) && delivery.state.kind === 'sent' ? [delivery.state] : []))
    .toSorted((a, b) => b.at - a.at)
    .map(({ remoteId }) => remoteId);
}
