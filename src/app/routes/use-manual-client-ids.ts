import { useSyncExternalStore } from 'react';

import type { AppContext } from '#app/composition/app-context.ts';

/** Returns the ids of the services with a manually entered client id, which can be changed. Empty until they have been read. */
export function useManualClientIds({ catalog }: AppContext): readonly string[] {
  const { subscribe, all } = catalog.custom;
  const added = useSyncExternalStore(subscribe, all) ?? [];
  return added.filter(({ clientId }) => clientId !== undefined).map(({ id }) => id);
}
