import type { Lock } from '#connections/lock.ts';
import type { Service } from '#connections/services/service.ts';
import type { Collection } from '#storage/collection.ts';
import { isStorageError } from '#storage/storage-health.ts';

import { chooseServiceId } from './chosen-service.ts';

interface StoreChosenServiceDeps {
  custom: Pick<Collection<Service>, 'all' | 'put' | 'reloadAll'>;
  lock: Lock;
  isConnected: (serviceId: string) => boolean;
}

/**
 * Stores a service that the user chose to connect, and returns it with the id it is stored under ({@link chooseServiceId}). Tabs
 * take turns, and each one reads what the others have stored, so that a service that two tabs add at the same moment is listed
 * once.
 * @param leftBehind the id of the service whose sign-in the user abandoned in this tab
 */
export function storeChosenService(
  { custom, lock, isConnected }: StoreChosenServiceDeps,
  chosen: Service,
  leftBehind: string | undefined,
): Promise<Service> {
  return lock('add service', async () => {
    await custom.reloadAll().catch((error: unknown) => {
      // A failed read says nothing about what is stored.
      if (!isStorageError(error)) throw error;
    });
    const service = { ...chosen, id: chooseServiceId(chosen, custom.all() ?? [], { leftBehind, isConnected }) };
    await custom.put(service);
    return service;
  });
}
