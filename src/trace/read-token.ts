import { decodeBase64url } from '#lib/encoding.ts';
import { isRecord } from '#lib/guards.ts';

import type { ReadToken } from './event.ts';
import { masked, maskMember } from './mask.ts';
import { registerSecret } from './secret-registry.ts';

/** The maximum size of header and claims, in characters each; a larger token is listed without its contents. */
const CAP = 4_096;

/**
 * Decodes the readable part of a token: header and claims of a JWT without its signature, nothing of any other token (RFC 7519
 * §3). The token is not verified, and nothing in the app relies on the result.
 * @param name the parameter, member or header that holds the token
 */
export function readToken(name: string, token: string): ReadToken {
  const [header, claims, signature] = token.split('.');
  const read = signature === undefined ? undefined : jsonOf(header);
  const claimsJson = read && jsonOf(claims);
  if (!read || !claimsJson) return { name, form: 'opaque', masked: masked(token) };
  return { name, form: 'jwt', masked: masked(token), header: read, claims: claimsJson };
}

const TOKEN_MEMBERS = ['access_token', 'refresh_token', 'id_token', 'token', 'id_token_hint'] as const;

/** Returns the tokens among the members of a JSON object or the fields of a form, and registers them as secrets. */
export function tokensIn(valueOf: (name: string) => unknown): readonly ReadToken[] | undefined {
  const tokens = TOKEN_MEMBERS.flatMap((name) => {
    const value = valueOf(name);
    if (typeof value !== 'string') return [];
    registerSecret(value);
    return [readToken(name, value)];
  });
  return tokens.length > 0 ? tokens : undefined;
}

function jsonOf(part: string | undefined): Record<string, unknown> | undefined {
  if (part === undefined || part.length > CAP) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(decodeBase64url(part)), maskMember);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
