import { isObject } from '#lib/guards.ts';
import type { Fields, ReadToken, TraceBody } from '#trace/event.ts';
import { omitted, maskBody, masked, maskHeader, maskMember, maskPair, maskText, maskValue } from '#trace/mask.ts';
import { parseUrl } from '#trace/url.ts';

import { maskCutJson } from './cut-json.ts';
import { list, Malformed, object, oneOf, text, whole, type Members } from './values.ts';

const MAX_FIELDS = 1_000;
/** The maximum size of a recorded body, plus the note that the recorder appends when it cuts one. */
const MAX_BODY_LENGTH = 32 * 1024 + 100;
const MAX_URL_LENGTH = 16 * 1024;
const MAX_TOKENS = 20;
const DEEPEST = 32;

/**
 * Parses an http(s) URL and masks its secrets. The URL is shown and never fetched.
 * @throws Malformed
 */
export function readUrl(value: unknown): string {
  const maskedUrl = text(value, MAX_URL_LENGTH);
  const url = /^https?:\/\//.test(maskedUrl) ? parseUrl(maskedUrl) : null;
  if (!url || url.username !== '' || url.password !== '') throw new Malformed();
  return maskUrlAgain(maskedUrl);
}

/** Masks the secrets of a URL that has been masked and cut already, or should have been; changes nothing else. */
function maskUrlAgain(maskedUrl: string): string {
  const [path = '', ...query] = maskedUrl.replace(/#.*$/s, '').split('?');
  if (query.length === 0) return maskText(path);
  return `${maskText(path)}?${query.join('?').split('&').map(maskPair).join('&')}`;
}

/** Parses any other text and masks anything in it that looks like a secret. */
export const readText = (value: unknown): string => maskText(text(value));

/** Parses names and values, masked by name. */
export function readFields(value: unknown, mask: (name: string, value: string) => string = maskValue): Fields {
  return list(value, MAX_FIELDS).map((pair) => {
    const [name, content] = list(pair, 2);
    const checked = text(name);
    return [checked, mask(checked, text(content, MAX_BODY_LENGTH))];
  });
}

/** Parses headers and masks credentials. */
export const readHeaders = (value: unknown): Fields =>
  readFields(value, (name, content) => maskHeader(name.toLowerCase(), content));

/** Parses a body by its kind. Text that is not JSON is left out, because the secrets in it cannot be located. */
export function readBody(value: unknown): TraceBody {
  const body = object(value);
  switch (oneOf(body.kind, ['form', 'json', 'omitted'])) {
    case 'form':
      return { kind: 'form', fields: readFields(body.fields) };
    case 'json':
      return readJson(text(body.text, MAX_BODY_LENGTH));
    case 'omitted':
      return { kind: 'omitted', size: whole(body.size), mediaType: readText(body.mediaType) };
  }
}

function readJson(json: string): TraceBody {
  const body = maskBody(json, 'application/json') ?? omitted(0, 'application/json');
  const cut = body.kind === 'omitted' ? maskCutJson(json) : undefined;
  return cut === undefined ? body : { kind: 'json', text: cut };
}

/** Parses decoded tokens and masks their secret part. */
export function readTokens(value: unknown): readonly ReadToken[] {
  return list(value, MAX_TOKENS).map((one) => {
    const token = object(one);
    const known = { name: readText(token.name), masked: masked(text(token.masked)) };
    return oneOf(token.form, ['opaque', 'jwt']) === 'opaque'
      ? { ...known, form: 'opaque' }
      : { ...known, form: 'jwt', header: readObject(token.header), claims: readObject(token.claims) };
  });
}

/** Rebuilds a JSON object with its secrets masked. */
function readObject(value: unknown): Members {
  return object(JSON.parse(JSON.stringify(shallow(object(value), DEEPEST)), maskMember));
}

/** @throws Malformed if `value` is nested deeper than `depth` */
function shallow(value: unknown, depth: number): unknown {
  if (depth === 0) throw new Malformed();
  if (isObject(value)) Object.values(value).forEach((member) => shallow(member, depth - 1));
  return value;
}
