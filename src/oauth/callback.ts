import { omitUndefined } from '#lib/omit-undefined.ts';

import { sanitizeText } from './sanitize-text.ts';

/** An authorization response as received, before it is compared with any pending sign-in. */
export type AuthorizationResponse =
  | { kind: 'code'; state: string; code: string; iss?: string }
  | { kind: 'error'; state: string; error: string; description?: string; iss?: string }
  | { kind: 'unusable'; reason: UnusableReason };

export type UnusableReason =
  /** A parameter occurs twice: someone tampered with the URL (CB-2; RFC 6749 §3.1). */
  | 'repeated-parameter'
  | 'no-state'
  /** `access_token`, `id_token`, `response`, or a code in the fragment: of a flow that the app never starts (CB-9). */
  | 'foreign-response'
  | 'neither-code-nor-error'
  /** No server sends both (RFC 6749 §4.1.2): the URL was put together by somebody else, or the server is faulty. */
  | 'code-and-error';

/** Marks a code in the fragment, for {@link responseParameters}. */
const CODE_IN_FRAGMENT = '#';

const USED = ['state', 'code', 'error', 'error_description', 'error_uri', 'iss'] as const;
const FOREIGN = ['access_token', 'id_token', 'token', 'response', CODE_IN_FRAGMENT] as const;

/**
 * Parses the parameters of the callback URL (RFC 6749 §4.1.2, §4.1.2.1). Pure: looks nothing up and compares nothing. Ignores
 * unknown parameters unless one is repeated, and discards `error_uri`.
 */
export function readAuthorizationResponse(parameters: URLSearchParams): AuthorizationResponse {
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return { kind: 'unusable', reason: 'repeated-parameter' };
  if (FOREIGN.some((name) => parameters.has(name))) return { kind: 'unusable', reason: 'foreign-response' };
  const code = parameters.get('code');
  const error = sanitizeText(parameters.get('error'), 100);
  if (code && error !== undefined) return { kind: 'unusable', reason: 'code-and-error' };
  const state = parameters.get('state');
  if (!state) return { kind: 'unusable', reason: 'no-state' };
  const iss = parameters.get('iss') ?? undefined;
  if (error !== undefined) {
    const description = sanitizeText(parameters.get('error_description'));
    return omitUndefined({ kind: 'error', state, error, description, iss });
  }
  return code
    ? omitUndefined({ kind: 'code', state, code, iss })
    : { kind: 'unusable', reason: 'neither-code-nor-error' };
}

/**
 * Returns the parameters of the callback URL: those of its query and, if that has neither a code nor an error, those of its
 * fragment, where some servers put errors. A code in the fragment is marked, since the app never asks for it there.
 */
export function responseParameters(search: string, hash: string): URLSearchParams {
  const parameters = new URLSearchParams(search);
  if (parameters.has('code') || parameters.has('error')) return parameters;
  for (const [name, value] of new URLSearchParams(hash.slice(1))) parameters.append(name, value);
  if (parameters.has('code')) parameters.append(CODE_IN_FRAGMENT, '');
  return parameters;
}

/** Returns true if the parameters contain an authorization response, as opposed to a plain visit to the callback page. */
export function hasAuthorizationResponse(parameters: URLSearchParams): boolean {
  return [...USED, ...FOREIGN].some((name) => parameters.has(name));
}

/**
 * Validates that the response came from the issuer that was asked (CB-4, CB-5; RFC 9207 §2.4). `iss` must equal the issuer
 * character by character, even if the server does not advertise it, and must be present if the server says it always sends it.
 */
export function issuerMatches(
  response: { iss?: string },
  server: { issuer: string; authorization_response_iss_parameter_supported?: boolean },
): boolean {
  if (response.iss === undefined) return server.authorization_response_iss_parameter_supported !== true;
  return response.iss === server.issuer;
}
