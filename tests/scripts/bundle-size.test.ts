import { expect, test } from 'vitest';
import { filesLoadedWith, overBudget, measureBundle, bundleTable } from '#scripts/bundle-size.mjs';

const manifest = {
  'index.html': { file: 'assets/boot-1.js', imports: ['_oauth.js'] },
  '_oauth.js': { file: 'assets/oauth-1.js' },
  'src/main.tsx': { file: 'assets/main-1.js', css: ['assets/main-1.css'], imports: ['_react.js', '_oauth.js'] },
  '_react.js': { file: 'assets/react-1.js', imports: ['src/main.tsx'] },
  'src/oauth/dpop-fetch.ts': { file: 'assets/dpop-1.js', imports: ['_oauth.js'] },
  'src/features/inspector/screen.tsx': { file: 'assets/inspector-1.js', css: ['assets/inspector-1.css'] },
};

const size = (gzip: number) => ({ raw: gzip * 3, gzip });
const sizes = {
  'theme.js': size(200),
  'assets/boot-1.js': size(5_000),
  'assets/oauth-1.js': size(14_800),
  'assets/main-1.js': size(50_000),
  'assets/react-1.js': size(100_000),
  'assets/main-1.css': size(20_000),
  'assets/dpop-1.js': size(0),
  'assets/inspector-1.js': size(300_000),
  'assets/inspector-1.css': size(30_000),
  'worker.js': size(40_000),
  'birdsong.js': size(90_000),
};

test('a chunk loads with its static imports and their styles, and a cycle terminates', () => {
  expect([...filesLoadedWith(manifest, ['src/main.tsx'])].toSorted()).toEqual([
    'assets/main-1.css',
    'assets/main-1.js',
    'assets/oauth-1.js',
    'assets/react-1.js',
  ]);
});

test('counts each file when it loads, and a shared one at its first load', () => {
  const { rows, totals } = measureBundle(manifest, sizes);
  expect(Object.fromEntries(rows.map(({ file, moment }) => [file, moment]))).toEqual({
    'theme.js': 'before React',
    'assets/boot-1.js': 'before React',
    'assets/oauth-1.js': 'before React',
    'assets/main-1.js': 'first screen',
    'assets/react-1.js': 'first screen',
    'assets/main-1.css': 'first screen',
    'assets/dpop-1.js': 'later',
    'assets/inspector-1.js': 'later',
    'assets/inspector-1.css': 'later',
    'worker.js': 'service worker',
    'birdsong.js': 'service worker',
  });
  expect(totals.map(({ name, gzip, raw }) => [name, gzip, raw])).toEqual([
    ['script before React', 20_000, 60_000],
    ['script before the token request', 20_000, 60_000],
    ['script of the first screen', 170_000, 510_000],
    ['style of the first screen', 20_000, 60_000],
  ]);
});

test('a budget is exact to the byte', () => {
  expect(overBudget(measureBundle(manifest, sizes))).toEqual([]);
  const heavier = measureBundle(manifest, { ...sizes, 'theme.js': size(201) });
  expect(overBudget(heavier).map(({ name }) => name)).toEqual([
    'script before React',
    'script before the token request',
    'script of the first screen',
  ]);
  const binding = measureBundle(manifest, { ...sizes, 'assets/dpop-1.js': size(1) });
  expect(overBudget(binding).map(({ name }) => name)).toEqual(['script before the token request']);
  expect(bundleTable(heavier)).toContain('OVER its budget of 20 kB');
  const style = measureBundle(manifest, { ...sizes, 'assets/main-1.css': size(20_001) });
  expect(overBudget(style).map(({ name }) => name)).toEqual(['style of the first screen']);
});

test('a build without a page or a first screen has no size, and is reported', () => {
  expect(() => measureBundle({}, sizes)).toThrow('lacks index.html');
  expect(() => measureBundle({ 'index.html': { file: 'a.js' } }, sizes)).toThrow('lacks src/main.tsx');
});
