/** `npm run check`: checks types, lint, format, unused code, the oldest browsers and the lock file, and prints one line each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';
import { lockfileFaults } from './lockfile.mjs';
import { runTool, tool } from './processes.mjs';

ensureInstalled();
await check().catch(stop);

async function check() {
  // tsconfig.json itself compiles nothing. It references the projects, each with the globals of its runtime.
  for (const { path: project } of readJson('tsconfig.json').references)
    await step(`tsc -p ${project}`, () => command('typescript', ['-p', project], 'tsc'));
  await step('oxlint', () => command('oxlint', ['--type-aware', '--deny-warnings']));
  await step('prettier', () => command('prettier', ['--check', '.']));
  await step('knip', () => command('knip', ['--no-progress']));
  await step('oldest browsers', () => runTool(join(root, 'scripts/browsers.mjs'), [], { quiet: true }));
  await step('package-lock.json', () => {
    const faults = lockfileFaults(readJson('package-lock.json'));
    return Promise.resolve({ code: faults.length, output: faults.join('\n') });
  });
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

/**
 * Runs a package's command and captures its output.
 * @param {string} packageName
 * @param {string[]} args
 * @param {string} [name] the command's name, if it differs from the package's
 */
function command(packageName, args, name) {
  return runTool(tool(packageName, name), args, { quiet: true });
}

/**
 * Runs one check and prints its result, with its output if it failed.
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string }>} work
 */
async function step(name, work) {
  const start = performance.now();
  const { code, output } = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(34)} ${seconds} s\n`);
  if (code === 0) return;
  process.stdout.write(`${output.trimEnd()}\n`);
  process.exitCode = 1;
}
