/**
 * Makes `npm start` and `npm test` work on a fresh clone: the first import of every command, on Node's own modules only
 * and without syntax that an old Node cannot read, since it is what tells its user that the Node is too old.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean,
 *   link?: boolean, os?: string[], cpu?: string[] }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages keyed by path, '' being the project itself
 */

/**
 * Whether a Node can run the toolchain: 20.19 and later 20, 22.12 and later 22, and 24 or newer (what vite and vitest
 * ask for; the odd releases in between are not theirs).
 * @param {string} version as in process.versions.node
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major >= 24;
}

/**
 * Why node_modules does not hold what the lock file says, by content and never by date: a clone, a checkout and a
 * copy all set dates of their own.
 * @param {LockedPackages} locked packages of package-lock.json
 * @param {LockedPackages | null} installed packages of node_modules/.package-lock.json, which npm writes last; null if absent
 * @param {(path: string) => boolean} exists whether a path inside the project is there
 * @param {{ platform: string, arch: string }} machine
 * @returns {string | null} a reason for a person to read, null when all is well
 */
export function installFault(locked, installed, exists, machine) {
  if (!installed) return 'nothing is installed yet';
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '' || wanted.link) continue;
    const found = installed[path];
    if (!found && (wanted.optional || wanted.devOptional || wanted.peer)) continue;
    if (found?.version !== wanted.version || found?.integrity !== wanted.integrity) return 'package-lock.json changed';
  }
  for (const [path, found] of Object.entries(installed)) {
    if (!fits(found.os, machine.platform) || !fits(found.cpu, machine.arch)) return 'it was done on another machine';
    if (!exists(join(path, 'package.json'))) return 'it was interrupted';
  }
  return null;
}

/**
 * Ends the command with a sentence instead of a stack.
 * @param {unknown} reason an error, or the sentence
 * @returns {never}
 */
export function stop(reason) {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
}

/**
 * Stops the process with a sentence when Node is too old, and runs `npm ci` when node_modules is missing, stale or
 * incomplete, saying so in one line.
 */
export function ensureInstalled() {
  if (!isSupportedNode(process.versions.node)) {
    stop(`Content Planner needs Node 20.19, 22.12 or 24 (or later in each); this is Node ${process.versions.node}.`);
  }
  const locked = readPackages(join(root, 'package-lock.json'));
  if (!locked) return stop('package-lock.json is missing or is not JSON: check the file out again.');
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  const fault = installFault(locked, installed, (path) => existsSync(join(root, path)), {
    platform: process.platform,
    arch: process.arch,
  });
  if (!fault) return;
  process.stdout.write(`Installing packages with npm ci (${fault}).\n`);
  // Run by npm, this is npm's own script: no shell and no npm.cmd, which Windows starts only through one.
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const result =
    npm && basename(npm).startsWith('npm')
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) stop('npm ci did not finish: its own message is above. Nothing was started.');
}

/**
 * @param {string[] | undefined} allowed npm's `os` or `cpu` field, where `!x` excludes
 * @param {string} actual
 */
function fits(allowed, actual) {
  if (!allowed || allowed.includes(actual)) return true;
  return !allowed.includes(`!${actual}`) && allowed.every((entry) => entry.startsWith('!'));
}

/**
 * @param {string} file
 * @returns {LockedPackages | null} null when the file is absent, half written, or no lock file
 */
function readPackages(file) {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return typeof lock.packages === 'object' ? lock.packages : null;
  } catch {
    return null;
  }
}
