import type { Identity } from '#oauth/identity.ts';

import type { ServiceReference } from './service.ts';
import type { Grant, SettledState } from './state.ts';

/** One connection as the vault keeps it. */
export interface ConnectionRecord {
  version: 1;
  id: string;
  service: ServiceReference;
  identity?: Identity;
  connectedAt: number;
  state: SettledState;
}

/**
 * Reads what the vault holds under `id` (STO-6). A record whose grant can't be read becomes a connection that asks for
 * sign-in; one of which not even the service is known, or of a format this code does not know, is undefined.
 */
export function readRecord(id: string, value: unknown, now: number): ConnectionRecord | undefined {
  if (!isObject(value) || value.version !== 1 || value.id !== id || !isServiceReference(value.service))
    return undefined;
  const { service } = value;
  return {
    version: 1,
    id,
    service: { id: service.id, name: service.name, resource: service.resource },
    ...(isIdentity(value.identity) && { identity: value.identity }),
    connectedAt: typeof value.connectedAt === 'number' ? value.connectedAt : now,
    state: isSettledState(value.state) ? value.state : { kind: 'needs-sign-in', reason: 'record-damaged', at: now },
  };
}

type Unknown = Record<string, unknown>;
const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isOptional = (value: unknown, type: 'string' | 'number'): boolean => value === undefined || typeof value === type;

/** Whether a value names a service well enough to act for it. */
export function isServiceReference(value: unknown): value is ServiceReference {
  return (
    isObject(value) && isText(value.id) && isText(value.name) && isText(value.resource) && URL.canParse(value.resource)
  );
}

function isIdentity(value: unknown): value is Identity {
  if (!isObject(value) || !isText(value.issuer) || !isText(value.subject)) return false;
  return ['name', 'username', 'email'].every((member) => isOptional(value[member], 'string'));
}

/** Whether a value has the server's addresses that a refresh needs; they were validated before they were stored. */
export function isStoredServer(value: unknown): value is Grant['server'] {
  if (!isObject(value)) return false;
  return ['issuer', 'authorization_endpoint', 'token_endpoint'].every((member) => URL.canParse(String(value[member])));
}

function isGrant(value: unknown): value is Grant {
  return (
    isObject(value) &&
    isStoredServer(value.server) &&
    isText(value.clientId) &&
    isText(value.accessToken) &&
    isOptional(value.refreshToken, 'string') &&
    isOptional(value.expiresAt, 'number') &&
    typeof value.obtainedAt === 'number' &&
    Array.isArray(value.scope) &&
    value.scope.every(isText)
  );
}

function isSettledState(value: unknown): value is SettledState {
  if (!isObject(value)) return false;
  if (value.kind === 'connected') return isGrant(value.grant);
  return value.kind === 'needs-sign-in' && isText(value.reason) && typeof value.at === 'number';
}
