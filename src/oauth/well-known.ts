/**
 * Inserts a well-known path between host and path, keeping the query and dropping a lone slash after the host
 * (DISC-1; RFC 9728 §3.1, RFC 8414 §3.1).
 */
function insert(identifier: string, wellKnown: string): string {
  const { origin, pathname, search } = new URL(identifier);
  return `${origin}/.well-known/${wellKnown}${pathname === '/' ? '' : pathname}${search}`;
}

/** Where the metadata of a protected resource stands when no challenge names it (RFC 9728 §3.1). */
export function resourceMetadataUrl(resource: string): string {
  return insert(resource, 'oauth-protected-resource');
}

/**
 * Where the metadata of an authorization server may stand, in the order to try (DISC-7): RFC 8414 §3.1 inserted,
 * OpenID's name inserted (RFC 8414 §5), OpenID's name appended (OIDC Discovery §4.1). Each address once.
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
