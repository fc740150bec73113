import type { JsonObject } from './json-document.ts';

/** The name of our client id metadata document, below the app's address. */
export const CLIENT_DOCUMENT = 'client-metadata.json';

/** The largest document, in bytes, that servers are sure to read (draft, §6.6). */
export const CLIENT_DOCUMENT_BYTES = 5 * 1024;

/**
 * Whether a document is one that a server can take this app's description from (REG-3, REG-4; draft on client id metadata
 * documents, §3, §4): it names its own address as the client id, over https, has the redirect URI, and no secret.
 */
export function isClientDocument(document: JsonObject, url: string, redirectUri: string): boolean {
  const { client_id: clientId, redirect_uris: redirectUris, token_endpoint_auth_method: method } = document;
  return (
    clientId === url &&
    new URL(url).protocol === 'https:' &&
    Array.isArray(redirectUris) &&
    redirectUris.includes(redirectUri) &&
    method === 'none' &&
    !('client_secret' in document) &&
    !('client_secret_expires_at' in document)
  );
}
