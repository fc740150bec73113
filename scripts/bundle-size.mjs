/** Determines when each built file loads, and compares the sizes with their budgets. Pure. */
import { WORKER_FILES } from './worker-build.mjs';

/**
 * @typedef {{ file: string, imports?: string[], css?: string[] }} Chunk
 * @typedef {Record<string, Chunk>} Manifest Vite's, keyed by source file
 * @typedef {{ raw: number, gzip: number }} Size in bytes
 * @typedef {'before React' | 'first screen' | 'service worker' | 'later'} Moment
 * @typedef {Size & { file: string, moment: Moment }} Row
 * @typedef {Size & { name: string, budget: number }} Total budget: in gzip bytes
 * @typedef {{ rows: Row[], totals: Total[] }} Weights
 */

/** @type {Moment[]} */
const MOMENTS = ['before React', 'first screen', 'service worker', 'later'];

const kB = 1000;

/**
 * The budgets, each for the manifest entries that are loaded by then. A sign-in with DPoP-bound tokens loads the most script
 * before its token request.
 * @type {{ name: string, budget: number, kind: '.js' | '.css', entries: string[] }[]}
 */
const BUDGETS = [
  { name: 'script before React', budget: 20 * kB, kind: '.js', entries: ['index.html'] },
  {
    name: 'script before the token request',
    budget: 20 * kB,
    kind: '.js',
    entries: ['index.html', 'src/oauth/dpop-fetch.ts'],
  },
  { name: 'script of the first screen', budget: 170 * kB, kind: '.js', entries: ['index.html', 'src/main.tsx'] },
  { name: 'style of the first screen', budget: 20 * kB, kind: '.css', entries: ['index.html', 'src/main.tsx'] },
];

/**
 * Returns the files that load with chunks: their own files, their styles, and those of their static imports.
 * @param {Manifest} manifest
 * @param {string[]} keys the keys of the chunks
 * @returns {Set<string>}
 * @throws {Error} if the manifest lacks a chunk, because the sizes would be meaningless
 */
export function filesLoadedWith(manifest, keys) {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Set<string>} */
  const files = new Set();
  const waiting = [...keys];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The build's manifest lacks ${key}.`);
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    waiting.push(...(chunk.imports ?? []));
  }
  return files;
}

/**
 * Measures the build.
 * @param {Manifest} manifest
 * @param {Record<string, Size>} sizes the sizes of the scripts and styles in dist, by path
 * @returns {Weights} rows in loading order, and totals with their budgets
 * @throws {Error} if the manifest lacks the page or a chunk that has a budget
 */
export function measureBundle(manifest, sizes) {
  const beforeReact = filesLoadedWith(manifest, ['index.html']).add('theme.js');
  const firstScreen = filesLoadedWith(manifest, ['index.html', 'src/main.tsx']);
  /** @type {(file: string) => Moment} */
  const momentOf = (file) => {
    if (beforeReact.has(file)) return 'before React';
    if (firstScreen.has(file)) return 'first screen';
    return WORKER_FILES.some((name) => name === file) ? 'service worker' : 'later';
  };
  const rows = Object.entries(sizes).map(([file, { raw, gzip }]) => ({ file, raw, gzip, moment: momentOf(file) }));
  rows.sort((a, b) => MOMENTS.indexOf(a.moment) - MOMENTS.indexOf(b.moment) || b.gzip - a.gzip);
  const totals = BUDGETS.map(({ name, budget, kind, entries }) => {
    const files = filesLoadedWith(manifest, entries).add('theme.js');
    const counted = rows.filter(({ file }) => file.endsWith(kind) && files.has(file));
    return { name, budget, raw: sum(counted.map(({ raw }) => raw)), gzip: sum(counted.map(({ gzip }) => gzip)) };
  });
  return { rows, totals };
}

/**
 * Returns the totals that exceed their budgets.
 * @param {Weights} weights
 * @returns {Total[]}
 */
export const overBudget = ({ totals }) => totals.filter(({ gzip, budget }) => gzip > budget);

/**
 * Formats the sizes as a table for a terminal. 1 kB is 1000 bytes.
 * @param {Weights} weights
 * @returns {string}
 */
export function bundleTable({ rows, totals }) {
  const files = rows.map((row) => line(row.file, inKB(row.raw), inKB(row.gzip), row.moment));
  const sums = totals.map(({ name, budget, raw, gzip }) =>
    line(name, inKB(raw), inKB(gzip), `${gzip > budget ? 'OVER its budget of' : 'of'} ${budget / kB} kB`),
  );
  return ['', line('File', 'kB', 'gzip kB', 'Loads'), ...files, '', ...sums, ''].join('\n');
}

/** @type {(name: string, raw: string, gzip: string, note: string) => string} */
const line = (name, raw, gzip, note) => `${name.padEnd(36)}${raw.padStart(9)}${gzip.padStart(9)}  ${note}`;

/** @type {(bytes: number) => string} */
const inKB = (bytes) => (bytes / kB).toFixed(1);

/** @type {(figures: number[]) => number} */
const sum = (figures) => figures.reduce((total, figure) => total + figure, 0);
