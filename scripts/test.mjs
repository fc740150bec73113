/**
 * `npm test`: units, components and flows by vitest, then the built app in Chromium by Playwright. The last line is
 * `N passed, M failed` over both.
 *
 *     npm test -- tests/oauth            only vitest, only what matches
 *     npm test -- --unit                 only vitest
 *     npm test -- --browser [files]      only the build and the browser
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';
import { runTool, tool } from './processes.mjs';
import { playwrightCounts, sum, vitestCounts } from './test-counts.mjs';

ensureInstalled();
await test().catch(stop);

async function test() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { unit: { type: 'boolean', default: false }, browser: { type: 'boolean', default: false } },
  });
  const both = values.unit === values.browser && positionals.length === 0;
  mkdirSync(join(root, '.cache'), { recursive: true });

  const parts = [];
  if (both || !values.browser) parts.push(await runVitest(positionals));
  if (both || values.browser) parts.push(await runBrowser(positionals));
  const { passed, failed, ok } = sum(parts);
  if (passed + failed === 0) process.stdout.write('No test ran.\n');
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = ok ? 0 : 1;
}

/** @param {string[]} filters */
async function runVitest(filters) {
  const report = fresh('.cache/vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runTool(tool('vitest'), ['run', ...reporters, ...filters]);
  return vitestCounts(read(report), code);
}

/** @param {string[]} filters */
async function runBrowser(filters) {
  const { build } = await import('./build.mjs');
  const { findOrInstallChromium } = await import('./chromium.mjs');
  const { obtainNginx } = await import('./nginx.mjs');
  const report = fresh('.cache/playwright.json');
  try {
    await build();
    const env = { CHROMIUM: await findOrInstallChromium(), NGINX: (await obtainNginx()) ?? undefined };
    const { code } = await runTool(tool('@playwright/test', 'playwright'), ['test', ...filters], { env });
    return playwrightCounts(read(report), code);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {string} file
 * @returns {string} its absolute path, with no report of an earlier run there
 */
function fresh(file) {
  const path = join(root, file);
  rmSync(path, { force: true });
  return path;
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
