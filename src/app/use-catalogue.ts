import { useSyncExternalStore } from 'react';

import type { Catalogue } from '#connections/services/service-catalog.ts';

import type { Services } from './services.ts';

/** The services that can be connected; undefined until they have been read. */
export function useCatalogue({ catalogue }: Services): Catalogue | undefined {
  return useSyncExternalStore(catalogue.subscribe, catalogue.get);
}
