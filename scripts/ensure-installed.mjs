/**
 * Makes `npm start` and `npm test` work on a fresh clone. Every command imports this module first. It uses only Node's
 * built-in modules and no syntax that an old Node cannot parse, because it tells users that their Node is too old.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean,
 *   link?: boolean, os?: string[], cpu?: string[] }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages by path; '' is the project itself
 */

/**
 * Returns whether a version of Node can run the toolchain: 20.19 or later in 20, 22.12 or later in 22, and 24 or newer. These
 * are the requirements of vite and vitest, which do not support the odd releases in between.
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
 * Returns why node_modules does not match the lock file. Compares the content and never modification times, which a clone, a
 * checkout or a copy changes.
 * @param {LockedPackages} locked packages of package-lock.json
 * @param {LockedPackages | null} installed packages of node_modules/.package-lock.json, which npm writes last; null if missing
 * @param {(path: string) => boolean} exists whether a path inside the project exists
 * @param {{ platform: string, arch: string }} machine
 * @returns {string | null} a reason to print, or null if they match
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
 * Exits with a message instead of a stack trace.
 * @param {unknown} reason an error, or the message
 * @returns {never}
 */
export function stop(reason) {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
}

/**
 * Exits with a message if Node is too old. Prints one line and runs `npm ci` if node_modules is missing, outdated or
 * incomplete.
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
  // Under npm, this variable is the path of npm's script, which can run without a shell. On Windows, npm.cmd needs a shell.
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const result =
    npm && basename(npm).startsWith('npm')
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) stop('npm ci failed; see its output above. Nothing was started.');
}

/**
 * Returns whether a package's `os` or `cpu` field allows this machine.
 * @param {string[] | undefined} allowed the field, in which `!x` excludes
 * @param {string} actual
 */
function fits(allowed, actual) {
  if (!allowed || allowed.includes(actual)) return true;
  return !allowed.includes(`!${actual}`) && allowed.every((entry) => entry.startsWith('!'));
}

/**
 * Reads the packages of a lock file.
 * @param {string} file
 * @returns {LockedPackages | null} null if the file is missing, incomplete or not a lock file
 */
function readPackages(file) {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return typeof lock.packages === 'object' ? lock.packages : null;
  } catch {
    return null;
  }
}
