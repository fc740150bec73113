/** Who somebody is at a service, for good: a subject means a person only beside its issuer (OpenID Connect Core §2). */
export interface AccountIdentity {
  serviceId: string;
  issuer: string;
  subject: string;
}

/** What posts go through: a connection, and whose account it is where the service says so. */
export interface AccountRef {
  connectionId: string;
  identity?: AccountIdentity;
}

/** As much of a connection as tells whose account it is. */
export interface ConnectedAccount {
  id: string;
  service: { id: string };
  identity?: { issuer: string; subject: string };
}

/** Where posts through a connection go. */
export function toAccountRef({ id, service, identity }: ConnectedAccount): AccountRef {
  if (!identity) return { connectionId: id };
  const { issuer, subject } = identity;
  return { connectionId: id, identity: { serviceId: service.id, issuer, subject } };
}

/** Whether two places are one: the same connection, or the same account under another connection's id. */
export function isSameAccount(one: AccountRef, other: AccountRef): boolean {
  if (one.connectionId === other.connectionId) return true;
  const [a, b] = [one.identity, other.identity];
  return (
    a !== undefined &&
    b !== undefined &&
    a.serviceId === b.serviceId &&
    a.issuer === b.issuer &&
    a.subject === b.subject
  );
}

/**
 * The connection that leads to a place: the one it is known by, else the one of the same account, disconnected and
 * connected again. Undefined while there is none.
 */
export function connectionAt<C extends ConnectedAccount>(place: AccountRef, connections: readonly C[]): C | undefined {
  return (
    connections.find(({ id }) => id === place.connectionId) ??
    connections.find((connection) => isSameAccount(place, toAccountRef(connection)))
  );
}
