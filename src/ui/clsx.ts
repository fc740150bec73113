/** Joins class names; skips those that are undefined, false or empty. */
export function clsx(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
