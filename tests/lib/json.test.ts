/** JSON texts. */
import { expect, test } from 'vitest';
import { parseJson } from '#lib/json.ts';

test('a JSON text is parsed, and any other text is undefined', () => {
  expect(['{"a":1}', 'null', 'false', '{', '', 'undefined'].map(parseJson)).toEqual([
    { a: 1 },
    null,
    false,
    undefined,
    undefined,
    undefined,
  ]);
});
