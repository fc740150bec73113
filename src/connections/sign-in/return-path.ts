const KNOWN_PATHS = /^\/(?:connections(?:\/[\w-]{1,64}\/console)?|inspector|settings|compose(?:\/[\w-]{1,64})?)?$/;

/**
 * Returns the path to open after a sign-in: `path` if it is one of the app's own pages, otherwise `/` (PAGE-6; RFC 9700
 * §4.11.1). The whole path must match, so `//`, `\`, schemes and control characters are rejected.
 */
export function safeReturnPath(path: unknown): string {
  return typeof path === 'string' && KNOWN_PATHS.test(path) ? path : '/';
}
