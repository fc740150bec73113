/** The client id metadata document of a deployment: its address is the client id, so no server has to register the app. */
import { isLoopbackHost } from './hosting.mjs';

/** Beside index.html; src/oauth/client-document.ts looks for it there. */
export const CLIENT_METADATA_FILE = 'client-metadata.json';

/** Servers need not read more. REG-4 */
const MAX_BYTES = 5 * 1024;

/**
 * What keeps an address from being one that the app can be deployed at and known by. REG-3
 * @param {string} address as given
 * @returns {string | null} a sentence; null for a good address
 */
export function deploymentAddressFault(address) {
  if (!URL.canParse(address)) return `"${address}" is no address: it begins with https:// and ends with a slash.`;
  const url = new URL(address);
  const isHere = url.protocol === 'http:' && isLoopbackHost(url.host);
  if (url.protocol !== 'https:' && !isHere) return 'It has to begin with https://, or http:// on this machine.';
  if (url.username || url.password) return 'It must not have a user name or a password.';
  if (url.search || url.hash || /[?#]/.test(address)) return 'It must not have a query or a fragment.';
  if (!url.pathname.endsWith('/')) return 'It has to end with a slash: it is the folder that index.html lies in.';
  // As it was typed: URL has taken dot segments out already.
  if (/\/\.{1,2}(\/|$)|%2e/i.test(address)) return 'It must not have dot segments.';
  // In the page a path that begins so would be the name of another host.
  if (url.pathname.includes('//')) return 'It must not have two slashes in a row.';
  // It stands in the configuration of several hosts, each with a syntax of its own.
  if (!/^[\w.~/-]+$/.test(url.pathname)) return 'Its path may have letters, digits and . _ ~ - alone.';
  return null;
}

/**
 * The document for an app that is deployed at `address`. REG-4
 * It does not promise `dpop_bound_access_tokens`: one document serves all servers and browsers, and where a server binds to
 * other keys, or a browser keeps none, that promise would have every token request refused (RFC 9449 §5.2).
 * @param {string} address without a {@link deploymentAddressFault}, and https
 * @param {string} name of the app
 * @returns {{ client_id: string, [member: string]: unknown }}
 */
function clientMetadata(address, name) {
  const at = (/** @type {string} */ path) => new URL(path, address).href;
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
 * @param {string} address without a {@link deploymentAddressFault}, and https
 * @param {string} name of the app
 * @returns {string} the file's text
 * @throws {RangeError} when an address is so long that servers may refuse to read it all
 */
export function clientMetadataText(address, name) {
  const text = `${JSON.stringify(clientMetadata(address, name), null, 2)}\n`;
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw new RangeError('The address is too long: the description has over 5 KB.');
  return text;
}
