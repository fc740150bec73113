import type { Fields, TraceBody } from './event.ts';

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
const NO_SECRETS = new Set(['idempotency-key', 'sec-websocket-key']);
const COMPACT_JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;

/** How much of a body is kept, in characters. */
const BODY_CAP = 32 * 1024;
/** A body is read as a whole before it is masked; larger ones, in bytes, are left out. */
const READ_CAP = 256 * 1024;
/** How much of the fields of one event is kept, in characters: an event without its body takes 2 KB at most. */
const FIELDS_CAP = 1_500;
const VALUE_CAP = 500;

/** Hides a secret but keeps what helps to tell two apart: its length, and its last four characters when it is long. */
export function masked(secret: string): string {
  const tail = secret.length >= 16 ? secret.slice(-4) : '';
  return `••••••${tail} (${secret.length} characters)`;
}

const MASK = /^••••••(.{0,4}) \((\d+) characters\)$/;

/** What a masked value still tells of the secret; undefined of a value that is none. `tail` is '' of a short one. */
export function readMask(value: string): { tail: string; length: number } | undefined {
  const [, tail, length] = MASK.exec(value) ?? [];
  return tail === undefined ? undefined : { tail, length: Number(length) };
}

const maskJwts = (text: string): string => (text.includes('eyJ') ? text.replaceAll(COMPACT_JWT, masked) : text);

/** A field's value, masked when its name says secret; a JWT is masked wherever it stands. */
function maskValue(name: string, value: string): string {
  return SECRET_NAMES.has(name.toLowerCase()) ? masked(value) : maskJwts(value.slice(0, BODY_CAP));
}

/** Fields that fit into an event: long values are cut, and what is too much is counted. */
function capped(fields: Fields): Fields {
  let room = FIELDS_CAP;
  const kept = fields.map(([name, value]): [string, string] => [name.slice(0, 100), cut(value, VALUE_CAP)]);
  const fitting = kept.filter(([name, value]) => (room -= name.length + value.length) >= 0);
  return fitting.length === fields.length ? fitting : [...fitting, ['…', `${fields.length - fitting.length} more`]];
}

const cut = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length)}… (${value.length} characters)`;

/** The parameters of a query or of a form body, secrets masked. */
export function maskParameters(parameters: URLSearchParams): Fields {
  return capped([...parameters].map(([name, value]) => [name, maskValue(name, value)]));
}

/** An address with the secrets in its query masked; a fragment is dropped. */
export function maskUrl(address: string): string {
  if (/[?#@]/.test(address)) return maskedUrl(address);
  // The same few addresses are called over and over.
  const known = recent.get(address);
  if (known !== undefined) return known;
  const url = maskedUrl(address);
  if (recent.size >= RECENT) recent.clear();
  recent.set(address, url);
  return url;
}

const recent = new Map<string, string>();
const RECENT = 100;

function maskedUrl(address: string): string {
  const { origin, pathname, search, searchParams } = new URL(address);
  const query = search === '' ? [] : maskParameters(searchParams).map(([name, value]) => `${name}=${value}`);
  return cut(maskJwts(origin + pathname), 2 * VALUE_CAP) + (query.length > 0 ? `?${query.join('&')}` : '');
}

function maskHeader(name: string, value: string): [name: string, value: string] {
  const isSecret = SECRET_HEADERS.has(name) || (SECRET_HEADER.test(name) && !NO_SECRETS.has(name));
  if (!isSecret) return [name, maskValue(name, value)];
  // Credentials keep their scheme and lose the rest.
  const [, scheme, credentials] = /^([\w-]+) (.+)$/.exec(value) ?? [];
  return [name, credentials === undefined ? masked(value) : `${scheme} ${masked(credentials)}`];
}

/** Headers as fields, secrets masked. A plain object is read as it is: to make `Headers` of it costs more than all the rest. */
export function maskHeaders(headers: HeadersInit | undefined): Fields {
  if (!headers) return [];
  const isIterable = headers instanceof Headers || Array.isArray(headers);
  const pairs = isIterable ? [...headers] : Object.entries(headers);
  return capped(pairs.map(([name, value]) => maskHeader(name.toLowerCase(), value)));
}

/** The fields of a form, secrets masked. */
export function maskForm(form: URLSearchParams): TraceBody {
  let room = BODY_CAP;
  const fields = [...form].map(([name, value]) => [name, maskValue(name, value)] as const);
  return { kind: 'form', fields: fields.filter(([name, value]) => (room -= name.length + value.length) >= 0) };
}

/**
 * A body with its secrets masked, by its media type: form fields and JSON members by name, at any depth. Other text is left out,
 * since nothing tells where a secret stands in it. At most 32 KiB are kept.
 */
export function maskBody(text: string, contentType: string | null): TraceBody | undefined {
  if (text === '') return undefined;
  const mediaType = contentType ?? '';
  if (text.length > READ_CAP) return leftOut(text.length, mediaType);
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) return maskForm(new URLSearchParams(text));
  if (!/[/+]json\b/i.test(mediaType)) return leftOut(text.length, mediaType);
  try {
    const parsed: unknown = JSON.parse(text, maskMember);
    return { kind: 'json', text: cut(JSON.stringify(parsed, undefined, 2), BODY_CAP) };
  } catch {
    return leftOut(text.length, mediaType);
  }
}

/** What is said of a body that is not kept. `size` in bytes. */
export function leftOut(size: number, contentType: string | null): TraceBody {
  return { kind: 'left-out', size, mediaType: (contentType ?? '').slice(0, 100) };
}

/** Whether a body of that many bytes is read in order to be masked. */
export const isReadable = (size: number): boolean => size <= READ_CAP;

/** A reviver that masks the secrets of JSON at any depth. */
export function maskMember(name: string, value: unknown): unknown {
  return typeof value === 'string' ? maskValue(name, value) : value;
}
