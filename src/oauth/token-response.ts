import type { TokenEndpointResponse } from 'oauth4webapi';

import { isStrings } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { foreignErrorText } from './error-description.ts';
import { OAuthError } from './errors.ts';
import { assertRule, type FlowContext } from './flow-context.ts';
import { namedScope } from './granted-scope.ts';
import { subjectIn } from './identity.ts';
import { hasJsonType, parseJsonObject } from './json-document.ts';
import { parseToken } from './parse-token.ts';
import { withoutQuery } from './safe-url.ts';

/** The tokens that a token endpoint issued (RFC 6749 §5.1). */
export interface TokenSet {
  accessToken: string;
  refreshToken?: string;
  /** The lifetime in seconds. If undefined, the token is used until a call rejects it (TOK-4). */
  expiresIn?: number;
  /** The granted scope. It is authoritative and may be less than what was requested (TOK-5). */
  scope: string[];
  /** True if the access token works only with proofs of our key (RFC 9449 §5). */
  isDpopBound: boolean;
  /** The user, by the response's own `sub` member, as the AT Protocol has it; it takes the place of an id_token. */
  subject?: string;
  /** When the server issued the token, in seconds since 1970 by the server's clock, if the response contains it. */
  issuedAt?: number;
}

/**
 * Whether tokens should be bound to our key. `wanted` also accepts unbound tokens from a server that offers DPoP but does not
 * apply it.
 */
export type DpopPreference = 'none' | 'wanted' | 'required';

/**
 * Visible ASCII (RFC 6749 A.12, without the space). Any other character makes fetch throw an error that quotes the header,
 * including the token.
 */
const SENDABLE = /^[!-~]+$/;
const MAX_LIFETIME = 365 * 24 * 60 * 60;

/**
 * Returns the lifetime in seconds as a sane number (TOK-4). Strings of digits are accepted, a negative value becomes 0, and the
 * maximum is a year. Returns undefined if the value is not a number.
 */
export function clampedLifetime(expiresIn: unknown): number | undefined {
  const seconds = typeof expiresIn === 'string' && /^-?\d+(\.\d+)?$/.test(expiresIn) ? Number(expiresIn) : expiresIn;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(0, Math.floor(seconds)), MAX_LIFETIME);
}

/**
 * Normalizes a token response for oauth4webapi, which would reject a negative lifetime and accept JSON of any media type. A
 * success must be JSON (TOK-3, TOK-7), its lifetime is clamped (TOK-4), an empty `id_token` or `refresh_token` is dropped, and
 * a list of scopes becomes a string. Any 2xx is a success, because some frameworks respond to every POST with 201. A missing
 * token type becomes `Bearer`, unless `binding` is required. An error that a server returns with a 2xx becomes a 400.
 * @throws OAuthError `malformed-response` | `rate-limited` | `http-5xx`
 */
export async function normalizeTokenResponse(
  context: Pick<FlowContext, 'onCheck'>,
  response: Response,
  endpoint: string,
  binding: DpopPreference = 'none',
): Promise<Response> {
  if (!response.ok) return normalizeErrorResponse(response, endpoint);
  const details = { url: withoutQuery(endpoint), status: response.status };
  const body = hasJsonType(response) ? await parseJsonObject(response) : undefined;
  if (!body) throw new OAuthError('malformed-response', 'the token response is not a JSON object', details);
  if (body.access_token === undefined && typeof body.error === 'string') return Response.json(body, { status: 400 });
  const { expires_in, refresh_token, id_token, scope, token_type, ...rest } = body;
  return Response.json({
    ...rest,
    token_type: isFilled(token_type) ? token_type : assumedType(context, binding),
    // JSON leaves out what is undefined.
    expires_in: clampedLifetime(expires_in),
    refresh_token: isFilled(refresh_token) ? refresh_token : undefined,
    id_token: isFilled(id_token) ? id_token : undefined,
    scope: isStrings(scope) ? scope.join(' ') : (scope ?? undefined),
  });
}

/**
 * Returns the type of a token whose response does not name one (RFC 6749 §5.1 requires it). Without DPoP only Bearer is possible;
 * where DPoP is required, nothing shows that the token is bound.
 * @throws OAuthError `unknown-token-type`
 */
