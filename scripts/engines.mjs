/** Finds Firefox and WebKit, in which the main story runs as well as in Chromium, and installs them where possible. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installByApt } from './apt.mjs';

/**
 * @typedef {{ driver: string, miniBrowser: string, xvfb: string, import: string }} WebKitPaths `import` is ImageMagick's, which
 *   takes pictures of the X server's screen
 * @typedef {{ firefox: string | null, webkit: WebKitPaths | null }} Engines paths of programs; null if not on this machine
 * @typedef {{
 *   platform: string,
 *   env: Record<string, string | undefined>,
 *   isAvailable: (path: string) => boolean,
 *   install: (debianPackage: string) => Promise<boolean>,
 *   isRoot: boolean,
 *   say: (line: string) => void,
 * }} Machine the environment, and the side effects the search may have; tests replace it
 * @typedef {{ variable: string, names: string[], folders: string[], debianPackage: string }} Program the environment
 *   variable `variable` overrides its path
 */

/** @type {Program} */
const FIREFOX = {
  variable: 'FIREFOX',
  names: ['firefox-esr', 'firefox'],
  folders: ['/Applications/Firefox.app/Contents/MacOS'],
  debianPackage: 'firefox-esr',
};

/** Distributions put programs that belong to a library in different folders. */
const LIBRARY_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/libexec',
  '/usr/lib',
];

/** @type {Record<keyof WebKitPaths, Program>} */
const WEBKIT = {
  driver: { variable: 'WEBKIT_DRIVER', names: ['WebKitWebDriver'], folders: [], debianPackage: 'webkit2gtk-driver' },
  miniBrowser: {
    variable: 'WEBKIT_MINIBROWSER',
    names: ['MiniBrowser'],
    folders: LIBRARY_FOLDERS.flatMap((folder) => [`${folder}/webkit2gtk-4.1`, `${folder}/webkitgtk-6.0`]),
    debianPackage: 'webkit2gtk-driver',
  },
  xvfb: { variable: 'XVFB', names: ['Xvfb'], folders: [], debianPackage: 'xvfb' },
  import: { variable: 'IMAGEMAGICK_IMPORT', names: ['import'], folders: [], debianPackage: 'imagemagick' },
};

/**
 * Finds Firefox and WebKit, and installs missing programs with apt if this process is root on Linux. Names what stays missing.
 * @param {Machine} [machine]
 * @returns {Promise<Engines>}
 * @throws {Error} in continuous integration, when an engine is missing
 */
export async function findOrInstallEngines(machine = thisMachine()) {
  const firefox = await findOrInstall(FIREFOX, machine);
  /** @type {Partial<WebKitPaths>} */
  const webkit = {};
  for (const [part, program] of Object.entries(WEBKIT)) {
    const path = await findOrInstall(program, machine);
    if (path) webkit[/** @type {keyof WebKitPaths} */ (part)] = path;
  }
  const missing = [...(firefox ? [] : [FIREFOX]), ...missingOf(webkit)];
  if (missing.length > 0) tell(missing, machine);
  return { firefox, webkit: isWhole(webkit) ? webkit : null };
}

/** @type {(webkit: Partial<WebKitPaths>) => Program[]} */
const missingOf = (webkit) => Object.entries(WEBKIT).flatMap(([part, program]) => (part in webkit ? [] : [program]));

/**
 * @param {Partial<WebKitPaths>} webkit
 * @returns {webkit is WebKitPaths}
 */
function isWhole(webkit) {
  return missingOf(webkit).length === 0;
}

/**
 * @param {Program[]} missing
 * @param {Machine} machine
 */
function tell(missing, { env, say }) {
  const programs = missing.map(({ names, variable }) => `${names[0]} (or set ${variable} to its path)`).join(', ');
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))].join(' ');
  const help = `Install ${programs}. Debian has them in: ${packages}.`;
  if (env['CI']) throw new Error(`The story in every engine needs programs that could not be installed. ${help}`);
  say(`SKIPPED: the story in engines that are not installed. ${help}`);
}

/**
 * @param {Program} program
 * @param {Machine} machine
 * @returns {Promise<string | null>}
 */
async function findOrInstall(program, machine) {
  const found = find(program, machine);
  if (found || !machine.isRoot || machine.platform !== 'linux') return found;
  machine.say(`${program.names[0]} not found: installing ${program.debianPackage} (apt-get).`);
  return (await machine.install(program.debianPackage)) ? find(program, machine) : null;
}

/**
 * @param {Program} program
 * @param {Machine} machine
 * @returns {string | null}
 * @throws {Error} if the variable names something that cannot be run; silently using another program would be a surprise
 */
function find({ variable, names, folders }, { env, isAvailable }) {
  const chosen = env[variable];
  if (chosen) {
    if (isAvailable(chosen)) return chosen;
    throw new Error(`${variable} is ${chosen}, which cannot be run. Correct or unset the variable.`);
  }
  const everywhere = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...folders];
  const paths = names.flatMap((name) => everywhere.map((folder) => join(folder, name)));
  return paths.find((path) => isAvailable(path)) ?? null;
}

/** @returns {Machine} */
const thisMachine = () => ({
  platform: process.platform,
  env: process.env,
  isAvailable: isExecutable,
  install: installByApt,
  isRoot: process.getuid?.() === 0,
  say: (line) => process.stdout.write(`${line}\n`),
});

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
