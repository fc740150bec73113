import { useSyncExternalStore } from 'react';

import type { ConnectionView } from './connection-view.ts';
import type { ConnectionStore } from './store.ts';

/** The connections as screens may see them; undefined until they have been read. */
export function useConnections(store: ConnectionStore): readonly ConnectionView[] | undefined {
  return useSyncExternalStore(store.subscribe, store.views);
}
