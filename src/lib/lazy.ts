/** Defers the creation of a value to its first use. Creates it again on the next use if `make` returned undefined. */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
