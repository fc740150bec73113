import type { ServiceChoice } from '#connections/discovery/chosen-service.ts';
import type { DiscoveredServer, DiscoveredService } from '#connections/discovery/discovered-service.ts';
import { securityProfile } from '#connections/discovery/security-profile.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { readTypedScopes } from './scopes.ts';
import { readTypedUrl } from './typed-url.ts';

/** How the server identifies the app: by the best automatic method, or by a client id that the user enters. */
export type ClientIdMode = 'automatic' | 'own';

/** What the user decided to connect with. Without a client id, the app obtains one itself. */
export type ConnectChoice = ServiceChoice;

/** Whether the form is complete, or what is missing. */
export type Readiness =
  | { kind: 'ready'; choice: ConnectChoice }
  | {
      kind: 'missing';
      what:
        | 'no-server'
        | 'server-not-chosen'
        | 'no-dpop'
        | 'silent-pkce'
        | 'bad-api-address'
        | 'no-client-id'
        | 'bad-scopes';
    };

/** Returns the only usable server, which needs no choice; undefined if there are none or several. */
export function onlyUsable({ servers }: DiscoveredService): DiscoveredServer | undefined {
  const usable = servers.filter(({ kind }) => kind === 'usable');
  return usable.length === 1 ? usable[0] : undefined;
}

interface Filled {
  found: DiscoveredService;
  server: DiscoveredServer | undefined;
  chosenScopes: readonly string[];
  typedScopes: string;
  way: ClientIdMode;
  clientId: string;
  /** The address of the API, where the service does not say it. */
  apiAddress: string;
  isHttpAllowed: (hostname: string) => boolean;
  /** True if the user accepts a server that is silent about PKCE. */
  acceptsSilentPkce: boolean;
}

/** Returns the connect choice, or the first missing item from the top of the form. */
export function readinessOf(filled: Filled): Readiness {
  const { found, server, chosenScopes, typedScopes, way, clientId, apiAddress, acceptsSilentPkce } = filled;
  if (!found.servers.some(({ kind }) => kind === 'usable')) return { kind: 'missing', what: 'no-server' };
  if (server?.kind !== 'usable') return { kind: 'missing', what: 'server-not-chosen' };
  if (securityProfile(server.metadata, found.requiresBinding).tokens === 'impossible') {
    return { kind: 'missing', what: 'no-dpop' };
  }
  const isSilent = isSilentAboutPkce(server);
  if (isSilent && !acceptsSilentPkce) return { kind: 'missing', what: 'silent-pkce' };
  const api = apiAddress.trim() === '' || found.resource ? undefined : readTypedUrl(apiAddress, filled.isHttpAllowed);
  if (api?.kind === 'problem') return { kind: 'missing', what: 'bad-api-address' };
  const typed = readTypedScopes(typedScopes);
  if (!typed) return { kind: 'missing', what: 'bad-scopes' };
  const choice: ConnectChoice = omitUndefined({
    issuer: server.issuer,
    scopes: [...new Set([...chosenScopes, ...typed])],
    apiAddress: api?.url,
    acceptsSilentPkce: isSilent || undefined,
  });
  if (way === 'automatic') return { kind: 'ready', choice };
  const ownId = clientId.trim();
  return ownId === ''
    ? { kind: 'missing', what: 'no-client-id' }
    : { kind: 'ready', choice: { ...choice, clientId: ownId } };
}

/** Returns true if the server does not say whether it supports PKCE, so that the user has to decide (DISC-13). */
export function isSilentAboutPkce(server: DiscoveredServer | undefined): boolean {
  return server?.kind === 'usable' && securityProfile(server.metadata, false).pkce === 'silent';
}
