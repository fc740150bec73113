/**
 * Tests that the layer rules of .oxlintrc.json report every violation and nothing else: writes the specimens into a temporary
 * folder with copies of the rules, and lints them all at once.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '#scripts/ensure-installed.mjs';
import { tool } from '#scripts/processes.mjs';
import { OTHERS, PAIRS, type Specimen } from './specimens.ts';

interface Report {
  diagnostics: { code: string; filename: string }[];
}

let folder = '';
let report: Report = { diagnostics: [] };

/** The restrictions that a specimen violated: `imports`, `globals`. */
const broken = ({ project, file }: Specimen): string[] =>
  report.diagnostics
    .filter(({ filename }) => normalize(filename) === join(project, file))
    .flatMap(({ code }) => /no-restricted-(imports|globals)/.exec(code)?.[1] ?? []);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layers-'));
  // Without the rules that need types, because the specimens import files that do not exist.
  const { options: _options, ...rules } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8'));
  for (const { project, file, code } of [...PAIRS, ...OTHERS].map(({ written }) => written)) {
    const path = join(folder, project, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
    writeFileSync(join(folder, project, '.oxlintrc.json'), JSON.stringify(rules));
  }
  const { stdout } = spawnSync(process.execPath, [tool('oxlint'), '--format', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  report = JSON.parse(stdout);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('which layer may import which', () => {
  test.for(PAIRS)('$layer importing $target: $allowed', ({ written, allowed }) => {
    expect(broken(written)).toEqual(allowed ? [] : ['imports']);
  });
});

describe('bypasses', () => {
  test.for(OTHERS)('$what', ({ written, rule }) => {
    expect(broken(written)).toEqual(rule ? [rule] : []);
  });
});

// The lint rule cannot distinguish `typeof globalThis.fetch`, a type, from `globalThis.fetch`, the value.
test('oauth uses globalThis in types only', () => {
  const oauth = join(root, 'src/oauth');
  const files = readdirSync(oauth, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(0);
  const users = files.filter((file) => /(?<!typeof )\bglobalThis\b/.test(readFileSync(join(oauth, file), 'utf8')));
  expect(users).toEqual([]);
});
