/**
 * Inserts a well-known path between host and path. Preserves the query and drops a lone slash after the host (DISC-1; RFC 9728
 * §3.1, RFC 8414 §3.1).
 */
function insert(identifier: string, wellKnown: string): string {
  const { origin, pathname, search } = new URL(identifier);
  return `${origin}/.well-known/${wellKnown}${pathname === '/' ? '' : pathname}${search}`;
}

/** Returns the well-known URL of a protected resource's metadata, for use when no challenge names one (RFC 9728 §3.1). */
export function resourceMetadataUrl(resource: string): string {
  return insert(resource, 'oauth-protected-resource');
}

/**
 * Returns the possible metadata URLs of an authorization server in the order to try (DISC-7), without duplicates: RFC 8414 §3.1
 * inserted, OpenID's name inserted (RFC 8414 §5), OpenID's name appended (OIDC Discovery §4.1).
 */
export function serverMetadataUrls(issuer: string): string[] {
  const withoutLastSlash = issuer.replace(/\/$/, '');
  return [
    ...new Set([
      insert(withoutLastSlash, 'oauth-authorization-server'),
      insert(withoutLastSlash, 'openid-configuration'),
      `${withoutLastSlash}/.well-known/openid-configuration`,
    ]),
  ];
}
