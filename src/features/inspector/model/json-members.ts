import { isObject, isRecord } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';
import type { Fields } from '#trace/event.ts';

const MAX_MEMBERS = 120;
const MAX_VALUE_LENGTH = 600;

/** The members of a JSON text or an object, each with its path: `cnf.jkt`, `keys[0].kty`. `more`: the number omitted. */
export interface Members {
  fields: Fields;
  more: number;
}

/** Returns the members of a JSON text; undefined if it is not an object or array, or was truncated. */
export function membersOfText(text: string): Members | undefined {
  const parsed = parseJson(text);
  return isObject(parsed) ? membersOf(parsed) : undefined;
}

/** Returns the members of an object or an array. */
export function membersOf(value: object): Members {
  const fields: [string, string][] = [];
  collect('', value, fields);
  return { fields: fields.slice(0, MAX_MEMBERS), more: Math.max(0, fields.length - MAX_MEMBERS) };
}

function collect(path: string, value: unknown, fields: [string, string][]): void {
  if (Array.isArray(value) && value.some((item) => isObject(item))) {
    for (const [index, item] of value.entries()) collect(`${path}[${index}]`, item, fields);
  } else if (isRecord(value) && Object.keys(value).length > 0) {
    for (const [name, item] of Object.entries(value)) collect(path === '' ? name : `${path}.${name}`, item, fields);
  } else {
    fields.push([path, shown(value).slice(0, MAX_VALUE_LENGTH)]);
  }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length > 0) return value.map((item) => shown(item)).join(', ');
  return JSON.stringify(value) ?? '';
}
