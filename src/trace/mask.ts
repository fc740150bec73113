import { isObject } from '#lib/guards.ts';

import type { Fields, TraceBody } from './event.ts';
import { isSecretHeader, isSecretName } from './secret-names.ts';
import { redactKnown } from './secret-registry.ts';
import { hideSecrets } from './secret-text.ts';

/** Credentials of a known scheme. An unknown first word is not preserved, because it may be the start of a secret. */
const CREDENTIALS = /^(Bearer|DPoP|Basic|Digest|Token) (.+)$/is;

/** The maximum recorded size of a body, in characters. */
const BODY_CAP = 32 * 1024;
/** The maximum size of a body to read, in bytes: masking needs the whole body, so larger ones are left out. */
const READ_CAP = 256 * 1024;
/** The maximum recorded size of an event's fields, in characters: an event without its body takes 2 KB at most. */
const FIELDS_CAP = 1_500;
const VALUE_CAP = 500;

const DOTS = '••••••';
/** A masked value: the secret's last characters and its length. */
export const MASK = /^•{6}(.{0,4}) \((\d+) characters\)$/s;

/** Masks a secret but preserves what helps to distinguish two: its length, and the last four characters of a long one. */
export function masked(secret: string): string {
  // An existing mask reveals no more than a new one would.
  if (secret.startsWith(DOTS) && MASK.test(secret)) return secret;
  const tail = secret.length >= 16 ? secret.slice(-4) : '';
  return `${DOTS}${tail} (${secret.length} characters)`;
}

/** Masks anything in a text that looks like a secret. */
export const maskText = (text: string): string => hideSecrets(redactKnown(text, masked), masked);

/** Masks known secrets in a name: a secret may be given in place of a name, as in `?TOKEN`. */
const maskName = (name: string): string => redactKnown(name, masked);

/** Masks a value entirely if its name denotes a secret; otherwise masks anything in it that looks like one. */
export function maskValue(name: string, value: string): string {
  return isSecretName(name) ? masked(value) : maskText(value).slice(0, BODY_CAP);
}

/** Limits fields to the size of an event: long values are cut, and fields that do not fit are counted. */
function capped(fields: Fields): Fields {
  let room = FIELDS_CAP;
  const cutFields = fields.map(([name, value]): [string, string] => [
    maskName(name).slice(0, 100),
    cut(value, VALUE_CAP),
  ]);
  const fitting = cutFields.filter(([name, value]) => (room -= name.length + value.length) >= 0);
  return fitting.length === fields.length ? fitting : [...fitting, ['…', `${fields.length - fitting.length} more`]];
}

