import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseJsonLines, type JsonNode } from '#connections/services/json-with-lines.ts';

function rootOf(text: string): JsonNode {
  const parsed = parseJsonLines(text);
  if (parsed.kind !== 'read') throw new Error(parsed.message);
  return parsed.root;
}

function plain({ value }: JsonNode): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  return value;
}

/** Every position below a node, as `path:line`. */
function places(node: JsonNode): string[] {
  const { value } = node;
  const below = Array.isArray(value) ? value : value instanceof Map ? [...value.values()] : [];
  return [`${node.path}:${node.line}`, ...below.flatMap(places)];
}

test('reads whatever JSON.parse reads with the same result, in any layout', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(plain(rootOf(text))).toEqual(JSON.parse(text));
    }),
  );
});

test('rejects whatever JSON.parse rejects', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '01',
    'true',
    'nul',
    '\\',
    '\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
      const text = parts.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(parseJsonLines(text).kind).toBe(isJson ? 'read' : 'unreadable');
    }),
    { numRuns: 2000 },
  );
});

describe('line numbers', () => {
  const lines = ['{', '"a": [', '1,', '{ "b": {"c": null}, "d":', '2 }', '],', '"e": "x"', '}'];

  test.for([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns', '\r'],
  ] as const)('are counted with %s', ([, end]) => {
    expect(places(rootOf(lines.join(end)))).toEqual([
      ':1',
      'a:2',
      'a[0]:3',
      'a[1]:4',
      'a[1].b:4',
      'a[1].b.c:4',
      'a[1].d:4',
      'e:7',
    ]);
  });

  test('are not affected by escapes, or by quotes, brackets and other scripts in a string', () => {
    const root = rootOf('{ "a": "\\n\\u000a \\" } ] \\\\",\n"ü\u2028🐦": "\u2028"\n, "b": 1 }');
    expect(places(root)).toEqual([':1', 'a:1', 'ü\u2028🐦:2', 'b:3']);
    expect(plain(root)).toEqual({ a: '\n\n " } ] \\', 'ü\u2028🐦': '\u2028', b: 1 });
  });
});

test('a duplicate member has the last value and its position', () => {
  const root = rootOf('{ "a": 1,\n "b": 2,\n "\\u0061": 3 }');
  expect(plain(root)).toEqual({ a: 3, b: 2 });
  expect(root.repeated?.flatMap(places)).toEqual(['a:3']);
});

test('reads __proto__ as an ordinary member', () => {
  const { value } = rootOf('{ "__proto__": { "polluted": true } }');
  expect(value instanceof Map && [...value.keys()]).toEqual(['__proto__']);
  expect({}).not.toHaveProperty('polluted');
});

test.for([
  ['', 1, 'found the end of the file'],
  ['{\n"a": 1,\n}', 3, 'expected a name in double quotes, found }'],
  ['[1,\n\n]', 3, 'expected a value, found ]'],
  ['{\n"a": 1\n"b": 2 }', 3, 'expected a comma or }, found a string'],
  ['[1\n2]', 2, 'expected a comma or ], found 2'],
  ['{ "a"\n1 }', 2, 'expected a colon after the name'],
  ['{ a: 1 }', 1, 'expected a name in double quotes'],
  ['{\n// no\n}', 2, 'JSON has no comments'],
  ['{ "a": "b\n" }', 1, 'a string that isn’t closed on its line'],
  ['["a\\x"]', 1, 'a character that needs a backslash'],
  ['["a\tb"]', 1, 'a character that needs a backslash'],
  ['[undefined]', 1, 'a word or number'],
  ['{}\n{}', 2, 'expected the end of the file'],
  ['{\n"a": [\n', 3, 'found the end of the file'],
  ['<!doctype html>', 1, 'found <'],
] as const)('rejects %j at line %i: %s', ([text, line, message]) => {
  const parsed = parseJsonLines(text);
  expect(parsed).toMatchObject({ kind: 'unreadable', line });
  expect(parsed).toHaveProperty('message', expect.stringContaining(message));
});

test('fails the same way at any depth and length', () => {
  expect(parseJsonLines('['.repeat(262_144))).toMatchObject({ kind: 'unreadable', line: 1 });
  expect(parseJsonLines(`["${'a\\\\'.repeat(80_000)}`)).toMatchObject({ kind: 'unreadable', line: 1 });
  expect(plain(rootOf(`["${'a'.repeat(262_000)}"]`))).toHaveLength(1);
});
