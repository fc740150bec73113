import { useSyncExternalStore } from 'react';

import type { AppContext } from '#app/composition/app-context.ts';
import type { ServiceCatalog } from '#connections/services/service-catalog.ts';

/** Returns the services that can be connected; undefined until they have been read. */
export function useServiceCatalog({ catalog }: AppContext): ServiceCatalog | undefined {
  return useSyncExternalStore(catalog.subscribe, catalog.get);
}
