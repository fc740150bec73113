import { isOpenIdScope } from '#oauth/openid-scopes.ts';

const OFFLINE = 'offline_access';

/**
 * Returns the scope that a grant covers: the scopes it names, plus the requested OpenID scopes that a server omits from its
 * list, as in {@link reauthorizationScope}.
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
 * Returns the scope to request when a user signs in again (AUTH-7): the granted scopes plus the newly wanted ones (M-9). Some
 * servers omit the OpenID scopes from the granted scope. The ones requested first are then requested again; otherwise the next
 * sign-in would have no identity and no refresh token. If the granted scope is unknown, requests `first` and `wanted`.
 * @param isOffline whether a refresh token was issued; some servers issue one without naming `offline_access`
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
