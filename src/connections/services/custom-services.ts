import { omitUndefined } from '#lib/omit-undefined.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';
import { createRepository, type Repository } from '#storage/repository.ts';

import { isServiceReference, type Permission, type Service } from './service.ts';

/** Opens the services that users added by URL. */
export function openCustomServices(store: PersistentStore = openPersistentStore('services')): Repository<Service> {
  return createRepository(store, readService);
}

/** Validates a stored service (STO-6); returns undefined if it is invalid. */
function readService(id: string, value: unknown): Service | undefined {
  if (!isServiceReference(value) || value.id !== id) return undefined;
  const { kind, issuer, clientId, firstScopes, permissions, place } = value as Partial<Record<keyof Service, unknown>>;
  if (!isTexts(firstScopes) || !Array.isArray(permissions) || typeof place !== 'string') return undefined;
  return omitUndefined({
    id,
    name: value.name,
    resource: value.resource,
    kind: kind === 'server' ? kind : undefined,
    issuer: typeof issuer === 'string' ? issuer : undefined,
    clientId: typeof clientId === 'string' ? clientId : undefined,
    firstScopes,
    permissions: permissions.filter(isPermission),
    place,
  });
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function isPermission(value: unknown): value is Permission {
  if (typeof value !== 'object' || value === null) return false;
  return 'label' in value && typeof value.label === 'string' && 'scopes' in value && isTexts(value.scopes);
}
