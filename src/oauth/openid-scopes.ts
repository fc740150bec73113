/** The scopes that OpenID defines (OIDC Core §5.4, §11): they concern the user and the session, not access to an API. */
const OPENID_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
]);

/** Returns true if OpenID defines the scope. */
export const isOpenIdScope = (scope: string): boolean => OPENID_SCOPES.has(scope);
