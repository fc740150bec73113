/** Every address of one Birdsong. All are absolute URLs. */
export interface Urls {
  readonly origin: string;
  /** The issuer identifier (RFC 8414 §2); everything else hangs below it. No slash at its end. */
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
  /** RFC 9728 §3.1: the well-known name goes between the host and the path. */
  readonly resourceMetadata: string;
  /** RFC 8414 §3.1, the same insertion. */
  readonly serverMetadata: string;
  /** The same document where OpenID Connect Discovery 1.0 §4 puts it, and where clients of RFC 8414 §5 look as well. */
  readonly openidMetadata: readonly string[];
  /** The app that Birdsong comes with. */
  readonly app: string;
}

/**
 * The addresses of the Birdsong that lives in a folder.
 *
 * @param base the folder, with or without a slash at its end; query and fragment are ignored
 * @returns its addresses
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
 * Whether a request to this URL is Birdsong's to answer: everything in its folder, and its own well-known documents.
 *
 * @param urls which Birdsong
 * @param url the request's URL
 */
export function isOwned(urls: Urls, url: URL): boolean {
  const address = url.origin + url.pathname;
  return (
    address === urls.issuer ||
    address.startsWith(urls.home) ||
    address === urls.resourceMetadata ||
    address === urls.serverMetadata ||
    urls.openidMetadata.includes(address)
  );
}
