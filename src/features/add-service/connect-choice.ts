import type { DiscoveredServer, DiscoveredService } from '#connections/discovery/discovered-service.ts';

import { readTypedScopes } from './scopes.ts';

/** How the server identifies the app: by the best automatic method, or by a client id that the user enters. */
export type ClientIdMode = 'automatic' | 'own';

/** What the user decided to connect with. */
export interface ConnectChoice {
  issuer: string;
  scopes: readonly string[];
  /** Absent if the app obtains the client id itself. */
  clientId?: string;
}

/** Whether the form is complete, or what is missing. */
export type Readiness =
  | { kind: 'ready'; choice: ConnectChoice }
  | { kind: 'missing'; what: 'no-server' | 'server-not-chosen' | 'no-client-id' | 'bad-scopes' };

/** Returns the only usable server, which needs no choice; undefined if there are none or several. */
export function onlyUsable({ servers }: DiscoveredService): DiscoveredServer | undefined {
  const usable = servers.filter(({ kind }) => kind === 'usable');
  return usable.length === 1 ? usable[0] : undefined;
}

interface Filled {
  found: DiscoveredService;
  server: DiscoveredServer | undefined;
  offered: readonly string[];
  chosenScopes: readonly string[];
  typedScopes: string;
  way: ClientIdMode;
  clientId: string;
}

/** Returns the connect choice, or the first missing item from the top of the form. */
export function readinessOf(filled: Filled): Readiness {
  const { found, server, offered, chosenScopes, typedScopes, way, clientId } = filled;
  if (!found.servers.some(({ kind }) => kind === 'usable')) return { kind: 'missing', what: 'no-server' };
  if (server?.kind !== 'usable') return { kind: 'missing', what: 'server-not-chosen' };
  const scopes = offered.length > 0 ? chosenScopes : readTypedScopes(typedScopes);
  if (!scopes) return { kind: 'missing', what: 'bad-scopes' };
  const { issuer } = server;
  if (way === 'automatic') return { kind: 'ready', choice: { issuer, scopes } };
  const ownId = clientId.trim();
  return ownId === ''
    ? { kind: 'missing', what: 'no-client-id' }
    : { kind: 'ready', choice: { issuer, scopes, clientId: ownId } };
}
