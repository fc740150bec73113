import type { ServiceReference } from '#connections/services/service.ts';
import type { ConnectionRecord } from '#connections/store/connection-record.ts';
import { isSameSubject, type Identity } from '#oauth/identity.ts';

/** What a finished sign-in is to the connections there are. */
export type ConnectionMatch =
  | { kind: 'new' }
  /** The same person again: the new grant takes the place of the old one. */
  | { kind: 'reconnection'; of: ConnectionRecord }
  /** It was to renew this connection, but somebody else signed in, or nobody who is named (UI-4). */
  | { kind: 'account-mismatch'; of: ConnectionRecord & { identity: Identity } };

/**
 * Places a finished sign-in by issuer and subject alone (ID-7): the same person keeps the connection, and nobody's is
 * ever merged with another's. A connection of which nobody is known yet may become known.
 * @param signIn the service, and the connection that was to be renewed, if any
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
