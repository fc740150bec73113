import { useQueries } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { Statistics } from '#networks/network.ts';

import { dueQuery, sentVia, statisticsQuery, type StatisticsSource } from './post-queries.ts';
import type { PostStore } from './post-store.ts';
import type { Post } from './post.ts';
import type { Target } from './publisher.ts';
import { scheduledTimes } from './reconcile.ts';

/** Posts and drafts; undefined until they have been read. */
export function usePosts(posts: PostStore): readonly Post[] | undefined {
  return useSyncExternalStore(posts.subscribe, posts.all);
}

/** Keeps scheduled posts up to date with what their networks did at their times, as long as the component is there. */
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

/** Statistics by remote id of everything sent through `sources`, as far as they are known. */
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

/** The time, in milliseconds since 1970, told again as each of `moments` passes. */
function useNowPassing(moments: readonly number[]): number {
  const [now, setNow] = useState(() => Date.now());
  const next = Math.min(...moments.filter((moment) => moment > now));
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