const cut = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length)}… (${value.length} characters)`;

/** Returns the parameters of a query or a form body with secrets masked. */
export function maskParameters(parameters: URLSearchParams): Fields {
  return capped([...parameters].map(([name, value]) => [name, maskValue(name, value)]));
}

/** Returns a URL with the secrets in it masked. Drops the fragment and leaves everything that is not secret as written. */
export function maskUrl(url: string): string {
  if (/[?#@]/.test(url)) return maskedUrl(url);
  // The same few URLs are requested over and over.
  const before = recent.get(url);
  // Part of a cached URL may have been registered as a secret since.
  if (before !== undefined) return redactKnown(before, masked);
  const result = maskedUrl(url);
  if (recent.size >= RECENT) recent.clear();
  recent.set(url, result);
  return result;
}

const recent = new Map<string, string>();
const RECENT = 100;

function maskedUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  const path = cut(maskText(origin + pathname), 2 * VALUE_CAP);
  if (search.length < 2) return path;
  const pairs = capped(
    search
      .slice(1)
      .split('&')
      .map((pair) => ['', maskPair(pair)]),
  );
  return `${path}?${pairs.map(([, pair]) => pair).join('&')}`;
}

/** Masks one `name=value` pair of a query; a pair without secrets stays as written. */
export function maskPair(pair: string): string {
  const [name = '', ...rest] = pair.split('=');
  // A trailing `=` is base64 padding, not a name/value separator.
  if (rest.every((part) => part === '')) return maskText(pair);
  const value = decoded(rest.join('='));
  const shown = maskValue(decoded(name), value);
  const shownName = maskName(name);
  return shown === value && shownName === name
    ? pair
    : `${shownName}=${shown.replaceAll(/[#&%]/g, encodeURIComponent)}`;
}

function decoded(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Masks the value of a header. A credential is masked entirely except for its scheme. `name` is in lower case. */
export function maskHeader(name: string, value: string): string {
  if (!isSecretHeader(name)) return maskValue(name, value);
  const [, scheme, credentials] = CREDENTIALS.exec(value) ?? [];
  return credentials === undefined ? masked(value) : `${scheme} ${masked(credentials)}`;
}

/**
 * Returns headers as fields with secrets masked. Reads a plain object directly, because creating `Headers` from it costs more
 * than all the rest.
 */
export function maskHeaders(headers: HeadersInit | undefined): Fields {
  if (!headers) return [];
  const isIterable = headers instanceof Headers || Array.isArray(headers);
  const pairs = isIterable ? [...headers] : Object.entries(headers);
  return capped(pairs.map(([name, value]) => [name.toLowerCase(), maskHeader(name.toLowerCase(), value)]));
}

/** Returns the fields of a form with secrets masked, up to 32 KiB. */
export function maskForm(form: URLSearchParams): TraceBody {
  let room = BODY_CAP;
  const fields = [...form].map(([name, value]) => [maskName(name), maskValue(name, value)] as const);
  return { kind: 'form', fields: fields.filter(([name, value]) => (room -= name.length + value.length) >= 0) };
}

/**
 * Masks the secrets of a body by its media type: form fields and JSON members by name, at any depth. Leaves out other text,
 * because the secrets in it cannot be located. Returns at most 32 KiB.
 */
export function maskBody(text: string, contentType: string | null): TraceBody | undefined {
  if (text === '') return undefined;
  const mediaType = contentType ?? '';
  if (text.length > READ_CAP) return omitted(text.length, mediaType);
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) return maskForm(new URLSearchParams(text));
  if (!/[/+]json\b/i.test(mediaType) || !isShallow(text)) return omitted(text.length, mediaType);
  try {
    const parsed: unknown = JSON.parse(text, maskMember);
    // Mask the whole text again: a secret may be the name of a member.
    return { kind: 'json', text: cut(redactKnown(JSON.stringify(parsed, undefined, 2), masked), BODY_CAP) };
  } catch {
    return omitted(text.length, mediaType);
  }
}

/** The maximum nesting depth: indented JSON that is nested a thousand levels deep grows a thousandfold. */
const DEEPEST = 64;

/**
 * Returns true if JSON is shallow enough to indent. Brackets within strings count too: at worst a body is left out
 * unnecessarily.
 */
export function isShallow(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at) | 0x20; // maps [ to { and ] to }
    if (code === 0x7b) depth += 1;
    else if (code === 0x7d) depth -= 1;
    if (depth > DEEPEST) return false;
  }
  return true;
}

/** Describes a body that is not recorded. `size` is in bytes. */
export function omitted(size: number, contentType: string | null): TraceBody {
  return { kind: 'omitted', size, mediaType: maskText(contentType ?? '').slice(0, 100) };
}

/** Returns true if a body of this size, in bytes, may be read and masked. */
export const isReadable = (size: number): boolean => size <= READ_CAP;

/** A JSON reviver that masks secrets at any depth. */
export function maskMember(name: string, value: unknown): unknown {
  if (typeof value === 'string') return maskValue(name, value);
  return value !== null && typeof value !== 'boolean' && isSecretName(name) ? hidden(value) : value;
}

/** Masks everything in a member whose name denotes a secret. Short numbers stay, because they are error codes. */
function hidden(value: unknown): unknown {
  if (typeof value === 'string') return masked(value);
  if (typeof value === 'number') return String(value).length < 8 ? value : masked(String(value));
  if (Array.isArray(value)) return value.map(hidden);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hidden(member)]));
}
