import type { DiscoveredServer, DiscoveredService } from '#connections/discovery/discovered-service.ts';
import { isScopeToken } from '#lib/scope.ts';
import { addService } from '#messages/en/add-service.ts';

const text = addService.scopes;

/** Standard OpenID Connect scopes: the authorization server may grant them even if the resource does not list them. */
const OF_THE_SERVER = ['openid', 'profile', 'offline_access'];

/**
 * Returns the scopes that can be requested: those needed, the server's OpenID Connect scopes, and those the service lists. The
 * long list of a service is cut at its end, so what matters comes first.
 */
export function offeredScopes(found: DiscoveredService, server: DiscoveredServer | undefined): string[] {
  const ofServer = server?.kind === 'usable' ? (server.metadata.scopes_supported ?? []) : [];
  const offered = [
    ...found.neededScopes,
    ...found.scopes,
    ...OF_THE_SERVER.filter((scope) => ofServer.includes(scope)),
  ];
  const distinct = [...new Set(offered)].filter(isScopeToken);
  if (distinct.length <= MAX_LISTED) return distinct;
  const isFirst = (scope: string): boolean => found.neededScopes.includes(scope) || OF_THE_SERVER.includes(scope);
  return [...distinct.filter(isFirst), ...distinct.filter((scope) => !isFirst(scope))];
}

/** A server may list thousands of scopes, too many to choose from. */
export const MAX_LISTED = 100;

/**
 * Returns the minimal initial scopes (AUTH-7): those the service asked for, and those for identity and staying signed in. If
 * that is none, those without which a connection is of no use: the only scope there is, or those to read. Never broad ones.
 */
export function leastScopes(offered: readonly string[], needed: readonly string[]): string[] {
  const narrow = offered.filter((scope) => !isBroad(scope));
  const least = narrow.filter((scope) => needed.includes(scope) || OF_THE_SERVER.includes(scope));
  if (least.length > 0) return least;
  return offered.length === 1 ? narrow : narrow.filter((scope) => partsOf(scope).includes('read'));
}

/** Parses space-separated scopes; returns undefined if one of them is not a valid scope. */
export function readTypedScopes(typed: string): string[] | undefined {
  const scopes = typed.split(/\s+/).filter((scope) => scope !== '');
  return scopes.every(isScopeToken) ? [...new Set(scopes)] : undefined;
}

const BROAD: ReadonlySet<string> = new Set([
  '*',
  'admin',
  'all',
  'delete',
  'full',
  'manage',
  'owner',
  'root',
  'sudo',
  'superuser',
]);

/** Returns whether a scope's name suggests broad access. The server picks the names, so a harmless one proves nothing. */
export function isBroad(scope: string): boolean {
  return partsOf(scope).some((part) => BROAD.has(part.toLowerCase()));
}

function partsOf(scope: string): string[] {
  return scope.replaceAll(/([a-z])([A-Z])/g, '$1 $2').split(/[\s:._/-]+/);
}

/** Returns a scope's likely meaning in plain words; undefined if only its name can be shown. */
export function describeScope(scope: string): { label: string; detail?: string } | undefined {
  const known: Partial<Record<string, { label: string; detail: string }>> = text.known;
  if (Object.hasOwn(known, scope)) return known[scope];
  const [first = '', second, ...more] = scope.split(/[:.]/);
  if (more.length > 0) return undefined;
  const firstVerb = verbOf(first);
  if (second === undefined) return firstVerb && { label: text[`${firstVerb}Any`] };
  const secondVerb = verbOf(second);
  const verb = secondVerb ?? firstVerb;
  if (verb === undefined) return undefined;
  const what = secondVerb === undefined ? second : first;
  return { label: text[verb](/^(\*|all)$/i.test(what) ? text.everything : what) };
}

/** Returns the label of a scope for use without its name: in plain words, unless another scope in `among` has the same label. */
export function scopeLabel(scope: string, among: readonly string[]): string {
  const label = describeScope(scope)?.label;
  const isTaken = among.some((other) => other !== scope && describeScope(other)?.label === label);
  return label === undefined || isTaken ? scope : label;
}

function verbOf(part: string): 'read' | 'write' | 'delete' | 'admin' | undefined {
  switch (part) {
    case 'read':
    case 'write':
    case 'delete':
    case 'admin':
      return part;
    case 'manage':
      return 'admin';
    default:
      return undefined;
  }
}
