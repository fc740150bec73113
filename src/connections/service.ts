/** Something a person can do at a service once it is allowed: one line on a consent page, one or more scopes. */
export interface Permission {
  scopes: readonly string[];
  /** In plain words, from the person's view: "Post for you". */
  label: string;
}

/** A service that can be connected: a protected resource, and what the app wants to do there. */
export interface Service {
  id: string;
  name: string;
  /** The resource identifier exactly as the resource publishes it (RFC 9728 §1.2); calls stay below it (API-2). */
  resource: string;
  /** The one authorization server that is accepted for it, where that is known beforehand (DISC-6). */
  issuer?: string;
  /** Asked for at the first connection: what the app needs for its purpose, not all that there is (AUTH-7). */
  firstScopes: readonly string[];
  permissions: readonly Permission[];
  /** Where the service is, in words; shown beside its name. */
  place: string;
  /** Where a person can look after this app's access by hand; shown when the service did not confirm a revocation. */
  accessUrl?: string;
}

/** The part of a service that a connection or a pending sign-in remembers. */
export type ServiceReference = Pick<Service, 'id' | 'name' | 'resource'>;
