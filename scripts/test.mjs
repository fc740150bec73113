/**
 * `npm test`: units, components and flows by vitest, then the built app in Chromium by Playwright, then the story in each engine.
 * The last line is `N passed, M failed` over all of them.
 *
 *     npm test -- tests/oauth            only vitest, only what matches
 *     npm test -- --unit                 only vitest
 *     npm test -- --browser [files]      only the build and Chromium
 *     npm test -- --engines [files]      only the build and the story in Chromium, Firefox and WebKit
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
 * Builds the app, and runs the tests that need it.
 * @param {string[]} filters
 * @param {{ browser: boolean, engines: boolean }} only which of them; neither: both
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
 * @param {string} config
 * @param {string} reportFile which it writes
 * @param {string[]} filters
 * @param {Record<string, string | undefined>} env
 */
async function runPlaywright(config, reportFile, filters, env) {
  const report = fresh(reportFile);
  const { code } = await runTool(tool('@playwright/test', 'playwright'), ['test', '-c', config, ...filters], { env });
  return playwrightCounts(read(report), code);
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
