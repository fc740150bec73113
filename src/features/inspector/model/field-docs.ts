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
  par: authorizationRequest,
  'token-request': tokenRequest,
  refresh: tokenRequest,
  revocation: revocationRequest,
};
const RESPONSES: ByStep = {
  'resource-metadata': resourceMetadata,
  'server-metadata': serverMetadata,
  registration,
  par: pushedResponse,
  'token-request': tokenResponse,
  jwks: keys,
  userinfo: claims,
  refresh: tokenResponse,
};

/** Returns the meanings of the names in a request's body; undefined if they are the service's own. */
export function meaningsOfRequest(step: string): Meanings | undefined {
  return REQUESTS[step];
}

/** Returns the meanings of the names in a response's body; undefined if they are the service's own. */
export function meaningsOfResponse(step: string, status: number): Meanings | undefined {
  return status >= 400 ? refusal : RESPONSES[step];
}

/** Returns the meanings of a redirect's parameters. */
export function meaningsOfRedirect(type: 'redirect-out' | 'redirect-back', isSignOut: boolean): Meanings {
  if (isSignOut) return endSessionRequest;
  return type === 'redirect-out' ? authorizationRequest : authorizationResponse;
}

/** Returns the meanings of a JWT's members, by the token type in its header. */
export function meaningsOfToken(header: Readonly<Record<string, unknown>>): { header: Meanings; claims: Meanings } {
  return { header: tokenHeader, claims: header['typ'] === 'dpop+jwt' ? { ...claims, ...proofClaims } : claims };
}

/** Returns the meaning of a name, looked up by its whole path or else by its last part; ignores array indexes. */
export function fieldDoc(meanings: Meanings, path: string): string | undefined {
  const name = path.replaceAll(/\[\d+\]/g, '').replace(/^\./, '');
  // A language tag may follow a name: client_name#de (RFC 7591 §2.2).
  return meanings[name] ?? meanings[name.split('.').at(-1) ?? ''] ?? meanings[name.split('#')[0] ?? ''];
}
