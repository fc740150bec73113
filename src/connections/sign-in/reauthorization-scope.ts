import { isOpenIdScope } from '#oauth/openid-scopes.ts';

const OFFLINE = 'offline_access';

/**
 * What a grant covers, as far as can be told: what it names, and of OpenID's scopes that were asked for those that a server
 * leaves out of its list, as {@link reauthorizationScope} takes them.
 */
export function effectiveScope(
  granted: readonly string[],
  first: readonly string[],
  isOffline: boolean,
): readonly string[] {
  if (granted.length === 0) return granted;
  return reauthorizationScope(granted, first, [], isOffline).filter(
    (scope) => scope !== OFFLINE || isOffline || granted.includes(OFFLINE),
  );
}

/**
 * What to ask for when a person signs in again (AUTH-7): what was granted, and what is wanted beside it (M-9). A server that
 * names none of OpenID's scopes in its grant leaves them out of its list: those that were asked for at first are asked for
 * again, else the next sign-in would be of nobody, and would not last. Where nothing is known, all of `first`.
 * @param isOffline whether a refresh token was given: some servers give one and do not name the scope for it
 */
export function reauthorizationScope(
  granted: readonly string[],
  first: readonly string[],
  wanted: readonly string[] = [],
  isOffline = false,
): string[] {
  if (granted.length === 0) return [...new Set([...first, ...wanted])];
  const namesSome = granted.some(isOpenIdScope);
  const unnamed = first.filter((scope) => isOpenIdScope(scope) && (!namesSome || (scope === OFFLINE && isOffline)));
  return [...new Set([...unnamed, ...granted, ...wanted])];
}
