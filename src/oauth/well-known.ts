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
  return insert(resource, RESOURCE);
}

/**
 * Returns other URLs on the resource's origin where its metadata may be: the root, and for a resource with a trailing slash the
 * URL without it.
 */
export function otherResourceMetadataUrls(resource: string): string[] {
  const { origin, pathname, search } = new URL(resource);
  if (pathname === '/' && search === '') return [];
  const withoutSlash = pathname !== '/' && pathname.endsWith('/') ? [insert(withFlippedSlash(resource), RESOURCE)] : [];
  return [...withoutSlash, `${origin}/.well-known/${RESOURCE}`];
}

const RESOURCE = 'oauth-protected-resource';

/** Returns the URL with the trailing slash of its path added or removed. The query is kept. */
export function withFlippedSlash(url: string): string {
  const [path = '', ...query] = url.split('?');
  const flipped = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  return [flipped, ...query].join('?');
}

/**
 * Returns true if two identifiers are the same or differ only in a lone slash after the host. They have one metadata URL, so
 * they cannot be two parties (RFC 8414 §3.1, RFC 3986 §6.2.3).
 */
export function isSameIssuer(one: string, other: string): boolean {
  if (one === other) return true;
  const [short = '', long = ''] = [one, other].toSorted((a, b) => a.length - b.length);
  return long === `${short}/` && URL.canParse(short) && /^https?:\/\/[^/?#]+$/.test(short);
}

/**
 * Returns the possible metadata URLs of an authorization server in the order to try (DISC-7), without duplicates: RFC 8414 §3.1
 * inserted, OpenID's name inserted (RFC 8414 §5), OpenID's name appended (OIDC Discovery §4.1). Returns none for a URL with a
 * query, which no issuer has (RFC 8414 §2).
 */
export function serverMetadataUrls(issuer: string): string[] {
  if (issuer.includes('?')) return [];
  const withoutLastSlash = issuer.replace(/\/$/, '');
  return [
    ...new Set([
      insert(withoutLastSlash, 'oauth-authorization-server'),
      insert(withoutLastSlash, 'openid-configuration'),
      `${withoutLastSlash}/.well-known/openid-configuration`,
    ]),
  ];
}
