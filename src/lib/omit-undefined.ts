/** An object type whose members are either absent or have a value: those that may be undefined are optional instead. */
export type OmitUndefined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Returns a copy of an object without the members that are undefined. Null, false, 0 and '' are values, so they stay. */
export function omitUndefined<const T extends object>(members: T): OmitUndefined<T>;
export function omitUndefined(members: object): object {
  const kept: Record<string, unknown> = { ...members };
  for (const member in kept) if (kept[member] === undefined) delete kept[member];
  return kept;
}
