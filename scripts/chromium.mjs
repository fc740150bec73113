/** Finds the Chromium that the browser tests and the pictures use, and gets one where there is none. */
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
 * }} Machine what the finder may look at and do
 */

/**
 * The places a browser may be at, best first: the CHROMIUM variable, the PATH, the platform's usual folders,
 * Playwright's own cache.
 * @param {Machine} machine
 * @returns {Promise<string[]>}
 */
async function candidates({ platform, env, playwrightPath }) {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  const cached = await playwrightPath();
  return [...(platform === 'win32' ? [] : onPath), ...usualPlaces(platform, env), ...(cached ? [cached] : [])];
}

/**
 * @param {string} platform
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
function usualPlaces(platform, env) {
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
 * @param {Machine} machine
 * @returns {Promise<string | null>} path of a Chromium that starts
 * @throws {Error} when CHROMIUM is set to something that does not start: another browser would be a surprise
 */
export async function findChromium(machine) {
  const chosen = machine.env['CHROMIUM'];
  if (chosen) {
    if (await machine.runs(chosen)) return chosen;
    throw new Error(`CHROMIUM is ${chosen}, which does not start. Correct the variable, or unset it.`);
  }
  for (const path of await candidates(machine)) if (await machine.runs(path)) return path;
  return null;
}

/**
 * Finds a Chromium, or else installs one: by apt as root, otherwise (or should apt have none) by Playwright into its cache.
 * @param {Machine} [machine]
 * @returns {Promise<string>} its path
 * @throws {Error} saying what to install, when nothing helped
 */
export async function findOrInstallChromium(machine = thisMachine()) {
  const found = await findChromium(machine);
  if (found) return found;
  /** @type {('apt' | 'playwright')[]} */
  const ways = machine.isRoot && machine.platform === 'linux' ? ['apt', 'playwright'] : ['playwright'];
  for (const way of ways) {
    machine.say(`No Chromium here: installing one (${way === 'apt' ? 'apt-get' : 'playwright install chromium'}).`);
    if (!(await machine.install(way))) continue;
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
 * Whether a path is a browser: it exists and tells its version. Ubuntu's chromium-browser, which only asks for a snap,
 * does not. (Windows would open a window instead of telling, so there existing is enough.)
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
