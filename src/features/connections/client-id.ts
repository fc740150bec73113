import type { ServiceReference } from '#connections/services/service.ts';
import type { ClientIdOrigin } from '#failures/failure-text.ts';

/**
 * Where the client id of a service comes from.
 * @param typed the services whose client id somebody typed in here
 */
export function originOf(
  { id, clientId }: Pick<ServiceReference, 'id' | 'clientId'>,
  typed: readonly string[],
): ClientIdOrigin {
  if (typed.includes(id)) return 'typed';
  return clientId === undefined ? 'registered' : 'configured';
}

/** The page where a client id that was typed in is changed. `connectionId`: what is to be signed in again with it. */
export function clientIdPath(serviceId: string, connectionId?: string): string {
  const path = `/services/${encodeURIComponent(serviceId)}/client-id`;
  return connectionId === undefined ? path : `${path}?connection=${encodeURIComponent(connectionId)}`;
}
