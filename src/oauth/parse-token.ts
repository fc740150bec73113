import { decodeBase64url } from '#lib/encoding.ts';
import { isRecord } from '#lib/guards.ts';

import { parseJsonText, type JsonObject } from './json-document.ts';

/**
 * The parsed form of an access token (M-11). A token is opaque to the client whatever its form (ID-7; RFC 6749 §1.4): the
 * claims of a JWT are meant for its resource server, are not verified here, and may be displayed but never acted on.
 */
export type ParsedToken = { kind: 'opaque' } | { kind: 'jwt'; header: JsonObject; claims: JsonObject };

/** Parses a token that has the form of a signed JWT (RFC 7519 §3, RFC 7515 §7.1); any other token counts as opaque. */
export function parseToken(token: string): ParsedToken {
  const [header, claims, signature, ...more] = token
    .split('.')
    .map((part, index) => (index < 2 ? decoded(part) : part));
  const isJwt =
    isRecord(header) &&
    isRecord(claims) &&
    typeof header.alg === 'string' &&
    signature !== undefined &&
    more.length === 0;
  return isJwt ? { kind: 'jwt', header, claims } : { kind: 'opaque' };
}

function decoded(part: string): JsonObject | undefined {
  try {
    return parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64url(part)));
  } catch {
    return undefined;
  }
}
