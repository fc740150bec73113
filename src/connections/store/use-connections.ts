import { useSyncExternalStore } from 'react';

import type { ConnectionStore } from './connection-store.ts';
import type { ConnectionView } from './connection-view.ts';

/** Returns the connections without tokens, for the UI; undefined until they have been read. */
export function useConnections(store: ConnectionStore): readonly ConnectionView[] | undefined {
  return useSyncExternalStore(store.subscribe, store.views);
}
