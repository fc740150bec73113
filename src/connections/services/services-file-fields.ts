import { parseSafeUrl } from '#oauth/safe-url.ts';

import type { JsonNode } from './json-with-lines.ts';

/** Something wrong in `services.json`, for whoever wrote it. */
export interface ServicesProblem {
  /** Counted from 1. */
  line: number;
  /** `services[0].name`, counted from 0 as JSON paths are; empty where it is the whole file. */
  field: string;
  /** One sentence or two. Never repeats a value of the file, which could be a secret. */
  message: string;
}

/** Takes down what is wrong at a place. */
export type Report = (node: JsonNode, message: string) => void;

/** An object's members by the names that are known; whatever else it has is reported already. */
export type Members<Name extends string> = Partial<Record<Name, JsonNode>>;

/** What to do about members: one that is unknown is said and passed over, one that is given twice leaves its meaning open. */
export interface MemberReports {
  unknown: Report;
  mistake: Report;
}

const NOT_ONE_LINE = /\p{Cc}/u;
const ADDRESS = /^https?:\/\/[^\s/?#@\\]+(?:[/?][^\s#]*)?$/;

/** The members of an object; undefined, and a mistake, for anything else. */
export function membersOf<Name extends string>(
  node: JsonNode,
  known: readonly Name[],
  { unknown, mistake }: MemberReports,
): Members<Name> | undefined {
  if (!(node.value instanceof Map)) {
    mistake(node, 'This must be an object: { … }.');
    return undefined;
  }
  for (const again of node.repeated ?? []) mistake(again, 'Duplicate member.');
  const members: Members<Name> = {};
  for (const [name, member] of node.value) {
    const own = known.find((each) => each === name);
    if (own !== undefined) members[own] = member;
    else if (!isSecretName(name)) {
      unknown(member, `Unknown member, ignored. Allowed here: ${known.join(', ')}.`);
    }
  }
  return members;
}

/** The elements of a list; none, and a mistake, for anything else. No list: none. */
export function elementsOf(node: JsonNode | undefined, mistake: Report): readonly JsonNode[] {
  if (node === undefined) return [];
  if (Array.isArray(node.value)) return node.value;
  mistake(node, 'This must be a list: [ … ].');
  return [];
}

/** A text of one line, 1 to `max` code points (as JSON Schema counts) and not of spaces alone. */
export function singleLine(node: JsonNode | undefined, max: number, mistake: Report): string | undefined {
  if (node === undefined) return undefined;
  const { value } = node;
  if (
    typeof value === 'string' &&
    value.trim() !== '' &&
    Array.from(value).length <= max &&
    !NOT_ONE_LINE.test(value)
  ) {
    return value;
  }
  mistake(node, `This must be one line of text, 1 to ${max} characters.`);
  return undefined;
}

/** A text of the given form; any other is a mistake, told by `message`. */
export function pattern(
  node: JsonNode | undefined,
  form: RegExp,
  message: string,
  mistake: Report,
): string | undefined {
  if (node === undefined) return undefined;
  if (typeof node.value === 'string' && form.test(node.value)) return node.value;
  mistake(node, message);
  return undefined;
}

/** True or false. */
export function boolean(node: JsonNode | undefined, mistake: Report): boolean | undefined {
  if (node === undefined) return undefined;
  if (typeof node.value === 'boolean') return node.value;
  mistake(node, 'This must be true or false, without quotes.');
  return undefined;
}

/** What an address is for: a `base` is put before others or compared as a whole, so that it has no query (RFC 8414 §2). */
export interface UrlRules {
  base?: boolean;
  allowLoopbackHttp: boolean;
}

/** A whole, safe address, exactly as written (DISC-8, DISC-9). */
export function urlField(
  node: JsonNode | undefined,
  { base = false, allowLoopbackHttp }: UrlRules,
  mistake: Report,
): string | undefined {
  if (node === undefined) return undefined;
  const { value } = node;
  const isUrl = typeof value === 'string' && ADDRESS.test(value) && parseSafeUrl(value, allowLoopbackHttp);
  if (isUrl && !(base && value.includes('?'))) return value;
  const loopback = allowLoopbackHttp ? ' (or http:// for a server on this machine)' : '';
  const query = base ? ', a query' : '';
  mistake(
    node,
    `This must be a full address that begins with https://${loopback}, without a user name${query} or a #fragment.`,
  );
  return undefined;
}

/** Every member at or below a place that is named like a client secret: `client_secret`, `clientSecret`, `appSecret`. */
export function secretsIn(node: JsonNode): JsonNode[] {
  const { value } = node;
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (!(value instanceof Map)) return [];
  const here = [...value].flatMap(([name, member]) => (isSecretName(name) ? [member] : secretsIn(member)));
  return [...here, ...(node.repeated ?? []).flatMap(secretsIn)];
}

function isSecretName(name: string): boolean {
  return name.toLowerCase().includes('secret');
}
