import { splitScope } from '#lib/scope.ts';

import { scopeTokens } from './resource-metadata.ts';

/**
 * Returns the scope that a token response names, or undefined if it names none: the requested scope is then granted (TOK-5;
 * RFC 6749 §5.1). An empty value names none.
 * Some servers separate scopes with commas. A comma is also a valid character of a scope (RFC 6749 §3.3), so a value is split
 * there only if it was not requested as it is and one of its parts was.
 * @param scope the `scope` member as received
 * @param requested the scope that was requested
 */
export function namedScope(scope: unknown, requested: readonly string[]): string[] | undefined {
  if (typeof scope !== 'string' || scope.trim() === '') return undefined;
  const names = splitScope(scope).flatMap((name) => {
    const parts = name.split(',');
    return !requested.includes(name) && parts.some((part) => requested.includes(part)) ? parts : [name];
  });
  return scopeTokens(names);
}
