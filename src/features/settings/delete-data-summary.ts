import type { ConnectionView } from '#connections/store/connection-view.ts';
import type { Post } from '#planning/post.ts';

/** What erasing everything removes, and what it leaves waiting elsewhere. */
export interface DeleteDataSummary {
  /** Drafts among them. */
  posts: number;
  connections: number;
  /** Posts that a service holds and sends by itself, at each service outside this browser. */
  waitingAt: readonly { service: string; count: number }[];
}

/**
 * Counts what erasing everything is about.
 * @param inThisBrowser the name of the demo network: what waits there is erased with it
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
