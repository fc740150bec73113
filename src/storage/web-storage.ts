/** What all tabs share; undefined where the browser blocks it, which it does by throwing at the first look. */
export function sharedStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
