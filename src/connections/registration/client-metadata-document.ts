import { boundedFetch } from '#oauth/bounded-fetch.ts';
import { CLIENT_DOCUMENT, CLIENT_DOCUMENT_BYTES, isClientDocument } from '#oauth/client-document.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { readJsonDocument } from '#oauth/json-document.ts';

/** The client id metadata document of this deployment (REG-3, REG-4). */
export interface ClientMetadataDocument {
  /** Its address, which is the client id; undefined where this deployment has none that is right. */
  chooseServiceId(redirectUri: string): Promise<string | undefined>;
}

/**
 * The document beside the app, as `npm run configure` writes it. It is looked at before a server is told of it, since a host that
 * answers every address with the page would make each sign-in fail there. Asked for once a page; what failed is asked for anew.
 * @param appUrl the folder the app is served from, with its last slash
 */
export function openClientDocument(appUrl: string, fetch: Fetch): ClientMetadataDocument {
  const url = new URL(CLIENT_DOCUMENT, appUrl).href;
  let reading: ReturnType<typeof read> | undefined;
  const bounded = boundedFetch(fetch, { timeoutMs: 5_000, maxBytes: CLIENT_DOCUMENT_BYTES });
  const read = async () => readJsonDocument((await bounded(url)).response, url);
  return {
    async chooseServiceId(redirectUri) {
      // Servers fetch it themselves, so that it is of use at a public https address alone.
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
