import type { QueryClient } from '@tanstack/react-query';

import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';

/**
 * Reads again what could not be read while a connection's token could not be refreshed, as soon as it is: nobody has to press
 * anything (REF-5). Every query's key names its connection second.
 */
export function refetchAfterRefresh(
  connections: Pick<ConnectionStore, 'views' | 'subscribe'>,
  queryClient: Pick<QueryClient, 'invalidateQueries'>,
): void {
  let waiting: ReadonlySet<string> = new Set();
  connections.subscribe(() => {
    const before = waiting;
    const views = connections.views() ?? [];
    // One that is being refreshed after a wait is no further yet.
    const isStillWaiting = ({ id, status }: ConnectionView): boolean =>
      status.kind === 'waiting' || (status.kind === 'refreshing' && before.has(id));
    waiting = new Set(views.filter(isStillWaiting).map(({ id }) => id));
    const isBack = (id: unknown): boolean =>
      views.some((view) => view.id === id && view.status.kind === 'connected' && before.has(view.id));
    void queryClient.invalidateQueries({
      predicate: ({ queryKey, state }) => state.status === 'error' && isBack(queryKey[1]),
    });
  });
}
