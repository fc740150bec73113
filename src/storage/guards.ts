/** Checks of what was read from a store, where anything may stand. */

type Unknown = Record<string, unknown>;

/** Whether a value is an object. */
export const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;

/** Whether a value is a string that is not empty. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Whether a value is a list of strings, none of them empty. */
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** Whether a value is missing, or of a type. */
export const isOptional = (value: unknown, type: 'string' | 'number'): boolean =>
  value === undefined || typeof value === type;
