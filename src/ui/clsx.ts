/** Joins class names; what is undefined, false or empty drops out. */
export function clsx(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
