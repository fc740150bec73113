/**
 * Returns localStorage, which all tabs share; undefined if the browser blocks it, which most do by throwing on access.
 */
export function sharedStorage(): Storage | undefined {
  try {
    return localStorage ?? undefined; // null in WebKit if its embedder disables it
  } catch {
    return undefined;
  }
}
