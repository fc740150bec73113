import { PROOF_ALGORITHM } from '#oauth/proof-algorithm.ts';
import { announcesPkce, type ServerMetadata } from '#oauth/server-metadata.ts';

/**
 * The strongest protection of each kind that a server supports. docs/decisions/0008-strongest-protection.md explains
 * the order. Both the UI and the sign-in use this profile, so that what is shown is what is done.
 */
export interface SecurityProfile {
  tokens: TokenProtection;
  request: RequestProtection;
  /**
   * `iss` if the server's responses name the issuer (RFC 9207), else a redirect URI per issuer tells servers apart
   * (CB-4, CB-6).
   */
  response: 'iss' | 'own-redirect-uri';
  /** `silent` if the server does not say whether it supports PKCE; the app sends the challenge in any case (DISC-13). */
  pkce: 'announced' | 'silent';
}

export type TokenProtection =
  /** Bound to a key of this browser, or not used at all. */
  | 'bound'
  /** Bound if the server really binds them and this browser can store a key. */
  | 'bound-if-possible'
  /** Unbound: anyone with a copy can use them. */
  | 'bearer'
  /** The resource requires binding, but the server does not support this app's type of key. */
  | 'impossible';

/**
 * `pushed`: always sent in a pushed authorization request. `pushed-if-possible`: pushed, else in the URL. `query`:
 * in the URL.
 */
export type RequestProtection = 'pushed' | 'pushed-if-possible' | 'query';

/**
 * Returns the protection to use with a server.
 * @param requiresBinding true if the resource only accepts bound tokens, or the grant to re-authorize was bound
 */
export function securityProfile(server: ServerMetadata, requiresBinding: boolean): SecurityProfile {
  return {
    tokens: tokenProtection(server.dpop_signing_alg_values_supported, requiresBinding),
    request: requestProtection(server),
    response: server.authorization_response_iss_parameter_supported ? 'iss' : 'own-redirect-uri',
    pkce: announcesPkce(server) ? 'announced' : 'silent',
  };
}

/**
 * If the server lists no algorithms, for example because its endpoints were configured, uses DPoP only if the resource
 * requires it.
 */
function tokenProtection(algorithms: readonly string[] | undefined, isRequired: boolean): TokenProtection {
  const fits = algorithms?.includes(PROOF_ALGORITHM) ?? isRequired;
  if (isRequired) return fits ? 'bound' : 'impossible';
  return fits ? 'bound-if-possible' : 'bearer';
}

function requestProtection(server: ServerMetadata): RequestProtection {
  if (server.require_pushed_authorization_requests) return 'pushed';
  return server.pushed_authorization_request_endpoint === undefined ? 'query' : 'pushed-if-possible';
}

/** How the server identifies this client, in order of preference (REG-1). */
export type ClientIdentification = 'configured' | 'document' | 'registration' | 'none';

/**
 * Returns how to identify the client to a server, given whether the service has a client id and whether this deployment
 * has a client id metadata document. A document has one redirect URI for all servers, so it is only used if responses
 * name their issuer (CB-6). If there is no other way it is tried anyway, and the response still has to name the issuer.
 */
export function registrationMethod(
  server: ServerMetadata,
  { hasClientId, hasDocument }: { hasClientId: boolean; hasDocument: boolean },
): ClientIdentification {
  if (hasClientId) return 'configured';
  const takesDocuments = hasDocument && server.client_id_metadata_document_supported === true;
  const registers = server.registration_endpoint !== undefined;
  if (takesDocuments && (server.authorization_response_iss_parameter_supported || !registers)) return 'document';
  return registers ? 'registration' : 'none';
}
