type Stored = Record<string, unknown>;

/** The format version that this code writes. */
export const RECORD_VERSION = 2;

/** Migrates each older version to the next one. */
const MIGRATIONS: Record<number, (record: Stored) => Stored> = {
  // Version 2 adds the refresh journal, which is initially missing.
  1: (record) => ({ ...record, version: 2 }),
};

/**
 * Migrates a stored record to the current version. Returns undefined for an unknown version; a newer record is left unchanged
 * for the newer code that wrote it.
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
