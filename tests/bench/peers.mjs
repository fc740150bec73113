/**
 * Measures our row of a side-by-side bench of client libraries, which is in a folder outside this repository. Its B2 delays the
 * page's own requests (`Network.emulateNetworkConditions`): ours for tokens and keys, but not the document and the scripts,
 * which come from the worker; those of the others, which have no worker, including the document. `npm run bench` (figures.mjs)
 * measures ours with everything delayed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findOrInstallChromium } from '#scripts/chromium.mjs';
import { root } from '#scripts/ensure-installed.mjs';
import { buildBenchPage, freshFolder } from './page-build.mjs';

const NAME = 'ours';

const NOTE =
  'Content Planner, its bench page (tests/bench/page): tokens in IndexedDB, endpoints static, id_token signature verified. ' +
  'Birdsong left out.';

/** A whole row takes some minutes; a run that hangs is killed. */
const TIMEOUT_MS = 30 * 60 * 1000;

/**
 * Copies that bench to a folder that is removed afterwards, adds our line to its peers, has it measure that line alone, and
 * prints our row beside those that it holds. Its packages are taken from here, where they are the same.
 * @param {{ bench?: string, only?: string, quick?: boolean }} options only: b1 to b5, by commas; quick: few rounds
 * @throws {Error} if the folder has no such bench, or it fails
 */
export async function printRow({ bench, only, quick = false }) {
  if (!bench) throw new Error('--bench names the folder of the side-by-side bench.');
  const folder = await freshFolder('bench-peers-');
  try {
    await cp(resolve(bench), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
    await makeWritable(folder);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const { as, api } = await import(pathToFileURL(join(folder, 'peers.mjs')).href);
    const dist = join(folder, 'ours');
    await buildBenchPage(dist, {
      issuer: as,
      // The paths of its server.
      endpoints: {
        authorization_endpoint: `${as}/authorize`,
        token_endpoint: `${as}/oauth/token`,
        jwks_uri: `${as}/jwks`,
      },
      clientId: 'spa',
      api,
      scope: ['openid'],
    });
    await addLine(join(folder, 'peers.mjs'));
    await measure(folder, {
      OUR_DIST: dist,
      PEERS: NAME,
      SKIP_CI: '1',
      CHROMIUM: await findOrInstallChromium(),
      ...(only && { BENCH: only }),
      ...(quick && { QUICK: '1' }),
    });
    await printSummary(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} folder whose original must not be written to */
async function makeWritable(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

/**
 * @param {string} file
 * @throws {Error} if it is not a list of peers
 */
async function addLine(file) {
  const list = await readFile(file, 'utf8');
  const end = list.lastIndexOf('];');
  if (end < 0) throw new Error(`${file} has no list of peers`);
  const line = `  { name: '${NAME}', dist: process.env.OUR_DIST, wraps: [], note: ${JSON.stringify(NOTE)} },\n`;
  await writeFile(file, list.slice(0, end) + line + list.slice(end));
}

/**
 * @param {string} folder
 * @param {Record<string, string>} env
 */
async function measure(folder, env) {
  const child = spawn(process.execPath, ['run.mjs'], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: 'inherit',
    timeout: TIMEOUT_MS,
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the bench ended with ${code}`);
}

/** Prints the table of all rows, and the row of each bench that is ours. @param {string} folder */
async function printSummary(folder) {
  const results = await readFile(join(folder, 'RESULTS.md'), 'utf8');
  const [, summary = ''] = /## Summary\n([\s\S]*?)\n## /.exec(results) ?? [];
  const [, details = ''] = results.split('\n## B1', 2);
  const ours = details.split('\n').filter((line) => line.startsWith(`| ${NAME} |`));
  process.stdout.write(`${summary}\nB1 to B5 in full:\n${ours.join('\n')}\n`);
}
