import type { Fields, TraceBody } from './event.ts';
import { isSecretHeader, isSecretName } from './secret-names.ts';
import { redactKnown } from './secret-registry.ts';
import { hideSecrets } from './secret-text.ts';

/** A scheme is kept where it is known to be one: what stands there may be the first word of a secret. */
const CREDENTIALS = /^(Bearer|DPoP|Basic|Digest|Token) (.+)$/is;

/** How much of a body is kept, in characters. */
const BODY_CAP = 32 * 1024;
/** A body is read as a whole before it is masked; larger ones, in bytes, are left out. */
const READ_CAP = 256 * 1024;
/** How much of the fields of one event is kept, in characters: an event without its body takes 2 KB at most. */
const FIELDS_CAP = 1_500;
const VALUE_CAP = 500;

const DOTS = '••••••';
/** A masked value: its last characters, and its length. */
export const MASK = /^•{6}(.{0,4}) \((\d+) characters\)$/s;

/** Hides a secret but keeps what helps to tell two apart: its length, and its last four characters when it is long. */
export function masked(secret: string): string {
  // What is masked already tells no more than a mask may.
  if (secret.startsWith(DOTS) && MASK.test(secret)) return secret;
  const tail = secret.length >= 16 ? secret.slice(-4) : '';
  return `${DOTS}${tail} (${secret.length} characters)`;
}

/** A text that is no secret itself: what can be told for a secret in it is masked. */
export const maskText = (text: string): string => hideSecrets(redactKnown(text, masked), masked);

/** A secret may be given where a name belongs, as in `?TOKEN`. */
const maskName = (name: string): string => redactKnown(name, masked);

/** A field's value, masked when its name says secret; elsewhere what can be told for a secret. */
export function maskValue(name: string, value: string): string {
  return isSecretName(name) ? masked(value) : maskText(value).slice(0, BODY_CAP);
}

/** Fields that fit into an event: long values are cut, and what is too much is counted. */
function capped(fields: Fields): Fields {
  let room = FIELDS_CAP;
  const kept = fields.map(([name, value]): [string, string] => [maskName(name).slice(0, 100), cut(value, VALUE_CAP)]);
  const fitting = kept.filter(([name, value]) => (room -= name.length + value.length) >= 0);
  return fitting.length === fields.length ? fitting : [...fitting, ['…', `${fields.length - fitting.length} more`]];
}

const cut = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length)}… (${value.length} characters)`;

/** The parameters of a query or of a form body, secrets masked. */
export function maskParameters(parameters: URLSearchParams): Fields {
  return capped([...parameters].map(([name, value]) => [name, maskValue(name, value)]));
}

/** An address with the secrets in its query masked; a fragment is dropped, and what is no secret stays as it was written. */
export function maskUrl(address: string): string {
  if (/[?#@]/.test(address)) return maskedUrl(address);
  // The same few addresses are called over and over.
  const before = recent.get(address);
  // What it holds may have become known as a secret since.
  if (before !== undefined) return redactKnown(before, masked);
  const url = maskedUrl(address);
  if (recent.size >= RECENT) recent.clear();
  recent.set(address, url);
  return url;
}

const recent = new Map<string, string>();
const RECENT = 100;

function maskedUrl(address: string): string {
  const { origin, pathname, search } = new URL(address);
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

/** One `name=value` of a query, as it was written. */
export function maskPair(pair: string): string {
  const [name = '', ...rest] = pair.split('=');
  // What base64 ends with is no sign of a name.
  if (rest.every((part) => part === '')) return maskText(pair);
  const value = decoded(rest.join('='));
  const shown = maskValue(decoded(name), value);
  const shownName = maskName(name);
  return shown === value && shownName === name ? pair : `${shownName}=${shown.replaceAll(/[#&]/g, encodeURIComponent)}`;
}

function decoded(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A header's value, masked where it is a credential, which keeps its scheme and loses the rest. `name` in lower case. */
export function maskHeader(name: string, value: string): string {
  if (!isSecretHeader(name)) return maskValue(name, value);
  const [, scheme, credentials] = CREDENTIALS.exec(value) ?? [];
  return credentials === undefined ? masked(value) : `${scheme} ${masked(credentials)}`;
}

/** Headers as fields, secrets masked. A plain object is read as it is: to make `Headers` of it costs more than all the rest. */
export function maskHeaders(headers: HeadersInit | undefined): Fields {
  if (!headers) return [];
  const isIterable = headers instanceof Headers || Array.isArray(headers);
  const pairs = isIterable ? [...headers] : Object.entries(headers);
  return capped(pairs.map(([name, value]) => [name.toLowerCase(), maskHeader(name.toLowerCase(), value)]));
}

/** The fields of a form, secrets masked. */
export function maskForm(form: URLSearchParams): TraceBody {
  let room = BODY_CAP;
  const fields = [...form].map(([name, value]) => [maskName(name), maskValue(name, value)] as const);
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
  if (!/[/+]json\b/i.test(mediaType) || !isShallow(text)) return leftOut(text.length, mediaType);
  try {
    const parsed: unknown = JSON.parse(text, maskMember);
    // Once more as a whole: a secret may be the name of a member.
    return { kind: 'json', text: cut(redactKnown(JSON.stringify(parsed, undefined, 2), masked), BODY_CAP) };
  } catch {
    return leftOut(text.length, mediaType);
  }
}

/** Indented, what is nested a thousand deep takes a thousand times its size. */
const DEEPEST = 64;

/** Whether JSON may be indented. Brackets in its texts are counted too: at worst a body is left out that need not be. */
export function isShallow(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at) | 0x20; // of { and [ alike, and of } and ]
    if (code === 0x7b) depth += 1;
    else if (code === 0x7d) depth -= 1;
    if (depth > DEEPEST) return false;
  }
  return true;
}

/** What is said of a body that is not kept. `size` in bytes. */
export function leftOut(size: number, contentType: string | null): TraceBody {
  return { kind: 'left-out', size, mediaType: maskText(contentType ?? '').slice(0, 100) };
}

/** Whether a body of that many bytes is read in order to be masked. */
export const isReadable = (size: number): boolean => size <= READ_CAP;

/** A reviver that masks the secrets of JSON at any depth. */
export function maskMember(name: string, value: unknown): unknown {
  if (typeof value === 'string') return maskValue(name, value);
  return value !== null && typeof value !== 'boolean' && isSecretName(name) ? hidden(value) : value;
}

/** Everything in a member whose name says secret. Short numbers are none: codes of errors. */
function hidden(value: unknown): unknown {
  if (typeof value === 'string') return masked(value);
  if (typeof value === 'number') return String(value).length < 8 ? value : masked(String(value));
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hidden(member)]));
}
