import { registrationMethod } from '#connections/discovery/security-profile.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

import type { ClientMetadataDocument } from './client-metadata-document.ts';
import { redirectUriFor, sharedRedirectUri, signOutReturnUri } from './redirect-uri.ts';
import type { Registrations } from './registration-store.ts';

export interface ResolveClientDeps {
  registrations: Registrations;
  clientDocument: ClientMetadataDocument;
  /** The folder the app is served from, with a trailing slash. */
  appUrl: string;
  clientName: string;
}

/** How the server identifies the client in one sign-in. */
export interface IdentifiedClient {
  clientId: string;
  redirectUri: string;
  /** True if the redirect URI is shared by all servers, so that responses have to name their issuer (CB-6). */
  mustNameIssuer: boolean;
}

export interface IdentifyClientOptions {
  /** A client id that the deployer or the user obtained from the server. */
  clientId?: string | undefined;
  requiresBinding: boolean;
  /** True if the server has rejected the client id it was sent before, which can be the document's, as unknown. */
  isForgotten?: boolean | undefined;
}

/**
 * Returns the client id for a sign-in, in the order of REG-1: one obtained from the server, our metadata document, or a
 * stored or new registration.
 * @throws OAuthError `registration-unsupported` if there is no way | those of a registration
 */
export async function resolveClient(
  deps: ResolveClientDeps,
  context: FlowContext,
  server: ServerMetadata,
  { clientId, requiresBinding, isForgotten = false }: IdentifyClientOptions,
): Promise<IdentifiedClient> {
  const { appUrl, clientName, clientDocument, registrations } = deps;
  const redirectUri = await redirectUriFor(appUrl, server);
  if (clientId !== undefined) return { clientId, redirectUri, mustNameIssuer: false };
  const shared = sharedRedirectUri(appUrl);
  // A server that does not recognize the document, for example because it can't fetch it, may accept a registration.
  const triesDocument = !isForgotten || server.registration_endpoint === undefined;
  const takesDocuments = triesDocument && server.client_id_metadata_document_supported;
  const documentId = takesDocuments ? await clientDocument.clientIdFor(shared) : undefined;
  const method = registrationMethod(server, { hasClientId: false, hasDocument: documentId !== undefined });
  if (method === 'document' && documentId !== undefined) {
    return { clientId: documentId, redirectUri: shared, mustNameIssuer: true };
  }
  if (isForgotten) await registrations.forget(server.issuer, redirectUri);
  const description = {
    redirectUri,
    clientName,
    clientUri: appUrl,
    signOutReturnUri: signOutReturnUri(appUrl),
    requiresBinding,
  };
  const registration = await registrations.obtain(context, server, description);
  return { clientId: registration.clientId, redirectUri, mustNameIssuer: false };
}
