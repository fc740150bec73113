import { sanitizeText } from './json-document.ts';

/** An authorization response as it came, before anything is compared with the sign-in that it claims to answer. */
export type AuthorizationResponse =
  | { kind: 'code'; state: string; code: string; iss?: string }
  | { kind: 'error'; state: string; error: string; description?: string; iss?: string }
  | { kind: 'unusable'; reason: UnusableReason };

export type UnusableReason =
  /** A parameter stands twice: someone added to the address (CB-2; RFC 6749 §3.1). */
  | 'repeated-parameter'
  | 'no-state'
  /** `access_token`, `id_token` or `response`: an answer of another flow, which we never asked for (CB-9). */
  | 'foreign-response'
  | 'neither-code-nor-error';

const USED = ['state', 'code', 'error', 'error_description', 'error_uri', 'iss'] as const;
const FOREIGN = ['access_token', 'id_token', 'token', 'response'] as const;

/**
 * Reads the parameters of the callback address (RFC 6749 §4.1.2, §4.1.2.1). Pure: nothing is looked up or compared.
 * Unknown parameters are ignored, but not when one stands twice; `error_uri` is never kept.
 */
export function readAuthorizationResponse(parameters: URLSearchParams): AuthorizationResponse {
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return { kind: 'unusable', reason: 'repeated-parameter' };
  if (FOREIGN.some((name) => parameters.has(name))) return { kind: 'unusable', reason: 'foreign-response' };
  const state = parameters.get('state');
  if (!state) return { kind: 'unusable', reason: 'no-state' };
  const iss = parameters.get('iss') ?? undefined;
  const error = sanitizeText(parameters.get('error'), 100);
  if (error !== undefined) {
    return { kind: 'error', state, error, description: sanitizeText(parameters.get('error_description')), iss };
  }
  const code = parameters.get('code');
  return code ? { kind: 'code', state, code, iss } : { kind: 'unusable', reason: 'neither-code-nor-error' };
}

/** Whether an address carries an authorization response at all, so that a bare visit of the callback page is told apart. */
export function hasAuthorizationResponse(parameters: URLSearchParams): boolean {
  return [...USED, ...FOREIGN].some((name) => parameters.has(name));
}

/**
 * Whether the response came from the issuer that was asked (CB-4, CB-5; RFC 9207 §2.4): `iss` must be equal, character by
 * character; it must be there when the server says it always sends it. An unadvertised `iss` must match as well.
 */
export function issuerMatches(
  response: { iss?: string },
  server: { issuer: string; authorization_response_iss_parameter_supported?: boolean },
): boolean {
  if (response.iss === undefined) return server.authorization_response_iss_parameter_supported !== true;
  return response.iss === server.issuer;
}
