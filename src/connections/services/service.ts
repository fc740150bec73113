import { isObject, isString, isText } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** An action the user can allow at a service: one line on a consent page, one or more scopes. */
export interface Permission {
  scopes: readonly string[];
  /** In plain words, from the user's view: "Post for you". */
  label: string;
  /** What it is good for, in half a sentence. */
  detail?: string;
}

/** A service that can be connected: a protected resource, and what the app wants to do there. */
export interface Service {
  id: string;
  name: string;
  /** The resource identifier exactly as the resource publishes it (RFC 9728 §1.2); API calls stay below it (API-2). */
  resource: string;
  /**
   * `server`: only the authorization server is known; `resource` is then the base URL for calls and is not sent as a
   * resource parameter.
   */
  kind?: 'resource' | 'server';
  /** The only authorization server accepted for it, if known in advance (DISC-6). */
  issuer?: string;
  /**
   * A client id that the deployer or the user obtained from the service; without it, the app registers itself (REG-1).
   */
  clientId?: string;
  /** Set if the deployer or the user vouches that the server supports PKCE, although its metadata does not say so (DISC-13). */
  pkce?: 'S256';
  /** True if the resource's challenge accepts bound tokens only and it has no metadata that would say so again. */
  requiresBinding?: true;
  /** The endpoints the deployer configured for a service that publishes no metadata (M-2). `issuer` is then set too. */
  endpoints?: ServiceEndpoints;
  /**
   * The scopes to request at the first connection: what the app needs for its purpose, not everything available
   * (AUTH-7).
   */
  firstScopes: readonly string[];
  permissions: readonly Permission[];
  /** The service's location in words, shown beside its name. */
  place: string;
  /**
   * The page where the user can revoke the app's access manually; shown if the service did not confirm a revocation.
   */
  accessUrl?: string;
  /** An image served with the app: an absolute URL below the app's own. */
  icon?: string;
  /** The post length the service accepts, if the deployer configured it; shown to users who write a post by hand. */
  limits?: { characters: number };
}

/** The endpoints of an authorization server that publishes no metadata, named as in RFC 8414 §2. */
export type ServiceEndpoints = Pick<ServerMetadata, 'authorization_endpoint' | 'token_endpoint'> &
  Partial<
    Pick<
      ServerMetadata,
      'revocation_endpoint' | 'userinfo_endpoint' | 'registration_endpoint' | 'jwks_uri' | 'end_session_endpoint'
    >
  >;

/** The part of a service that a connection or a pending sign-in stores. */
export type ServiceReference = Pick<
  Service,
  'id' | 'name' | 'resource' | 'kind' | 'issuer' | 'clientId' | 'pkce' | 'requiresBinding'
>;

/** Returns true if a value identifies a service well enough to use it. */
export function isServiceReference(value: unknown): value is ServiceReference {
  return (
    isObject(value) && isText(value.id) && isText(value.name) && isText(value.resource) && URL.canParse(value.resource)
  );
}

/** Extracts the reference from a service. */
export function referenceTo({ id, name, resource, ...more }: ServiceReference): ServiceReference {
  return {
    id,
    name,
    resource,
    ...referenceDetails(more),
  };
}

/** Returns the optional members of a reference that are valid (STO-6). */
export function referenceDetails(
  value: Partial<Record<keyof ServiceReference, unknown>>,
): Omit<ServiceReference, 'id' | 'name' | 'resource'> {
  const { kind, issuer, clientId, pkce, requiresBinding } = value;
  return omitUndefined({
    kind: kind === 'server' ? kind : undefined,
    issuer: isString(issuer) ? issuer : undefined,
    clientId: isString(clientId) ? clientId : undefined,
    pkce: pkce === 'S256' ? pkce : undefined,
    requiresBinding: requiresBinding === true || undefined,
  });
}

/**
 * Returns the `resource` parameter that tokens are requested for (RFC 8707 §2); undefined if only the server is known.
 */
export function resourceParameter({ resource, kind }: ServiceReference): string | undefined {
  return kind === 'server' ? undefined : resource;
}
