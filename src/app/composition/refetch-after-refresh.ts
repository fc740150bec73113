import type { QueryClient } from '@tanstack/react-query';

import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';

/**
 * Refetches the failed queries of a connection as soon as its token is refreshed after a wait, so that the user need not retry by
 * hand (REF-5). The second element of every query key is the connection's id.
 */
export function refetchAfterRefresh(
  connections: Pick<ConnectionStore, 'views' | 'subscribe'>,
  queryClient: Pick<QueryClient, 'invalidateQueries'>,
): void {
  let waiting: ReadonlySet<string> = new Set();
  connections.subscribe(() => {
    const before = waiting;
    const views = connections.views() ?? [];
    // A connection that is refreshing after a wait still counts as waiting.
    const isStillWaiting = ({ id, status }: ConnectionView): boolean =>
      status.kind === 'waiting' || status.kind === 'refused' || (status.kind === 'refreshing' && before.has(id));
    waiting = new Set(views.filter(isStillWaiting).map(({ id }) => id));
    const isBack = (id: unknown): boolean =>
      views.some((view) => view.id === id && view.status.kind === 'connected' && before.has(view.id));
    void queryClient.invalidateQueries({
      predicate: ({ queryKey, state }) => state.status === 'error' && isBack(queryKey[1]),
    });
  });
}
