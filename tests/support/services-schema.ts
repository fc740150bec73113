import { readFileSync } from 'node:fs';

type Json = Record<string, unknown>;

const NOTES = new Set(['description', 'title', 'default', '$schema', '$defs']);

/** The schema that is served beside `services.json`. */
export const servicesSchema = JSON.parse(readFileSync('public/services.schema.json', 'utf8')) as Json;

/** The schemas of `$defs` by name. */
export const definitions = servicesSchema.$defs as Record<string, Json>;

/**
 * Returns whether a value is valid by the schema. Supports the keywords of JSON Schema 2020-12 that the schema uses.
 * @throws {Error} for any other keyword, so that none is ignored
 */
export function accepts(value: unknown, schema: Json = servicesSchema): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    if (NOTES.has(keyword)) return true;
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`The schema uses ${keyword}, which is not known here`);
    return check(value, rule, schema);
  });
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const all = (rule: unknown): Json[] => rule as Json[];
const has = (value: unknown, names: unknown): boolean =>
  !isObject(value) || (names as string[]).every((name) => Object.hasOwn(value, name));
const length = (value: unknown): number | undefined =>
  typeof value === 'string' ? Array.from(value).length : undefined;

const KEYWORDS: Record<string, (value: unknown, rule: unknown, schema: Json) => boolean> = {
  $ref: (value, rule) => accepts(value, definitions[String(rule).replace('#/$defs/', '')]),
  type: (value, rule) => {
    if (rule === 'integer') return Number.isInteger(value);
    if (rule === 'object') return isObject(value);
    return rule === 'array' ? Array.isArray(value) : typeof value === rule;
  },
  const: (value, rule) => value === rule,
  not: (value, rule) => !accepts(value, rule as Json),
  anyOf: (value, rule) => all(rule).some((schema) => accepts(value, schema)),
  required: has,
  dependentRequired: (value, rule) =>
    Object.entries(rule as Json).every(([name, names]) => !(isObject(value) && name in value) || has(value, names)),
  dependentSchemas: (value, rule) =>
    Object.entries(rule as Json).every(
      ([name, schema]) => !(isObject(value) && name in value) || accepts(value, schema as Json),
    ),
  properties: (value, rule) =>
    !isObject(value) ||
    Object.entries(rule as Json).every(([name, schema]) => !(name in value) || accepts(value[name], schema as Json)),
  additionalProperties: (value, _rule, schema) =>
    !isObject(value) || Object.keys(value).every((name) => Object.hasOwn(schema.properties as Json, name)),
  items: (value, rule) => !Array.isArray(value) || value.every((item) => accepts(item, rule as Json)),
  minItems: (value, rule) => !Array.isArray(value) || value.length >= Number(rule),
  maxItems: (value, rule) => !Array.isArray(value) || value.length <= Number(rule),
  minLength: (value, rule) => (length(value) ?? Infinity) >= Number(rule),
  maxLength: (value, rule) => (length(value) ?? 0) <= Number(rule),
  pattern: (value, rule) => typeof value !== 'string' || new RegExp(String(rule), 'u').test(value),
  minimum: (value, rule) => typeof value !== 'number' || value >= Number(rule),
  maximum: (value, rule) => typeof value !== 'number' || value <= Number(rule),
};
