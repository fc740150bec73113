/** OpenID's own scopes (OIDC Core §5.4, §11): about who signs in and for how long, not about what an API allows. */
const OPENID_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
]);

/** Whether a scope is OpenID's own. */
export const isOpenIdScope = (scope: string): boolean => OPENID_SCOPES.has(scope);
