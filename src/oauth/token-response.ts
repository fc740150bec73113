import type { TokenEndpointResponse } from 'oauth4webapi';

import { OAuthError } from './errors.ts';
import { assertRule, type FlowContext } from './flow-context.ts';
import { hasJsonType, parseJsonObject } from './json-document.ts';
import { parseToken } from './parse-token.ts';
import { scopeTokens } from './resource-metadata.ts';
import { withoutQuery } from './safe-url.ts';

/** What a token endpoint granted (RFC 6749 §5.1). */
export interface TokenSet {
  accessToken: string;
  refreshToken?: string;
  /** Seconds from now; undefined means: use it until a call is refused (TOK-4). */
  expiresIn?: number;
  /** Authoritative: what was granted, which may be less than what was asked for (TOK-5). */
  scope: string[];
  /** Whether the access token works with proofs of our key alone (RFC 9449 §5). */
  isDpopBound: boolean;
  /** When the server issued it, in seconds since 1970 by the server's own clock, where something in the answer says so. */
  issuedAt?: number;
}

/** Whether tokens are to be bound to our key: `wanted` takes others too, where a server offers binding and does not do it. */
export type DpopPreference = 'none' | 'wanted' | 'required';

/** Visible ASCII (RFC 6749 A.12, without the space): anything else would end in an error that quotes the header, token and all. */
const SENDABLE = /^[!-~]+$/;
const LONGEST_LIFETIME = 365 * 24 * 60 * 60;

/**
 * The lifetime in seconds as a sane number (TOK-4): strings of digits count, negative becomes 0, absurd is cut to a year,
 * and what is no number at all is as if it were missing.
 */
export function clampedLifetime(expiresIn: unknown): number | undefined {
  const seconds = typeof expiresIn === 'string' && /^-?\d+(\.\d+)?$/.test(expiresIn) ? Number(expiresIn) : expiresIn;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(0, Math.floor(seconds)), LONGEST_LIFETIME);
}

/**
 * Prepares a token answer for oauth4webapi, which would refuse a negative lifetime and accept JSON under any media type:
 * a success must be JSON (TOK-3, TOK-7), its lifetime is clamped (TOK-4), an empty `id_token` or `refresh_token` is dropped,
 * scopes in a list are read as the text they should be. A refusal under status 200, as some servers give it, stays one.
 */
export async function normalizeTokenResponse(response: Response, endpoint: string): Promise<Response> {
  if (response.status !== 200) return tidyRefusal(response, endpoint);
  const details = { url: withoutQuery(endpoint), status: response.status };
  const body = hasJsonType(response) ? await parseJsonObject(response) : undefined;
  if (!body) throw new OAuthError('malformed-response', 'the token answer is not a JSON object', details);
  if (body.access_token === undefined && typeof body.error === 'string') return Response.json(body, { status: 400 });
  const { expires_in, refresh_token, id_token, scope, ...rest } = body;
  const lifetime = clampedLifetime(expires_in);
  return Response.json({
    ...rest,
    ...(lifetime !== undefined && { expires_in: lifetime }),
    ...(isFilled(refresh_token) && { refresh_token }),
    ...(isFilled(id_token) && { id_token }),
    ...(scope !== null && scope !== undefined && { scope: isTexts(scope) ? scope.join(' ') : scope }),
  });
}

/**
 * A refusal as it is to be understood: the JSON error before any challenge beside it, and a 4xx page of a proxy as no word
 * of the server at all (TOK-7). An empty body is left as it is: some servers refuse that way.
 */
async function tidyRefusal(response: Response, endpoint: string): Promise<Response> {
  const { status } = response;
  if (status >= 500 || status === 429) {
    const details = { url: withoutQuery(endpoint), status, ...retryAfterOf(response) };
    if (status === 429) throw new OAuthError('rate-limited', 'too many requests', details);
    throw new OAuthError('server-fault', 'the server failed', details);
  }
  if (hasJsonType(response)) {
    const refusal = await parseJsonObject(response);
    if (typeof refusal?.error !== 'string') {
      throw new OAuthError('malformed-response', 'the refusal names no error', { url: withoutQuery(endpoint), status });
    }
    return Response.json(refusal, { status });
  }
  if ((await response.clone().text()) !== '') {
    throw new OAuthError('malformed-response', 'the refusal is not JSON', { url: withoutQuery(endpoint), status });
  }
  return response;
}

/** `Retry-After` in seconds, where script may read it (REF-5). A date is left alone: it takes two clocks that agree. */
function retryAfterOf({ headers }: Response): { retryAfter?: number } {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return { retryAfter: Math.min(Number(value), MAX_RETRY_AFTER_S) };
  // Against the server's own clock, where it says what that is.
  const since = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = Math.ceil((Date.parse(value) - since) / 1000);
  return seconds > 0 ? { retryAfter: Math.min(seconds, MAX_RETRY_AFTER_S) } : {};
}

/** Seconds. */
const MAX_RETRY_AFTER_S = 3600;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * The tokens of a validated answer. Of a type that was not asked for they are not used (TOK-3), nor are those that anyone
 * could use where binding is required (DPOP-4).
 * @param asked what was asked for; it holds where the answer names no scope (TOK-5)
 * @throws OAuthError `unknown-token-type` | `binding-refused` | `malformed-response`
 */
export function tokenSetOf(
  context: Pick<FlowContext, 'onCheck'>,
  parsed: TokenEndpointResponse,
  asked: readonly string[],
  binding: DpopPreference,
): TokenSet {
  const type = parsed.token_type;
  const isDpopBound = type === 'dpop' && binding !== 'none';
  assertRule(
    context,
    type === 'bearer' || isDpopBound,
    { rule: 'token-type-is-known', expected: binding === 'none' ? 'bearer' : 'dpop', actual: type.slice(0, 40) },
    'unknown-token-type',
  );
  if (binding === 'required') assertRule(context, isDpopBound, { rule: 'token-is-bound' }, 'binding-refused');
  if (!SENDABLE.test(parsed.access_token)) throw new OAuthError('malformed-response', 'the token fits into no header');
  return {
    accessToken: parsed.access_token,
    ...(parsed.refresh_token !== undefined && { refreshToken: parsed.refresh_token }),
    ...(parsed.expires_in !== undefined && { expiresIn: parsed.expires_in }),
    ...issueTimeIn(parsed),
    isDpopBound,
    scope: parsed.scope === undefined ? [...asked] : scopeTokens(parsed.scope.split(' ')),
  };
}

/** The `iat` of the id_token or of a JWT access token: no more than a hint at the server's clock (ID-7). */
function issueTimeIn({ id_token, access_token }: TokenEndpointResponse): Pick<TokenSet, 'issuedAt'> {
  const form = parseToken(id_token ?? access_token);
  const issuedAt = form.kind === 'jwt' ? form.claims.iat : undefined;
  return typeof issuedAt === 'number' && Number.isFinite(issuedAt) ? { issuedAt } : {};
}
