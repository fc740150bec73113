import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { writePrecache } from '#scripts/precache.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'precache-'));
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, '.well-known'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text = path): void => writeFileSync(join(folder, path), text);

/** The entries that the worker finds in the list. */
function listed() {
  const text = readFileSync(join(folder, 'precache.js'), 'utf8');
  const json = /^self\.precache = (.*);\n$/.exec(text)?.[1] ?? '';
  return JSON.parse(json) as { version: string; files: [path: string, revision: string][] };
}

test('lists what the app loads, and nothing for hosts, for servers, or for the worker itself', () => {
  for (const path of ['index.html', 'theme.js', 'icon.svg', 'assets/app-h1.js', 'assets/app-h1.css']) write(path);
  for (const path of ['worker.js', 'birdsong.js', 'services.json', '404.html', '_headers', '.well-known/security.txt'])
    write(path);
  expect(writePrecache(folder)).toBe(5);
  writePrecache(folder);
  expect(listed().files.map(([path]) => path)).toEqual([
    'assets/app-h1.css',
    'assets/app-h1.js',
    'icon.svg',
    'index.html',
    'theme.js',
  ]);
});

test('gives a file without a hash in its name a revision, and a new version when it changes', () => {
  write('index.html');
  write('assets/app-h1.js');
  writePrecache(folder);
  const before = listed();
  expect(before.files).toEqual([
    ['assets/app-h1.js', ''],
    ['index.html', expect.stringMatching(/^[\w-]{16}$/)],
  ]);
  writePrecache(folder);
  expect(listed()).toEqual(before);
  write('index.html', 'changed');
  writePrecache(folder);
  expect(listed().version).not.toBe(before.version);
});
