import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { isObject, isText } from '#storage/guards.ts';

/** Something a person can do at a service once it is allowed: one line on a consent page, one or more scopes. */
export interface Permission {
  scopes: readonly string[];
  /** In plain words, from the person's view: "Post for you". */
  label: string;
  /** What it is good for, in half a sentence. */
  detail?: string;
}

/** A service that can be connected: a protected resource, and what the app wants to do there. */
export interface Service {
  id: string;
  name: string;
  /** The resource identifier exactly as the resource publishes it (RFC 9728 §1.2); calls stay below it (API-2). */
  resource: string;
  /** `server`: only an authorization server is known; then `resource` is where calls go, and is not named to the server. */
  kind?: 'resource' | 'server';
  /** The one authorization server that is accepted for it, where that is known beforehand (DISC-6). */
  issuer?: string;
  /** A client id that the deployer or the person has from the service; else the app registers itself (REG-1). */
  clientId?: string;
  /** Addresses that the deployer configured, for a service that publishes no description (M-2). `issuer` is then given. */
  endpoints?: ServiceEndpoints;
  /** Asked for at the first connection: what the app needs for its purpose, not all that there is (AUTH-7). */
  firstScopes: readonly string[];
  permissions: readonly Permission[];
  /** Where the service is, in words; shown beside its name. */
  place: string;
  /** Where a person can look after this app's access by hand; shown when the service did not confirm a revocation. */
  accessUrl?: string;
  /** A picture that is served with the app: an absolute address below the app's own. */
  icon?: string;
  /** What the service takes in one post, where the deployer says so: told to whoever writes one by hand. */
  limits?: { characters: number };
}

/** The addresses of an authorization server that publishes no metadata, by the names of RFC 8414 §2. */
export type ServiceEndpoints = Pick<ServerMetadata, 'authorization_endpoint' | 'token_endpoint'> &
  Partial<
    Pick<
      ServerMetadata,
      'revocation_endpoint' | 'userinfo_endpoint' | 'registration_endpoint' | 'jwks_uri' | 'end_session_endpoint'
    >
  >;

/** The part of a service that a connection or a pending sign-in remembers. */
export type ServiceReference = Pick<Service, 'id' | 'name' | 'resource' | 'kind' | 'issuer' | 'clientId'>;

/** Whether a value names a service well enough to act for it. */
export function isServiceReference(value: unknown): value is ServiceReference {
  return (
    isObject(value) && isText(value.id) && isText(value.name) && isText(value.resource) && URL.canParse(value.resource)
  );
}

/** The reference to a service. */
export function referenceTo({ id, name, resource, kind, issuer, clientId }: ServiceReference): ServiceReference {
  return {
    id,
    name,
    resource,
    ...(kind === 'server' && { kind }),
    ...(typeof issuer === 'string' && { issuer }),
    ...(typeof clientId === 'string' && { clientId }),
  };
}

/** What is named to the server as the resource that tokens are for (RFC 8707 §2); nothing where only the server is known. */
export function resourceParameter({ resource, kind }: ServiceReference): string | undefined {
  return kind === 'server' ? undefined : resource;
}
