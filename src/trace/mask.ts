import type { Fields } from './event.ts';

/** Parameters and members whose values are secrets or stand for one (RFC 6749, 7009, 7591, 7636, 9449; OIDC Core). */
const SECRET_NAMES = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token',
  'code',
  'code_verifier',
  'client_secret',
  'client_assertion',
  'registration_access_token',
  'assertion',
  'password',
  'secret',
  'api_key',
  'apikey',
  'key',
]);
const SECRET_HEADERS = new Set(['authorization', 'dpop', 'cookie', 'set-cookie', 'proxy-authorization']);
/** Keys of an API that has its own: `x-api-key`, `x-auth-token`, `x-amz-security-token`. */
const SECRET_HEADER = /(?:^|-)(?:api-?key|key|token|secret|auth|password|signature)(?:$|-)/;
const COMPACT_JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;
const BODY_CAP = 32 * 1024;

/** Hides a secret but keeps what helps to tell two apart: its length, and its last four characters when it is long. */
function masked(secret: string): string {
  const tail = secret.length >= 16 ? secret.slice(-4) : '';
  return `••••••${tail} (${secret.length} characters)`;
}

/** A field's value, masked when its name says secret; a JWT is masked wherever it stands. */
function maskValue(name: string, value: string): string {
  return SECRET_NAMES.has(name.toLowerCase())
    ? masked(value)
    : value.slice(0, BODY_CAP).replaceAll(COMPACT_JWT, masked);
}

/** The parameters of a query or of a form body, secrets masked. */
export function maskParameters(parameters: URLSearchParams): Fields {
  return [...parameters].map(([name, value]) => [name, maskValue(name, value)]);
}

/** An address with the secrets in its query masked; a fragment is dropped. */
export function maskUrl(url: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  const query = maskParameters(searchParams).map(([name, value]) => `${name}=${value}`);
  return origin + pathname + (query.length > 0 ? `?${query.join('&')}` : '');
}

const NO_SECRETS = new Set(['idempotency-key', 'sec-websocket-key']);
const isSecretHeader = (name: string): boolean => SECRET_HEADER.test(name) && !NO_SECRETS.has(name);

/** Headers as fields; credentials keep their scheme and lose the rest. */
export function maskHeaders(headers: Headers): Fields {
  return [...headers].map(([name, value]) => {
    if (!SECRET_HEADERS.has(name) && !isSecretHeader(name)) return [name, maskValue(name, value)];
    const [, scheme, credentials] = /^([\w-]+) (.+)$/.exec(value) ?? [];
    return [name, credentials === undefined ? masked(value) : `${scheme} ${masked(credentials)}`];
  });
}

/**
 * A body with its secrets masked, by its media type: form fields and JSON members by name, at any depth. Other text is
 * left out, since nothing tells where a secret stands in it. At most 32 KiB are kept.
 */
export function maskBody(body: string, contentType: string | null): string | undefined {
  if (body === '') return undefined;
  if (/^application\/x-www-form-urlencoded/i.test(contentType ?? '')) {
    return maskParameters(new URLSearchParams(body))
      .map(([name, value]) => `${name}=${value}`)
      .join('\n')
      .slice(0, BODY_CAP);
  }
  if (!/[/+]json\b/i.test(contentType ?? '')) return `(${body.length} characters, ${contentType ?? 'no type'})`;
  try {
    const parsed: unknown = JSON.parse(body, (name, value: unknown) =>
      typeof value === 'string' ? maskValue(name, value) : value,
    );
    return JSON.stringify(parsed, undefined, 2).slice(0, BODY_CAP);
  } catch {
    return `(${body.length} characters, not JSON)`;
  }
}
