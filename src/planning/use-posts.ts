import { useQueries } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { Statistics } from '#networks/network.ts';

import { dueQuery, sentVia, statisticsQuery, type StatisticsSource } from './post-queries.ts';
import type { PostStore } from './post-store.ts';
import type { Post } from './post.ts';
import type { Target } from './publisher.ts';
import { scheduledTimes } from './reconcile.ts';

/** Returns posts and drafts; undefined until they have been read. */
export function usePosts(posts: PostStore): readonly Post[] | undefined {
  return useSyncExternalStore(posts.subscribe, posts.all);
}

/** Updates scheduled posts from their networks as each planned time passes, while the component is mounted. */
export function useDuePosts(posts: PostStore, targets: readonly Target[]): void {
  const all = usePosts(posts) ?? [];
  const times = targets.map((target) => scheduledTimes(all, target));
  const now = useNowPassing(times.flat());
  useQueries({
    queries: targets.map((target, index) =>
      dueQuery(
        posts,
        target,
        times[index]?.findLast((at) => at <= now),
      ),
    ),
  });
}

/** Returns the known statistics of everything sent through `sources`, by remote id. */
export function useStatistics(
  posts: readonly Post[],
  sources: readonly StatisticsSource[],
): ReadonlyMap<string, Statistics> {
  return useQueries({
    queries: sources.map((source) => statisticsQuery(source, sentVia(posts, source.target))),
    combine: (results) => new Map(results.flatMap(({ data }) => [...(data ?? [])])),
  });
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Returns the current time in milliseconds since 1970, updated as each of `times` passes. */
function useNowPassing(times: readonly number[]): number {
  const [now, setNow] = useState(() => Date.now());
  const next = Math.min(...times.filter((time) => time > now));
  useEffect(() => {
    if (!Number.isFinite(next)) return undefined;
    const timer = setTimeout(
      () => setNow(Date.now()),
      Math.min(Math.max(0, next - Math.max(now, Date.now())), MAX_TIMEOUT_MS),
    );
    return () => clearTimeout(timer);
  }, [next, now]);
  return now;
}
