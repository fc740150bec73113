/** Creates a deployment's client id metadata document. Its URL is the client id, so the app needs no registration. */
import { isLoopbackHost } from './hosting.mjs';

/** The file is in the same folder as index.html, where src/oauth/client-document.ts expects it. */
export const CLIENT_METADATA_FILE = 'client-metadata.json';

/** Servers may limit the document to this size. REG-4 */
const MAX_BYTES = 5 * 1024;

/**
 * Returns why the app cannot be deployed at a URL, from which its client id is derived. REG-3
 * @param {string} url as typed
 * @returns {string | null} a sentence, or null for a valid URL
 */
export function deploymentUrlProblem(url) {
  if (!URL.canParse(url)) return `"${url}" is not a valid URL. It must start with https:// and end with a slash.`;
  const parsed = new URL(url);
  const isHere = parsed.protocol === 'http:' && isLoopbackHost(parsed.host);
  if (parsed.protocol !== 'https:' && !isHere)
    return 'It must start with https://, or with http:// for a loopback host.';
  if (parsed.username || parsed.password) return 'It must not have a user name or a password.';
  if (parsed.search || parsed.hash || /[?#]/.test(url)) return 'It must not have a query or a fragment.';
  if (!parsed.pathname.endsWith('/')) return 'It must end with a slash: it is the folder that contains index.html.';
  // Checks the typed text, because URL has already resolved dot segments.
  if (/\/\.{1,2}(\/|$)|%2e/i.test(url)) return 'It must not have dot segments.';
  // In the page, a path that starts with two slashes would be a protocol-relative URL of another host.
  if (parsed.pathname.includes('//')) return 'It must not have two slashes in a row.';
  // The path goes into the configuration files of several hosts, each with its own syntax.
  if (!/^[\w.~/-]+$/.test(parsed.pathname)) return 'Its path may contain only letters, digits and . _ ~ -';
  return null;
}

/**
 * Returns the document for an app that is deployed at `address`. REG-4
 * It does not set `dpop_bound_access_tokens`, because one document serves all servers and browsers. If a server binds tokens to
 * other keys, or a browser cannot store keys, the server would reject every token request (RFC 9449 §5.2).
 * @param {string} url an https URL without a {@link deploymentUrlProblem}
 * @param {string} name the app's name
 * @returns {{ client_id: string, [member: string]: unknown }}
 */
function clientMetadata(url, name) {
  const at = (/** @type {string} */ path) => new URL(path, url).href;
  return {
    client_id: at(CLIENT_METADATA_FILE),
    client_name: name,
    client_uri: at('.'),
    logo_uri: at('icon.svg'),
    redirect_uris: [at('callback')],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'web',
  };
}

/**
 * Returns the document as text.
 * @param {string} url an https URL without a {@link deploymentUrlProblem}
 * @param {string} name the app's name
 * @returns {string}
 * @throws {RangeError} if the URL makes the document larger than servers are required to accept
 */
export function clientMetadataText(url, name) {
  const text = `${JSON.stringify(clientMetadata(url, name), null, 2)}\n`;
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw new RangeError('The URL is too long: the document is larger than 5 KB.');
  return text;
}
