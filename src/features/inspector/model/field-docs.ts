import { claims, proofClaims, tokenHeader } from '#messages/en/inspector-claims.ts';
import { keys, registration, resourceMetadata, serverMetadata } from '#messages/en/inspector-metadata.ts';
import {
  authorizationRequest,
  authorizationResponse,
  endSessionRequest,
  type Meanings,
  pushedResponse,
  refusal,
  revocationRequest,
  tokenRequest,
  tokenResponse,
} from '#messages/en/inspector-parameters.ts';

type ByStep = Readonly<Partial<Record<string, Meanings>>>;

const REQUESTS: ByStep = {
  registration,
  'pushed-request': authorizationRequest,
  'token-exchange': tokenRequest,
  refresh: tokenRequest,
  revocation: revocationRequest,
};
const RESPONSES: ByStep = {
  'resource-metadata': resourceMetadata,
  'server-metadata': serverMetadata,
  registration,
  'pushed-request': pushedResponse,
  'token-exchange': tokenResponse,
  'signing-keys': keys,
  userinfo: claims,
  refresh: tokenResponse,
};

/** What the names in a request’s body mean; undefined: they are the service’s own. */
export function meaningsOfRequest(step: string): Meanings | undefined {
  return REQUESTS[step];
}

/** What the names in an answer’s body mean; undefined: they are the service’s own. */
export function meaningsOfResponse(step: string, status: number): Meanings | undefined {
  return status >= 400 ? refusal : RESPONSES[step];
}

/** What the parameters of a redirect mean. */
export function meaningsOfRedirect(type: 'redirect-out' | 'redirect-back', isSignOut: boolean): Meanings {
  if (isSignOut) return endSessionRequest;
  return type === 'redirect-out' ? authorizationRequest : authorizationResponse;
}

/** What the members of a JWT mean, by what kind of token it says to be. */
export function meaningsOfToken(header: Readonly<Record<string, unknown>>): { header: Meanings; claims: Meanings } {
  return { header: tokenHeader, claims: header['typ'] === 'dpop+jwt' ? { ...claims, ...proofClaims } : claims };
}

/** The meaning of a name, by its whole path or else its last part; indexes of lists do not count. */
export function fieldDoc(meanings: Meanings, path: string): string | undefined {
  const name = path.replaceAll(/\[\d+\]/g, '').replace(/^\./, '');
  // A language may follow a name: client_name#de (RFC 7591 §2.2).
  return meanings[name] ?? meanings[name.split('.').at(-1) ?? ''] ?? meanings[name.split('#')[0] ?? ''];
}
