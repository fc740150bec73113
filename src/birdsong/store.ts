/** A stored value, with an optional expiry. All of Birdsong's data is stored as entries. */
export interface Entry {
  /** Any structured-cloneable value. */
  readonly value: unknown;
  /** Milliseconds since the epoch, by the program's clock. The entry no longer exists from then on. */
  readonly expiresAt?: number;
  /** Small data about the entry, which `list` returns with its key. */
  readonly metadata?: unknown;
}

/** The entries to list. Keys are compared by UTF-16 code units. */
export interface Range {
  readonly prefix: string;
  /** Starts after this key, in the direction of iteration. */
  readonly after?: string;
  readonly limit: number;
  /** Lists the highest keys first. */
  readonly isDescending?: boolean;
}

export interface Store {
  /** Returns the entry, or undefined if it does not exist or has expired. */
  get(key: string): Promise<Entry | undefined>;
  put(key: string, entry: Entry): Promise<void>;
  delete(key: string): Promise<void>;
  /** Returns at most `limit` unexpired entries of the range, in order. */
  list(range: Range): Promise<(Entry & { readonly key: string })[]>;
  /** Deletes all entries. */
  clear(): Promise<void>;
}
