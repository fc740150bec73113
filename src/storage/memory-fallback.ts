/** What a web storage can do; a worker has none. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A value that the disk refused. */
export interface UnwrittenValue {
  value: unknown;
  /** Whether an older value of the same key was on disk then: if it is gone later, another tab has removed it. */
  wasOnDisk: boolean;
}

/** What the disk refused, by key: newer than what is on it. */
export interface MemoryFallback {
  get(key: string): UnwrittenValue | undefined;
  set(key: string, refused: UnwrittenValue): void;
  delete(key: string): void;
  entries(): [string, UnwrittenValue][];
  size(): number;
}

/**
 * What the disk refuses, in memory; and in this tab's sessionStorage as far as it fits, where `storage` is given: then it
 * outlives a reload and the way to a sign-in page and back. Never for tokens (STO-4).
 */
export function createMemoryFallback(storage?: TextStorage, key = ''): MemoryFallback {
  const values = new Map<string, UnwrittenValue>(restored(storage, key));
  const save = (): void => {
    try {
      if (values.size === 0) storage?.removeItem(key);
      else storage?.setItem(key, JSON.stringify([...values]));
    } catch {
      // It does not fit here either: memory has it.
    }
  };
  return {
    get: (name) => values.get(name),
    set(name, refused) {
      values.set(name, refused);
      save();
    },
    delete(name) {
      if (values.delete(name)) save();
    },
    entries: () => [...values],
    size: () => values.size,
  };
}

function restored(storage: TextStorage | undefined, key: string): [string, UnwrittenValue][] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is [string, UnwrittenValue] {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return false;
  const refused: unknown = entry[1];
  return typeof refused === 'object' && refused !== null && 'value' in refused && 'wasOnDisk' in refused;
}
