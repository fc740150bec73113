import type { Fields, ReadToken, TraceBody } from '#trace/event.ts';
import { leftOut, maskBody, masked, maskHeader, maskMember, maskPair, maskText, maskValue } from '#trace/mask.ts';
import { parsedUrl } from '#trace/parsed-url.ts';

import { maskCutJson } from './cut-json.ts';
import { list, Malformed, object, oneOf, text, whole, type Members } from './values.ts';

const MOST_FIELDS = 1_000;
/** What the recorder keeps of a body at most, and what it says of the rest. */
const LONGEST_BODY = 32 * 1024 + 100;
const LONGEST_URL = 16 * 1024;
const MOST_TOKENS = 20;
const DEEPEST = 32;

/** An address of the web, its secrets masked. It is shown and never fetched. */
export function readUrl(value: unknown): string {
  const address = text(value, LONGEST_URL);
  const url = /^https?:\/\//.test(address) ? parsedUrl(address) : null;
  if (!url || url.username !== '' || url.password !== '') throw new Malformed();
  return maskUrlAgain(address);
}

/** An address that was masked and cut already, or should have been: the secrets in it masked, and nothing else changed. */
function maskUrlAgain(address: string): string {
  const [path = '', ...query] = address.replace(/#.*$/s, '').split('?');
  if (query.length === 0) return maskText(path);
  return `${maskText(path)}?${query.join('?').split('&').map(maskPair).join('&')}`;
}

/** Any other text, with what can be told for a secret in it masked. */
export const readText = (value: unknown): string => maskText(text(value));

/** Names and values, masked by name. */
export function readFields(value: unknown, mask: (name: string, value: string) => string = maskValue): Fields {
  return list(value, MOST_FIELDS).map((pair) => {
    const [name, content] = list(pair, 2);
    const checked = text(name);
    return [checked, mask(checked, text(content, LONGEST_BODY))];
  });
}

/** Headers, credentials masked. */
export const readHeaders = (value: unknown): Fields =>
  readFields(value, (name, content) => maskHeader(name.toLowerCase(), content));

/** A body by its kind. What is no JSON is left out: nothing tells where a secret stands in it. */
export function readBody(value: unknown): TraceBody {
  const body = object(value);
  switch (oneOf(body.kind, ['form', 'json', 'left-out'])) {
    case 'form':
      return { kind: 'form', fields: readFields(body.fields) };
    case 'json':
      return readJson(text(body.text, LONGEST_BODY));
    case 'left-out':
      return { kind: 'left-out', size: whole(body.size), mediaType: readText(body.mediaType) };
  }
}

function readJson(json: string): TraceBody {
  const body = maskBody(json, 'application/json') ?? leftOut(0, 'application/json');
  const cut = body.kind === 'left-out' ? maskCutJson(json) : undefined;
  return cut === undefined ? body : { kind: 'json', text: cut };
}

/** What was read of tokens: their secret part is masked. */
export function readTokens(value: unknown): readonly ReadToken[] {
  return list(value, MOST_TOKENS).map((one) => {
    const token = object(one);
    const known = { name: readText(token.name), masked: masked(text(token.masked)) };
    return oneOf(token.form, ['opaque', 'jwt']) === 'opaque'
      ? { ...known, form: 'opaque' }
      : { ...known, form: 'jwt', header: readObject(token.header), claims: readObject(token.claims) };
  });
}

/** An object of JSON, rebuilt, its secrets masked. */
function readObject(value: unknown): Members {
  return object(JSON.parse(JSON.stringify(shallow(object(value), DEEPEST)), maskMember));
}

/** @throws Malformed where it is deeper than `depth` */
function shallow(value: unknown, depth: number): unknown {
  if (depth === 0) throw new Malformed();
  if (typeof value === 'object' && value !== null) Object.values(value).forEach((member) => shallow(member, depth - 1));
  return value;
}
