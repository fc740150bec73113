import { isObject } from '#lib/guards.ts';

/** The methods of Web Storage that the app uses. Workers have no Web Storage. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A value that could not be written to disk. */
export interface UnwrittenValue {
  value: unknown;
  /**
   * Whether an older value of the same key was on disk at that time: if it is gone later, another tab has removed it.
   */
  wasOnDisk: boolean;
}

/** Values that could not be written to disk, by key. They are newer than what is on disk. */
export interface MemoryFallback {
  get(key: string): UnwrittenValue | undefined;
  set(key: string, unwritten: UnwrittenValue): void;
  delete(key: string): void;
  entries(): [string, UnwrittenValue][];
  size(): number;
}

/**
 * Creates a fallback that holds values in memory, and in this tab's sessionStorage as far as they fit if `storage` is
 * given. They then survive a reload and the redirect to a sign-in page. Never pass `storage` for tokens (STO-4).
 */
export function createMemoryFallback(storage?: TextStorage, key = ''): MemoryFallback {
  const values = new Map<string, UnwrittenValue>(restored(storage, key));
  const save = (): void => {
    try {
      if (values.size === 0) storage?.removeItem(key);
      else storage?.setItem(key, JSON.stringify([...values]));
    } catch {
      // It does not fit into sessionStorage either; it stays in memory.
    }
  };
  return {
    get: (name) => values.get(name),
    set(name, unwritten) {
      values.set(name, unwritten);
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
    const stored: unknown = JSON.parse(storage?.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is [string, UnwrittenValue] {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return false;
  const unwritten: unknown = entry[1];
  return isObject(unwritten) && 'value' in unwritten && 'wasOnDisk' in unwritten;
}
