/** Type guards for values read from a store, which may be anything. */

type Unknown = Record<string, unknown>;

/** Returns true if a value is an object. */
export const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;

/** Returns true if a value is a non-empty string. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Returns true if a value is an array of non-empty strings. */
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** Returns true if a value is undefined or has the given type. */
export const isOptional = (value: unknown, type: 'string' | 'number'): boolean =>
  value === undefined || typeof value === type;
