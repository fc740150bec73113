/** All URLs of one Birdsong. All are absolute. */
export interface Urls {
  readonly origin: string;
  /** The issuer identifier (RFC 8414 §2), without a trailing slash. The other URLs are below it. */
  readonly issuer: string;
  /** The API's resource identifier (RFC 9728 §1.2). */
  readonly resource: string;
  readonly home: string;
  readonly authorization: string;
  readonly token: string;
  readonly revocation: string;
  readonly registration: string;
  readonly userinfo: string;
  readonly jwks: string;
  readonly controls: string;
  readonly stylesheet: string;
  readonly icon: string;
  readonly pictures: string;
  /** RFC 9728 §3.1: the well-known path is inserted between the host and the path. */
  readonly resourceMetadata: string;
  /** RFC 8414 §3.1: inserted in the same way. */
  readonly serverMetadata: string;
  /** The same document at the URLs of OpenID Connect Discovery 1.0 §4 and RFC 8414 §5. */
  readonly openidMetadata: readonly string[];
  /** The app that Birdsong is shipped with. */
  readonly app: string;
}

/**
 * Derives Birdsong's URLs from its base URL.
 *
 * @param base the base URL, with or without a trailing slash; query and fragment are ignored
 */
export function urlsOf(base: URL): Urls {
  const { origin } = base;
  const path = base.pathname.replace(/\/+$/, '');
  const issuer = origin + path;
  return {
    origin,
    issuer,
    resource: `${issuer}/api`,
    home: `${issuer}/`,
    authorization: `${issuer}/authorize`,
    token: `${issuer}/token`,
    revocation: `${issuer}/revoke`,
    registration: `${issuer}/register`,
    userinfo: `${issuer}/userinfo`,
    jwks: `${issuer}/jwks`,
    controls: `${issuer}/controls`,
    stylesheet: `${issuer}/birdsong.css`,
    icon: `${issuer}/icon.svg`,
    pictures: `${issuer}/pictures`,
    resourceMetadata: `${origin}/.well-known/oauth-protected-resource${path}/api`,
    serverMetadata: `${origin}/.well-known/oauth-authorization-server${path}`,
    openidMetadata: [`${issuer}/.well-known/openid-configuration`, `${origin}/.well-known/openid-configuration${path}`],
    app: new URL('.', issuer).href,
  };
}

/**
 * Returns whether Birdsong handles this URL: everything below the base URL, and Birdsong's own well-known documents.
 *
 * @param urls the URLs of this Birdsong
 * @param url the request's URL
 */
export function isOwned(urls: Urls, url: URL): boolean {
  const href = url.origin + url.pathname;
  return (
    href === urls.issuer ||
    href.startsWith(urls.home) ||
    href === urls.resourceMetadata ||
    href === urls.serverMetadata ||
    urls.openidMetadata.includes(href)
  );
}
