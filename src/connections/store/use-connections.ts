import { useSyncExternalStore } from 'react';

import type { ConnectionStore } from './connection-store.ts';
import type { ConnectionView } from './connection-view.ts';

/** The connections as screens may see them; undefined until they have been read. */
export function useConnections(store: ConnectionStore): readonly ConnectionView[] | undefined {
  return useSyncExternalStore(store.subscribe, store.views);
}
