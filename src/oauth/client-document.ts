import type { JsonObject } from './json-document.ts';

/** The file name of our client id metadata document, relative to the app's URL. */
export const CLIENT_DOCUMENT = 'client-metadata.json';

/** The maximum document size, in bytes, that every server reads (draft, §6.6). */
export const CLIENT_DOCUMENT_BYTES = 5 * 1024;

/**
 * Returns true if a server can use the document as this app's client metadata (REG-3, REG-4; draft on client id metadata
 * documents, §3, §4): its client id is its own https URL, it lists the redirect URI, and it contains no secret.
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
