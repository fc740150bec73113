type Stored = Record<string, unknown>;

/** The format that this code writes. */
export const RECORD_VERSION = 2;

/** From each older format to the next one. */
const MIGRATIONS: Record<number, (record: Stored) => Stored> = {
  // 2 has the refresh journal, which begins empty.
  1: (record) => ({ ...record, version: 2 }),
};

/**
 * A stored record in the present format; undefined for one of a format that this code does not know: a newer one is left as it
 * is, for the newer code that wrote it.
 */
export function migrated(record: Stored): Stored | undefined {
  let current = record;
  while (current.version !== RECORD_VERSION) {
    const next = typeof current.version === 'number' ? MIGRATIONS[current.version] : undefined;
    if (!next) return undefined;
    current = next(current);
  }
  return current;
}
