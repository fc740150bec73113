import { expect, test } from 'vitest';

import { chunkGroups } from '#scripts/chunks.mjs';

/** The static imports of each module, without dynamic ones. */
const MODULES: Record<string, string[]> = {
  '/p/index.html': ['/p/src/boot.ts'],
  '/p/src/boot.ts': ['http'],
  http: ['errors'],
  errors: [],
  '/p/src/oauth/dpop-fetch.ts': ['http', 'challenge', 'proof'],
  proof: ['base64url'],
  '/p/src/connections/sign-in/complete-sign-in.ts': ['errors', 'base64url', 'identity', 'names'],
  base64url: [],
  identity: ['errors'],
  '/p/src/main.tsx': ['/p/node_modules/react/index.js', 'errors', 'challenge', 'planner'],
  challenge: ['errors'],
  planner: ['/p/node_modules/react/index.js', 'names'],
  names: [],
  '/p/node_modules/react/index.js': [],
  settings: ['/p/node_modules/react/index.js', 'switch'],
  switch: [],
};

const graphOf = (modules: Record<string, string[]>) => ({
  getModuleInfo: (id: string) => (modules[id] ? { importedIds: modules[id] } : null),
});

/** Returns the file of each module: that of the matching group with the highest priority. */
function chunksOf(root: string, modules: Record<string, string[]>): Record<string, string | null> {
  const groups = chunkGroups(root).toSorted((a, b) => b.priority - a.priority);
  const first = (id: string) => groups.map(({ name }) => name(id, graphOf(modules))).find((name) => name !== null);
  return Object.fromEntries(Object.keys(modules).map((id) => [id, first(id) ?? null]));
}

test('puts each module in the chunk that first needs it, and keeps the entries separate', () => {
  expect(chunksOf('/p', MODULES)).toEqual({
    '/p/index.html': null,
    '/p/src/boot.ts': null,
    http: 'boot',
    errors: 'boot',
    '/p/src/oauth/dpop-fetch.ts': 'dpop',
    proof: 'dpop',
    '/p/src/connections/sign-in/complete-sign-in.ts': 'sign-in',
    identity: 'sign-in',
    // Two chunks need these, and neither should wait for the rest of the other.
    base64url: 'shared',
    challenge: 'shared',
    names: 'common',
    '/p/src/main.tsx': null,
    planner: 'first-screen',
    // Evaluated in a task of its own, and cached when only the app has changed.
    '/p/node_modules/react/index.js': 'libraries',
    settings: null,
    switch: null,
  });
});

test('divides a page with another script and without screens the same way', () => {
  const { '/p/src/boot.ts': imported, '/p/src/main.tsx': _screens, ...others } = MODULES;
  const chunks = chunksOf('/p', { ...others, '/p/index.html': ['/p/other.ts'], '/p/other.ts': imported ?? [] });
  expect(chunks).toMatchObject({ '/p/other.ts': null, http: 'boot', identity: 'sign-in', challenge: 'dpop' });
});

test('leaves other builds to the bundler', () => {
  expect(new Set(Object.values(chunksOf('/elsewhere', MODULES)))).toEqual(new Set([null]));
});
