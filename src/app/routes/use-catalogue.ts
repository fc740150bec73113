import { useSyncExternalStore } from 'react';

import type { Services } from '#app/composition/app-context.ts';
import type { Catalogue } from '#connections/services/service-catalog.ts';

/** The services that can be connected; undefined until they have been read. */
export function useCatalogue({ catalogue }: Services): Catalogue | undefined {
  return useSyncExternalStore(catalogue.subscribe, catalogue.get);
}
