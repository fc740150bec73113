import { boundedFetch } from '#oauth/bounded-fetch.ts';
import { CLIENT_DOCUMENT, CLIENT_DOCUMENT_BYTES, isClientDocument } from '#oauth/client-document.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { readJsonDocument } from '#oauth/read-json-document.ts';

/** The client id metadata document of this deployment (REG-3, REG-4). */
export interface ClientMetadataDocument {
  /** Returns the document's URL, which is the client id; undefined if this deployment has no valid document. */
  clientIdFor(redirectUri: string): Promise<string | undefined>;
}

/**
 * Opens the document that `npm run configure` writes next to the app. It is validated before its URL is sent to a
 * server: a host that serves the app's page for every URL would make each sign-in fail there. It is fetched once per
 * page; a failed fetch is retried on the next call.
 * @param appUrl the folder the app is served from, with a trailing slash
 */
export function openClientDocument(appUrl: string, fetch: Fetch): ClientMetadataDocument {
  const url = new URL(CLIENT_DOCUMENT, appUrl).href;
  let reading: ReturnType<typeof read> | undefined;
  const bounded = boundedFetch(fetch, { timeoutMs: 5_000, maxBytes: CLIENT_DOCUMENT_BYTES });
  const read = async () => readJsonDocument((await bounded(url)).response, url);
  return {
    async clientIdFor(redirectUri) {
      // Servers fetch the document themselves, so it needs a public https URL.
      if (new URL(url).protocol !== 'https:') return undefined;
      reading ??= read();
      try {
        return isClientDocument(await reading, url, redirectUri) ? url : undefined;
      } catch {
        reading = undefined;
        return undefined;
      }
    },
  };
}
