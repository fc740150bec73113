import type { Service } from '#connections/services/service.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { isOpenIdScope } from '#oauth/openid-scopes.ts';

import type { DiscoveredService } from './discovered-service.ts';

/** The user's choice among what discovery found. */
export interface ServiceChoice {
  issuer: string;
  scopes: readonly string[];
  clientId?: string;
  /** The address of the API, for a service that was found by its authorization server. */
  apiAddress?: string;
  /** True if the user accepts a server that does not say whether it supports PKCE (DISC-13). */
  acceptsSilentPkce?: true;
}

/** A server may list thousands of scopes. A service stores the chosen ones and as many more as a user may look through. */
const MAX_PERMISSIONS = 100;

/**
 * Converts a discovered service to one that can be connected. Its name is the host: the name it gives itself is a claim
 * and may imitate another service (UI-2).
 * @param labelOf returns a scope's label, given the scopes it is shown with
 */
export function toService(
  id: string,
  url: string,
  found: DiscoveredService,
  { issuer, scopes, clientId, apiAddress, acceptsSilentPkce }: ServiceChoice,
  labelOf: (scope: string, among: readonly string[]) => string,
): Service {
  const resource = found.resource?.identifier ?? apiAddress ?? url;
  const { host } = new URL(resource);
  const offered = [...new Set([...scopes, ...found.scopes.slice(0, MAX_PERMISSIONS)])].filter(
    (scope) => !isOpenIdScope(scope),
  );
  return omitUndefined({
    id,
    name: host,
    resource,
    kind: found.resource ? undefined : 'server',
    issuer,
    clientId,
    pkce: acceptsSilentPkce ? 'S256' : undefined,
    requiresBinding: !found.resource && found.requiresBinding ? true : undefined,
    firstScopes: scopes,
    permissions: offered.map((scope) => ({ scopes: [scope], label: labelOf(scope, offered) })),
    place: host,
  });
}

/**
 * Returns the id to store a chosen service under. A service that was already added keeps its id, whether the user
 * connects another account or the same one again. If the user abandoned a sign-in and starts again with another client
 * id, the new choice replaces the abandoned one.
 */
export function chooseServiceId(
  chosen: Service,
  added: readonly Service[],
  { leftBehind, isConnected }: { leftBehind: string | undefined; isConnected: (id: string) => boolean },
): string {
  const alike = added.filter(({ resource, issuer }) => resource === chosen.resource && issuer === chosen.issuer);
  const same = alike.find(({ clientId }) => clientId === chosen.clientId);
  const unfinished = alike.find(({ id }) => id === leftBehind && !isConnected(id));
  return (same ?? unfinished ?? chosen).id;
}
