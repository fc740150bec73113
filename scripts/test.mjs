/**
 * `npm test`: runs the unit, component and flow tests with vitest, then the tests of the built app in Chromium with Playwright,
 * then the main user journey in each browser engine. The last line is `N passed, M failed`, the total of all of them.
 *
 *     npm test -- tests/oauth            only vitest, only matching files
 *     npm test -- --unit                 only vitest
 *     npm test -- --browser [files]      only the build and Chromium
 *     npm test -- --engines [files]      only the build and the journey in Chromium, Firefox and WebKit
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
    options: {
      unit: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      engines: { type: 'boolean', default: false },
    },
  });
  const { unit, browser, engines } = values;
  const isNarrowed = unit || browser || engines || positionals.length > 0;
  mkdirSync(join(root, '.cache'), { recursive: true });

  const parts = [];
  if (!isNarrowed || unit || !(browser || engines)) parts.push(await runVitest(positionals));
  if (!isNarrowed || browser || engines) parts.push(...(await runBuilt(positionals, { browser, engines })));
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

/**
 * Builds the app, and runs the tests that need the build.
 * @param {string[]} filters
 * @param {{ browser: boolean, engines: boolean }} only which of them to run; if neither is set, both run
 */
async function runBuilt(filters, { browser, engines }) {
  const { build } = await import('./build.mjs');
  const { findOrInstallChromium } = await import('./chromium.mjs');
  const parts = [];
  try {
    await build();
    const chromium = await findOrInstallChromium();
    if (browser || !engines) {
      const { obtainNginx } = await import('./nginx.mjs');
      const env = { CHROMIUM: chromium, NGINX: (await obtainNginx()) ?? undefined };
      parts.push(await runPlaywright('playwright.config.ts', '.cache/playwright.json', filters, env));
    }
    if (engines || !browser) {
      const { findOrInstallEngines } = await import('./engines.mjs');
      const env = { ENGINES: JSON.stringify({ chromium, ...(await findOrInstallEngines()) }) };
      parts.push(await runPlaywright('tests/engines/playwright.config.ts', '.cache/engines.json', filters, env));
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    parts.push({ passed: 0, failed: 1 });
  }
  return parts;
}

/**
 * Runs Playwright.
 * @param {string} config
 * @param {string} reportFile the report that this configuration writes
 * @param {string[]} filters
 * @param {Record<string, string | undefined>} env
 */
async function runPlaywright(config, reportFile, filters, env) {
  const report = fresh(reportFile);
  const { code } = await runTool(tool('@playwright/test', 'playwright'), ['test', '-c', config, ...filters], { env });
  return playwrightCounts(read(report), code);
}

/**
 * Deletes the report of an earlier run.
 * @param {string} file
 * @returns {string} the file's absolute path
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
