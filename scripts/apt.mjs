/** Installs Debian packages that the tests need and npm does not provide. */
import { run } from './processes.mjs';

/**
 * Installs a Debian package, which requires root.
 * @param {string} name the package's name
 * @returns {Promise<boolean>} whether it is installed now
 */
export async function installByApt(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update', '-q'], { quiet: true, env })).code !== 0) return false;
  return (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env })).code === 0;
}
