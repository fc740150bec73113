/** What Birdsong remembers: values by key, some with an end. Every part of the program stores through this. */
export interface Entry {
  /** Anything that structured clone can copy. */
  readonly value: unknown;
  /** Milliseconds since the epoch, by the program's clock; the entry is gone from then on. */
  readonly expiresAt?: number;
  /** Small data that `list` gives beside the key. */
  readonly metadata?: unknown;
}

/** Which entries to list. Keys compare by UTF-16 code units. */
export interface Range {
  readonly prefix: string;
  /** Start behind this key, in the direction of travel. */
  readonly after?: string;
  readonly limit: number;
  /** Highest keys first. */
  readonly isDescending?: boolean;
}

export interface Store {
  /** The entry, or undefined when there is none or its time is up. */
  get(key: string): Promise<Entry | undefined>;
  put(key: string, entry: Entry): Promise<void>;
  delete(key: string): Promise<void>;
  /** At most `limit` living entries of the range, in order. */
  list(range: Range): Promise<(Entry & { readonly key: string })[]>;
  /** Forgets everything. */
  clear(): Promise<void>;
}
