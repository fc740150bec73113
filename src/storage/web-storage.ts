/** What all tabs share; undefined where the browser blocks it, which most do by throwing at the first look. */
export function sharedStorage(): Storage | undefined {
  try {
    return localStorage ?? undefined; // null in WebKit where its embedder switches it off
  } catch {
    return undefined;
  }
}
