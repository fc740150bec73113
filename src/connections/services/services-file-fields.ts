import { parseSafeUrl } from '#oauth/safe-url.ts';

import type { JsonNode } from './json-with-lines.ts';

/** A mistake in `services.json`, reported to its author. */
export interface ServicesProblem {
  /** Starts at 1. */
  line: number;
  /** A path such as `services[0].name`, with indexes from 0 as in JSON paths; empty for the whole file. */
  field: string;
  /** One or two sentences. Never repeats a value of the file, which could be a secret. */
  message: string;
}

/** Records a problem at a node. */
export type Report = (node: JsonNode, message: string) => void;

/** The known members of an object, by name; unknown ones have already been reported. */
export type Members<Name extends string> = Partial<Record<Name, JsonNode>>;

/**
 * How to report members: `unknown` for one that is ignored, `mistake` for one that makes the object's meaning unclear,
 * such as a duplicate.
 */
export interface MemberReports {
  unknown: Report;
  mistake: Report;
}

const NOT_ONE_LINE = /\p{Cc}/u;
const HTTP_URL = /^https?:\/\/[^\s/?#@\\]+(?:[/?][^\s#]*)?$/;

/** Returns the members of an object; reports a mistake and returns undefined for any other value. */
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

/** Returns the elements of a list; reports a mistake and returns none for any other value. A missing list is empty. */
export function elementsOf(node: JsonNode | undefined, mistake: Report): readonly JsonNode[] {
  if (node === undefined) return [];
  if (Array.isArray(node.value)) return node.value;
  mistake(node, 'This must be a list: [ … ].');
  return [];
}

/**
 * Returns one line of text of 1 to `max` code points (as JSON Schema counts) that is not all spaces; otherwise reports
 * a mistake.
 */
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

/** Returns a string that matches `form`; otherwise reports `message` as a mistake. */
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

/** Returns a boolean; reports a mistake for any other value. */
export function boolean(node: JsonNode | undefined, mistake: Report): boolean | undefined {
  if (node === undefined) return undefined;
  if (typeof node.value === 'boolean') return node.value;
  mistake(node, 'This must be true or false, without quotes.');
  return undefined;
}

/** Rules for a URL. A `base` is prepended to paths or compared as a whole, so it can't have a query (RFC 8414 §2). */
export interface UrlRules {
  base?: boolean;
  allowLoopbackHttp: boolean;
}

/** Returns a complete, safe URL exactly as written (DISC-8, DISC-9); otherwise reports a mistake. */
export function urlField(
  node: JsonNode | undefined,
  { base = false, allowLoopbackHttp }: UrlRules,
  mistake: Report,
): string | undefined {
  if (node === undefined) return undefined;
  const { value } = node;
  const isUrl = typeof value === 'string' && HTTP_URL.test(value) && parseSafeUrl(value, allowLoopbackHttp);
  if (isUrl && !(base && value.includes('?'))) return value;
  const loopback = allowLoopbackHttp ? ' (or http:// for a server on this machine)' : '';
  const query = base ? ', a query' : '';
  mistake(
    node,
    `This must be a full address that begins with https://${loopback}, without a user name${query} or a #fragment.`,
  );
  return undefined;
}

/**
 * Returns every member at or below a node that is named like a client secret: `client_secret`, `clientSecret`,
 * `appSecret`.
 */
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
