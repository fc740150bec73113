import { expect, test } from 'vitest';

import { chunkGroups } from '#scripts/chunks.mjs';

/** Who imports whom: static imports, and those that are loaded on demand. */
const MODULES: Record<string, [imports: string[], onDemand: string[]]> = {
  '/p/src/boot.ts': [['wire'], ['/p/src/main.tsx']],
  wire: [['errors'], ['redeem']],
  errors: [[], []],
  redeem: [['errors', 'challenge', 'build'], []],
  challenge: [['errors'], []],
  build: [[], []],
  '/p/src/main.tsx': [['react', 'errors', 'challenge', 'planner'], []],
  planner: [['react'], ['settings']],
  react: [[], []],
  settings: [['react', 'switch'], []],
  switch: [[], []],
};

const graph = {
  getModuleInfo: (id: string) => {
    const found = MODULES[id];
    return found ? { importedIds: found[0], dynamicallyImportedIds: found[1] } : null;
  },
};

/** The file of each module: that of the group with the highest priority which takes it. */
function chunksOf(root: string): Record<string, string | null> {
  const groups = chunkGroups(root).toSorted((a, b) => b.priority - a.priority);
  const first = (id: string) => groups.map(({ name }) => name(id, graph)).find((name) => name !== null) ?? null;
  return Object.fromEntries(Object.keys(MODULES).map((id) => [id, first(id)]));
}

test('each module comes with the first moment that needs it, and the entries stay apart', () => {
  expect(chunksOf('/p')).toEqual({
    '/p/src/boot.ts': null,
    wire: 'foundation',
    errors: 'foundation',
    redeem: null,
    // The exchange of a code needs it too, and must not wait for the screens.
    challenge: 'exchange',
    build: null,
    '/p/src/main.tsx': null,
    planner: 'first-screen',
    react: 'first-screen',
    settings: null,
    switch: null,
  });
});

test('a build without these entries is divided by the bundler', () => {
  expect(new Set(Object.values(chunksOf('/elsewhere')))).toEqual(new Set([null]));
});
