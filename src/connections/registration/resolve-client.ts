import { registrationMethod } from '#connections/discovery/security-profile.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

import type { ClientMetadataDocument } from './client-metadata-document.ts';
import { redirectUriFor, sharedRedirectUri, signOutReturnUri } from './redirect-uri.ts';
import type { Registrations } from './registration-store.ts';

export interface ResolveClientDeps {
  registrations: Registrations;
  clientDocument: ClientMetadataDocument;
  /** The folder the app is served from, with its last slash. */
  appUrl: string;
  clientName: string;
}

/** What the server knows the app by in one sign-in. */
export interface IdentifiedClient {
  clientId: string;
  redirectUri: string;
  /** Answers come to an address that this client has for all servers: they have to name their issuer (CB-6). */
  mustNameIssuer: boolean;
}

export interface IdentifyClientOptions {
  /** A client id that the deployer or the person has from the server. */
  clientId?: string | undefined;
  requiresBinding: boolean;
  /** The server has said that it does not know the client id that it was told before, which can be the document's. */
  isForgotten?: boolean | undefined;
}

/**
 * The client id for a sign-in, in the order of REG-1: one from the server itself, our metadata document, a registration that
 * this browser has there or gets now.
 * @throws OAuthError `registration-unsupported` where there is no way | those of a registration
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
  // A server that knows nobody by the document, as one that can't fetch it, may take a registration.
  const triesDocument = !isForgotten || server.registration_endpoint === undefined;
  const takesDocuments = triesDocument && server.client_id_metadata_document_supported;
  const documentId = takesDocuments ? await clientDocument.chooseServiceId(shared) : undefined;
  const way = registrationMethod(server, { hasClientId: false, hasDocument: documentId !== undefined });
  if (way === 'document' && documentId !== undefined) {
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