function assumedType(context: Pick<FlowContext, 'onCheck'>, binding: DpopPreference): string {
  const check = { rule: 'token-type-is-known', actual: 'none' } as const;
  if (binding === 'required') assertRule(context, false, { ...check, expected: 'dpop' }, 'unknown-token-type');
  context.onCheck({ ...check, expected: 'bearer', actual: 'none, taken as bearer', outcome: 'passed' });
  return 'Bearer';
}

/**
 * Normalizes an error response: the JSON error wins over `WWW-Authenticate`, and a non-JSON 4xx counts as a proxy error
 * (TOK-7). An empty body is left unchanged, because some servers return errors that way.
 */
async function normalizeErrorResponse(response: Response, endpoint: string): Promise<Response> {
  const { status } = response;
  if (status >= 500 || status === 429) {
    const details = { url: withoutQuery(endpoint), status, ...retryAfterOf(response) };
    if (status === 429) throw new OAuthError('rate-limited', 'too many requests', details);
    throw new OAuthError('http-5xx', 'the server failed', details);
  }
  if (hasJsonType(response)) {
    const body = await parseJsonObject(response);
    if (typeof body?.error !== 'string') {
      const details = { url: withoutQuery(endpoint), status, serverDescription: body && foreignErrorText(body) };
      throw new OAuthError('malformed-response', 'the error response names no error', omitUndefined(details));
    }
    return Response.json(body, { status });
  }
  if ((await response.clone().text()) !== '') {
    throw new OAuthError('malformed-response', 'the error response is not JSON', {
      url: withoutQuery(endpoint),
      status,
    });
  }
  return response;
}

/** Returns `Retry-After` in seconds, if scripts may read it (REF-5). Accepts seconds or a date. */
function retryAfterOf({ headers }: Response): { retryAfter?: number } {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return { retryAfter: Math.min(Number(value), MAX_RETRY_AFTER_S) };
  // Compare the date with the server's own clock, if the response has one.
  const since = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = Math.ceil((Date.parse(value) - since) / 1000);
  return seconds > 0 ? { retryAfter: Math.min(seconds, MAX_RETRY_AFTER_S) } : {};
}

/** Seconds. */
const MAX_RETRY_AFTER_S = 3600;

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * Returns the tokens of a validated response. Rejects a token type that was not requested (TOK-3), and an unbound token if
 * binding is required (DPOP-4).
 * @param asked the requested scope, used if the response names none (TOK-5)
 * @throws OAuthError `unknown-token-type` | `not-dpop-bound` | `malformed-response`
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
  if (binding === 'required') assertRule(context, isDpopBound, { rule: 'token-is-bound' }, 'not-dpop-bound');
  if (!SENDABLE.test(parsed.access_token)) throw new OAuthError('malformed-response', 'the token fits into no header');
  return omitUndefined({
    accessToken: parsed.access_token,
    refreshToken: parsed.refresh_token,
    expiresIn: parsed.expires_in,
    ...issueTimeIn(parsed),
    ...subjectIn(parsed.sub),
    isDpopBound,
    scope: limited(namedScope(parsed.scope, asked) ?? asked, asked),
  });
}

/** A grant stores at most so many scopes, those that were asked for first: no screen has to bear thousands (UI-2). */
const MAX_SCOPES = 100;

function limited(granted: readonly string[], asked: readonly string[]): string[] {
  if (granted.length <= MAX_SCOPES) return [...granted];
  const [wanted, others] = [true, false].map((isAsked) => granted.filter((one) => asked.includes(one) === isAsked));
  return [...(wanted ?? []), ...(others ?? [])].slice(0, MAX_SCOPES);
}

/** Returns the `iat` of the id_token or of a JWT access token: only a hint at the server's clock (ID-7). */
function issueTimeIn({ id_token, access_token }: TokenEndpointResponse): Pick<TokenSet, 'issuedAt'> {
  const form = parseToken(id_token ?? access_token);
  const issuedAt = form.kind === 'jwt' ? form.claims.iat : undefined;
  return typeof issuedAt === 'number' && Number.isFinite(issuedAt) ? { issuedAt } : {};
}
