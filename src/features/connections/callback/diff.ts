/** The difference of two texts: what lies between their common prefix and common suffix. */
export interface Difference {
  start: number;
  expected: string;
  actual: string;
}

/** Returns the smallest single range in which two texts differ; both parts are empty if the texts are equal. */
export function diff(expected: string, actual: string): Difference {
  const shorter = Math.min(expected.length, actual.length);
  let start = 0;
  while (start < shorter && expected[start] === actual[start]) start += 1;
  let end = 0;
  while (end < shorter - start && expected.at(-1 - end) === actual.at(-1 - end)) end += 1;
  return {
    start,
    expected: expected.slice(start, expected.length - end),
    actual: actual.slice(start, actual.length - end),
  };
}
