/**
 * The permanent identity of an account at a service. A subject identifies a user only together with its issuer (OpenID
 * Connect Core §2).
 */
export interface AccountIdentity {
  serviceId: string;
  issuer: string;
  subject: string;
}

/** The target of a post: a connection, and the account behind it if the service identifies one. */
export interface AccountRef {
  connectionId: string;
  identity?: AccountIdentity;
}

/** The part of a connection that identifies its account. */
export interface ConnectedAccount {
  id: string;
  service: { id: string };
  identity?: { issuer: string; subject: string };
}

/** Returns the account reference of a connection. */
export function toAccountRef({ id, service, identity }: ConnectedAccount): AccountRef {
  if (!identity) return { connectionId: id };
  const { issuer, subject } = identity;
  return { connectionId: id, identity: { serviceId: service.id, issuer, subject } };
}

/** Returns true if both refer to the same connection, or to the same account under different connection ids. */
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
 * Returns the connection for an account: the one with its connection id, else one of the same account that was
 * disconnected and connected again. Undefined if there is none.
 */
export function connectionAt<C extends ConnectedAccount>(
  account: AccountRef,
  connections: readonly C[],
): C | undefined {
  return (
    connections.find(({ id }) => id === account.connectionId) ??
    connections.find((connection) => isSameAccount(account, toAccountRef(connection)))
  );
}
