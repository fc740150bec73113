import type { DiscoveredServer, DiscoveredService } from '#connections/discovery/discovered-service.ts';

import { readTypedScopes } from './scopes.ts';

/** How the server comes to know the app: by the best way that there is without a person's help, or by a client id of theirs. */
export type ClientWay = 'automatic' | 'own';

/** What a person decided to connect with. */
export interface ConnectChoice {
  issuer: string;
  scopes: readonly string[];
  /** Missing: the app sees to it itself. */
  clientId?: string;
}

/** Whether everything is there to connect, or what is missing. */
export type Readiness =
  | { kind: 'ready'; choice: ConnectChoice }
  | { kind: 'missing'; what: 'no-server' | 'server-not-chosen' | 'no-client-id' | 'bad-scopes' };

/** The server that needs no choosing: the only one that can be used. */
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
  way: ClientWay;
  clientId: string;
}

/** What the form as filled in comes to; the first thing that is missing, from the top. */
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
