/** Type guards for values that may be anything: read from a store, a message, a file or a response. */

/** Returns true if a value is an object or an array. `Name` lists the members that the caller reads. */
export const isObject = <Name extends string = string>(value: unknown): value is Partial<Record<Name, unknown>> =>
  typeof value === 'object' && value !== null;

/** Returns true if a value is an object other than an array, as `{…}` in JSON. */
export const isRecord = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);

/** Returns true if a value is a string. */
export const isString = (value: unknown): value is string => typeof value === 'string';

/** Returns true if a value is an array of strings. */
export const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every(isString);

/** Returns true if a value is a non-empty string. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Returns true if a value is an array of non-empty strings. */
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** Returns true if a value is undefined or has the given type. */
export const isOptional = (value: unknown, type: 'string' | 'number'): boolean =>
  value === undefined || typeof value === type;
