/** Finds the Chromium that the browser tests and the screenshots use, and installs one if there is none. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installByApt } from './apt.mjs';
import { run, runTool, tool } from './processes.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * @typedef {{
 *   platform: string,
 *   env: Record<string, string | undefined>,
 *   runs: (path: string) => Promise<boolean>,
 *   playwrightPath: () => Promise<string | null>,
 *   install: (how: 'apt' | 'playwright') => Promise<boolean>,
 *   isRoot: boolean,
 *   say: (line: string) => void,
 * }} Machine the environment, and the side effects the search may have; tests replace it
 */

/**
 * Lists the paths where a browser may be, best first: the PATH, the platform's usual folders, Playwright's own cache.
 * @param {Machine} machine
 * @returns {Promise<string[]>}
 */
async function candidates({ platform, env, playwrightPath }) {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  const cached = await playwrightPath();
  return [...(platform === 'win32' ? [] : onPath), ...usualPaths(platform, env), ...(cached ? [cached] : [])];
}

/**
 * @param {string} platform
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
function usualPaths(platform, env) {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform !== 'win32') return [];
  const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((folder) => folder);
  return folders.flatMap((folder) => [
    `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
    `${folder}\\Chromium\\Application\\chrome.exe`,
  ]);
}

/**
 * Finds a Chromium that starts. The CHROMIUM variable takes precedence.
 * @param {Machine} machine
 * @returns {Promise<string | null>} its path, or null if there is none
 * @throws {Error} if CHROMIUM is set to something that does not start, because silently using another browser would surprise
 */
export async function findChromium(machine) {
  const chosen = machine.env['CHROMIUM'];
  if (chosen) {
    if (await machine.runs(chosen)) return chosen;
    throw new Error(`CHROMIUM is ${chosen}, which does not start. Correct or unset the variable.`);
  }
  for (const path of await candidates(machine)) if (await machine.runs(path)) return path;
  return null;
}

/**
 * Finds a Chromium or installs one: as root with apt, otherwise (or if apt has none) with Playwright into its cache.
 * @param {Machine} [machine]
 * @returns {Promise<string>} its path
 * @throws {Error} with a message that says what to install, if no way worked
 */
export async function findOrInstallChromium(machine = thisMachine()) {
  const found = await findChromium(machine);
  if (found) return found;
  /** @type {('apt' | 'playwright')[]} */
  const installers = machine.isRoot && machine.platform === 'linux' ? ['apt', 'playwright'] : ['playwright'];
  for (const installer of installers) {
    machine.say(
      `Chromium not found: installing it (${installer === 'apt' ? 'apt-get' : 'playwright install chromium'}).`,
    );
    if (!(await machine.install(installer))) continue;
    const installed = await findChromium(machine);
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium, and it could not be installed. Install the package "chromium" (Debian), ' +
      'Chromium or Google Chrome, or set the CHROMIUM variable to its path.',
  );
}

/** @returns {Machine} */
function thisMachine() {
  return {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    runs,
    playwrightPath: async () => (await import('@playwright/test')).chromium.executablePath() || null,
    install: async (how) => (how === 'apt' ? await installByApt('chromium') : await installByPlaywright()),
    say: (line) => process.stdout.write(`${line}\n`),
  };
}

/**
 * Returns whether a path is a browser: it exists and prints its version. Ubuntu's chromium-browser is a stub that only asks
 * for a snap, and does not. On Windows the option would open a window, so it is enough that the file exists.
 * @param {string} path
 * @returns {Promise<boolean>}
 */
async function runs(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  if (process.platform === 'win32') return true;
  return (await run(path, ['--version'], { quiet: true })).code === 0;
}

async function installByPlaywright() {
  const withLibraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  const args = ['install', ...withLibraries, 'chromium'];
  return (await runTool(tool('@playwright/test', 'playwright'), args)).code === 0;
}
