import { parseJsonText, type JsonObject } from './json-document.ts';

/**
 * What an access token looks like (M-11). To a client it is opaque whatever it looks like (ID-7; RFC 6749 §1.4): what stands
 * in a JWT is for its resource server, is not verified here, and may be shown but never acted upon.
 */
export type ParsedToken = { kind: 'opaque' } | { kind: 'jwt'; header: JsonObject; claims: JsonObject };

/** Reads a token that has the form of a signed JWT (RFC 7519 §3, RFC 7515 §7.1); whatever else it is counts as opaque. */
export function parseToken(token: string): ParsedToken {
  const [header, claims, signature, ...more] = token
    .split('.')
    .map((part, place) => (place < 2 ? decoded(part) : part));
  const isJwt =
    isPart(header) && isPart(claims) && typeof header.alg === 'string' && signature !== undefined && more.length === 0;
  return isJwt ? { kind: 'jwt', header, claims } : { kind: 'opaque' };
}

const isPart = (part: unknown): part is JsonObject => typeof part === 'object';

function decoded(part: string): JsonObject | undefined {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    return parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
