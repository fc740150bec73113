import type { ServiceReference } from '#connections/services/service.ts';
import type { ClientIdOrigin } from '#failures/failure-text.ts';

/**
 * Returns where the client id of a service comes from.
 * @param typed the services whose client id the user typed in
 */
export function originOf(
  { id, clientId }: Pick<ServiceReference, 'id' | 'clientId'>,
  typed: readonly string[],
): ClientIdOrigin {
  if (typed.includes(id)) return 'typed';
  return clientId === undefined ? 'registered' : 'configured';
}

/** Returns the path of the page for changing a typed client id. `connectionId` is the connection to sign in again afterwards. */
export function clientIdPath(serviceId: string, connectionId?: string): string {
  const path = `/services/${encodeURIComponent(serviceId)}/client-id`;
  return connectionId === undefined ? path : `${path}?connection=${encodeURIComponent(connectionId)}`;
}
