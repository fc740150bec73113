import { PROOF_ALGORITHM } from '#oauth/proof-algorithm.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/**
 * What a server lets a sign-in be protected by, the strongest of each kind: docs/decisions/0008-strongest-protection.md says why in
 * this order. What is shown of a server and what is done with it are decided here, and nowhere else.
 */
export interface SecurityProfile {
  tokens: TokenProtection;
  request: RequestProtection;
  /** Whether its answers name the issuer (RFC 9207), or a redirect URI of its own has to tell it from others (CB-4, CB-6). */
  response: 'iss' | 'own-redirect-uri';
}

export type TokenProtection =
  /** Bound to a key of this browser, or not used at all. */
  | 'bound'
  /** Bound where the server keeps its word and this browser can keep a key. */
  | 'bound-if-possible'
  /** Whoever has a copy can use it. */
  | 'bearer'
  /** They have to be bound, and the server wants another kind of key. */
  | 'impossible';

/** `pushed`: handed over beforehand, always; `pushed-if-possible`: else in the address; `in-address`. */
export type RequestProtection = 'pushed' | 'pushed-if-possible' | 'in-address';

/**
 * @param requiresBinding whether the resource takes bound tokens alone, or what is to be renewed was bound
 */
export function securityProfile(server: ServerMetadata, requiresBinding: boolean): SecurityProfile {
  return {
    tokens: tokenProtection(server.dpop_signing_alg_values_supported, requiresBinding),
    request: requestProtection(server),
    response: server.authorization_response_iss_parameter_supported ? 'iss' : 'own-redirect-uri',
  };
}

/** A server that says nothing of it, as one whose endpoints were configured, is asked where the resource requires it. */
function tokenProtection(algorithms: readonly string[] | undefined, isRequired: boolean): TokenProtection {
  const fits = algorithms?.includes(PROOF_ALGORITHM) ?? isRequired;
  if (isRequired) return fits ? 'bound' : 'impossible';
  return fits ? 'bound-if-possible' : 'bearer';
}

function requestProtection(server: ServerMetadata): RequestProtection {
  if (server.require_pushed_authorization_requests) return 'pushed';
  return server.pushed_authorization_request_endpoint === undefined ? 'in-address' : 'pushed-if-possible';
}

/** How the server comes to know this app, in the order of preference (REG-1). */
export type ClientIdentification = 'configured' | 'document' | 'registration' | 'none';

/**
 * @param known whether there is a client id from the service itself, and whether this deployment has a client id metadata
 *   document. A document has one redirect URI for all servers, so that it is of use alone where answers name their issuer
 *   (CB-6); where there is no other way it is tried, and the answer has to name it all the same.
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
