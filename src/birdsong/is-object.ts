/**
 * @param value anything
 * @returns whether it is an object whose members can be looked at; arrays are not
 */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
