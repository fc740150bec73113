import { isRecord } from '#lib/guards.ts';

/** Thrown if part of a file differs from what this app writes. Never leaves the import. */
export class Malformed extends Error {}

/** The members of an untrusted object, by name. */
export type Members = Readonly<Record<string, unknown>>;

/** @throws Malformed unless `value` is an object other than an array */
export function object(value: unknown): Members {
  if (!isRecord(value)) throw new Malformed();
  return { ...value };
}

/** @throws Malformed unless `value` is an array of at most `most` items */
export function list(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Malformed();
  return value;
}

/** @throws Malformed unless `value` is a string of at most `longest` characters */
export function text(value: unknown, longest = 4_096): string {
  if (typeof value !== 'string' || value.length > longest) throw new Malformed();
  return value;
}

/** @throws Malformed unless `value` is a string that matches `pattern` */
export function matching(value: unknown, pattern: RegExp): string {
  const checked = text(value, 200);
  if (!pattern.test(checked)) throw new Malformed();
  return checked;
}

/** @throws Malformed unless `value` is one of `choices` */
export function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Malformed();
  return found;
}

/** @throws Malformed unless `value` is a number from 0 to `greatest` */
export function amount(value: unknown, greatest: number): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= greatest)) throw new Malformed();
  return value;
}

/** @throws Malformed unless `value` is an integer from 0 to `greatest` */
export function whole(value: unknown, greatest = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isInteger(value)) throw new Malformed();
  return amount(value, greatest);
}
