const KNOWN_PATHS = /^\/(?:connections(?:\/[\w-]{1,64}\/console)?|inspector|settings|compose(?:\/[\w-]{1,64})?)?$/;

/**
 * Where to go after a sign-in: one of the app's own pages, else the start (PAGE-6; RFC 9700 §4.11.1). It is a path within
 * the app, compared as a whole: `//`, `\`, schemes and control characters can't occur in one.
 */
export function safeReturnPath(path: unknown): string {
  return typeof path === 'string' && KNOWN_PATHS.test(path) ? path : '/';
}
