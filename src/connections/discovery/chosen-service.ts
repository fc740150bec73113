import type { Service } from '#connections/services/service.ts';
import { isOpenIdScope } from '#oauth/openid-scopes.ts';

import type { DiscoveredService } from './discovered-service.ts';

/** What a person chose of what was found. */
export interface ServiceChoice {
  issuer: string;
  scopes: readonly string[];
  clientId?: string;
}

/**
 * A found service as one that can be connected. It is called by its host: its own name is a claim, and may be another's (UI-2).
 * @param labelOf what a scope is called among others
 */
export function toService(
  id: string,
  url: string,
  found: DiscoveredService,
  { issuer, scopes, clientId }: ServiceChoice,
  labelOf: (scope: string, among: readonly string[]) => string,
): Service {
  const resource = found.resource?.identifier ?? url;
  const { host } = new URL(resource);
  const offered = [...new Set([...found.scopes, ...scopes])].filter((scope) => !isOpenIdScope(scope));
  return {
    id,
    name: host,
    resource,
    ...(!found.resource && { kind: 'server' as const }),
    issuer,
    ...(clientId !== undefined && { clientId }),
    firstScopes: scopes,
    permissions: offered.map((scope) => ({ scopes: [scope], label: labelOf(scope, offered) })),
    place: host,
  };
}

/**
 * The id to keep a chosen service under. What was added before is not added twice: another of its accounts, or the same once
 * more. A sign-in that was left behind and is begun anew with another client id takes the place of the first.
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
