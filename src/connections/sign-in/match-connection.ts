import type { ServiceReference } from '#connections/services/service.ts';
import type { ConnectionRecord } from '#connections/store/connection-record.ts';
import { isSameSubject, type Identity } from '#oauth/identity.ts';

/** How a finished sign-in relates to the existing connections. */
export type ConnectionMatch =
  | { kind: 'new' }
  /** The same user signed in again, or the connection had no known user: the new grant replaces the old one. */
  | { kind: 'reconnection'; of: ConnectionRecord }
  /** The sign-in was for this connection, but another or an unidentified user signed in (UI-4). */
  | { kind: 'account-mismatch'; of: ConnectionRecord & { identity: Identity } };

/**
 * Matches a finished sign-in to a connection by issuer and subject only (ID-7). The same user gets the existing connection, and
 * connections of different users are never merged. If the connection to reauthorize has no known user, it takes the identity of
 * this sign-in.
 * @param signIn the service, and the connection to reauthorize, if any
 */
export function matchConnection(
  records: readonly ConnectionRecord[],
  signIn: { service: ServiceReference; connectionId?: string },
  identity: Identity | undefined,
): ConnectionMatch {
  const ofService = records.filter(({ service }) => service.id === signIn.service.id);
  const target = ofService.find(({ id }) => id === signIn.connectionId);
  const known = target?.identity;
  if (target && known && (!identity || !isSameSubject(known, identity))) {
    return { kind: 'account-mismatch', of: { ...target, identity: known } };
  }
  const same = ofService.find((record) => identity && record.identity && isSameSubject(record.identity, identity));
  const of = same ?? target;
  return of ? { kind: 'reconnection', of } : { kind: 'new' };
}
