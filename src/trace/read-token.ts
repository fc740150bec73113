import type { ReadToken } from './event.ts';
import { masked, maskMember } from './mask.ts';
import { registerSecret } from './secret-registry.ts';

/** What is kept of header and claims, in characters of JSON; a token that says more is named and not shown. */
const CAP = 4_096;

/**
 * What a token says in the open: of a JWT header and claims, without its signature; of any other nothing (RFC 7519 §3). Read,
 * not verified: nothing in the app relies on it.
 * @param name the parameter, member or header it stands in
 */
export function readToken(name: string, token: string): ReadToken {
  const [header, claims, signature] = token.split('.');
  const read = signature === undefined ? undefined : jsonOf(header);
  const said = read && jsonOf(claims);
  if (!read || !said) return { name, form: 'opaque', masked: masked(token) };
  return { name, form: 'jwt', masked: masked(token), header: read, claims: said };
}

const TOKEN_MEMBERS = ['access_token', 'refresh_token', 'id_token', 'token', 'id_token_hint'] as const;

/** The tokens among the members of a JSON object or the fields of a form. */
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
    const bytes = Uint8Array.from(
      atob(part.replaceAll('-', '+').replaceAll('_', '/')),
      (char) => char.codePointAt(0) ?? 0,
    );
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes), maskMember);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
