import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  idsIn,
  mentions,
  readCatalog,
  readFeatures,
  requirementTable,
  selected,
  stringsOf,
  documented,
} from '#scripts/requirement-names.mjs';

// Prefixes of its own, because the command reads this file too.
const CATALOGUE = `# Title
Words with **WALK-9** in them.

## Walking

- **WALK-1** One foot first.
- **WALK-2** Then the other.
- **WALK-10** Look both ways.

## Empty

## Swimming

- **SWIM-1** Breathe.
`;

test('keeps the order and the groups of the catalog', () => {
  expect(readCatalog(CATALOGUE)).toEqual([
    {
      heading: 'Walking',
      requirements: [
        { id: 'WALK-1', text: 'One foot first.' },
        { id: 'WALK-2', text: 'Then the other.' },
        { id: 'WALK-10', text: 'Look both ways.' },
      ],
    },
    { heading: 'Swimming', requirements: [{ id: 'SWIM-1', text: 'Breathe.' }] },
  ]);
});

test('the catalog of this repository has every requirement once, in sequence', () => {
  const groups = readCatalog(readFileSync(new URL('../../docs/requirements.md', import.meta.url), 'utf8'));
  expect(groups.length).toBeGreaterThan(10);
  for (const { requirements } of groups) {
    const kind = requirements[0]?.id.replace(/\d+$/, '');
    expect(requirements.map(({ id }) => id)).toEqual(requirements.map((_, index) => `${kind}${index + 1}`));
  }
});

describe('the ids that this repository names', () => {
  const root = new URL('../../', import.meta.url);
  const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
  const requirements = readCatalog(read('docs/requirements.md')).flatMap((group) =>
    group.requirements.map(({ id }) => id),
  );
  const features = readFeatures(read('docs/features.md'));

  test('docs/features.md has every feature once, in sequence, with existing tests', () => {
    expect(features.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `M-${index + 1}`));
    for (const { id, tests } of features) {
      expect(tests, id).not.toEqual([]);
      expect(
        tests.filter((file) => !existsSync(new URL(`tests/${file}`, root))),
        id,
      ).toEqual([]);
    }
  });

  test.each(['src', 'scripts', 'tests', 'docs'])(
    'in %s are defined in docs/requirements.md or docs/features.md',
    (folder) => {
      const defined = new Set([...requirements, ...features.map(({ id }) => id)]);
      const kinds = [...new Set([...defined].map((id) => id.slice(0, id.lastIndexOf('-'))))];
      const files = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).filter((file) =>
        /\.(?:tsx?|mjs|css|md)$/.test(file),
      );
      expect(files).not.toEqual([]);
      const undefinedIds = files.flatMap((file) =>
        idsIn(read(`${folder}/${file}`), kinds).flatMap((id) => (defined.has(id) ? [] : [`${file}: ${id}`])),
      );
      expect(undefinedIds).toEqual([]);
    },
  );
});

describe('ids in a title', () => {
  test.for([
    ['WALK-1: steps', ['WALK-1']],
    ['steps (WALK-1, SWIM-2)', ['WALK-1', 'SWIM-2']],
    ['WALK-1 and WALK-1', ['WALK-1']],
    ['WALK-8 to WALK-10: all of it', ['WALK-8', 'WALK-9', 'WALK-10']],
    ['WALK-1 to 3', ['WALK-1', 'WALK-2', 'WALK-3']],
    ['WALK-1–WALK-2', ['WALK-1', 'WALK-2']],
    ['WALK-1 to SWIM-3 is no range', ['WALK-1', 'SWIM-3']],
    ['SIDEWALK-1, WALK-, WALK-1x, RUN-1', []],
  ] as const)('%s', ([title, ids]) => {
    expect(idsIn(title, ['WALK', 'SWIM'])).toEqual(ids);
  });
});

test('finds titles and rows with any quote, but no comments', () => {
  const source = [
    "test('one', () => {",
    'describe("two’s", () => {',
    'test.each(rows)(`three`, () => {',
    "  ['four', 4], ['five', 5], // 'six'",
    "  // test('seven')",
    "/** test('eight') */",
    " * 'nine'",
    String.raw`  test('it\'s "ten"', () => {`,
    "  fetch('https://eleven.example/');",
  ].join('\n');
  expect(stringsOf(source)).toEqual([
    'one',
    'two’s',
    'three',
    'four',
    'five',
    String.raw`it\'s "ten"`,
    'https://eleven.example/',
  ]);
});

test('the table lists what tests each requirement, which have none, and which are unknown', () => {
  const groups = readCatalog(CATALOGUE);
  const tests = [
    { file: 'a.test.ts', source: "test('WALK-1 to WALK-2: goes', () => {});" },
    { file: 'b.test.ts', source: "test('WALK-1: comes back', () => {});\ntest('WALK-7: jumps', () => {});" },
  ];
  expect(requirementTable(groups, mentions(groups, tests))).toBe(`Walking
  WALK-1    2  One foot first.
               a.test.ts: WALK-1 to WALK-2: goes
               b.test.ts: WALK-1: comes back
  WALK-2    1  Then the other.
               a.test.ts: WALK-1 to WALK-2: goes
  WALK-10   0  Look both ways.

Swimming
  SWIM-1    0  Breathe.

2 of 4 are named by a test.
Not named: WALK-10, SWIM-1
Not in the catalog: WALK-7
`);
});

test('names the page for a requirement that no test can check', () => {
  const groups = readCatalog(CATALOGUE);
  const tests = [{ file: 'a.test.ts', source: "test('WALK-1 to WALK-10: goes', () => {});" }];
  const pages = [{ file: 'docs/water.md', source: 'Under water nobody can (SWIM-1), and WALK-1 neither.' }];
  const table = requirementTable(groups, mentions(groups, tests), documented(groups, pages));
  expect(table).toContain(`  SWIM-1    0  Breathe.
               documented in docs/water.md

3 of 4 are named by a test.
Only documented: SWIM-1
`);
  expect(table).not.toContain('Not named');
});

test('a part of the catalog does not report the rest as unknown', () => {
  const groups = readCatalog(CATALOGUE);
  const tests = [{ file: 'a.test.ts', source: "test('WALK-1, WALK-7: goes', () => {});" }];
  const part = selected(groups, ['SWIM']);
  expect(requirementTable(part, mentions(groups, tests), new Map(), groups)).toBe(`Swimming
  SWIM-1    0  Breathe.

0 of 1 are named by a test.
Not named: SWIM-1
Not in the catalog: WALK-7
`);
});

test.for([
  [['WALK'], ['WALK-1', 'WALK-2', 'WALK-10']],
  [['WALK-1'], ['WALK-1']],
  [
    ['SWIM', 'WALK-2'],
    ['WALK-2', 'SWIM-1'],
  ],
  [['WA', 'RUN-1'], []],
  [[], ['WALK-1', 'WALK-2', 'WALK-10', 'SWIM-1']],
] as const)('of all of them %j selects %j', ([wanted, ids]) => {
  const chosen = selected(readCatalog(CATALOGUE), [...wanted]);
  expect(chosen.flatMap(({ requirements }) => requirements.map(({ id }) => id))).toEqual(ids);
});
