import { isObject, isString, isStrings } from '#lib/guards.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';
import { createRepository, type Repository } from '#storage/repository.ts';

import { isServiceReference, referenceDetails, type Permission, type Service } from './service.ts';

/** Opens the services that users added by URL. */
export function openCustomServices(store: PersistentStore = openPersistentStore('services')): Repository<Service> {
  return createRepository(store, readService);
}

/** Validates a stored service (STO-6); returns undefined if it is invalid. */
function readService(id: string, value: unknown): Service | undefined {
  if (!isServiceReference(value) || value.id !== id) return undefined;
  const { firstScopes, permissions, place } = value as Partial<Record<keyof Service, unknown>>;
  if (!isStrings(firstScopes) || !Array.isArray(permissions) || typeof place !== 'string') return undefined;
  return {
    id,
    name: value.name,
    resource: value.resource,
    ...referenceDetails(value),
    firstScopes,
    permissions: permissions.filter(isPermission),
    place,
  };
}

function isPermission(value: unknown): value is Permission {
  return isObject<keyof Permission>(value) && isString(value.label) && isStrings(value.scopes);
}
