import type { ConnectionView } from '#connections/store/connection-view.ts';
import type { Post } from '#planning/post.ts';

/** What deleting everything removes, and what remains scheduled elsewhere. */
export interface DeleteDataSummary {
  /** Including drafts. */
  posts: number;
  connections: number;
  /** Posts scheduled at services outside this browser, which will publish them without the app. */
  waitingAt: readonly { service: string; count: number }[];
}

/**
 * Counts what deleting everything affects.
 * @param inThisBrowser the name of the demo network, whose scheduled posts are deleted too
 */
export function eraseSummaryOf(
  posts: readonly Post[],
  connections: readonly ConnectionView[],
  inThisBrowser: string | undefined,
): DeleteDataSummary {
  const waiting = new Map<string, number>();
  for (const { network, state } of posts.flatMap(({ deliveries }) => deliveries)) {
    if (state.kind !== 'scheduled' || network === inThisBrowser) continue;
    waiting.set(network, (waiting.get(network) ?? 0) + 1);
  }
  return {
    posts: posts.length,
    connections: connections.length,
    waitingAt: [...waiting].map(([service, count]) => ({ service, count })),
  };
}
