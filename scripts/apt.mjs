/** Debian's packages, for what the tests need and npm does not have. */
import { run } from './processes.mjs';

/**
 * @param {string} name of a package
 * @returns {Promise<boolean>} whether it is installed now; only root can
 */
export async function installByApt(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update', '-q'], { quiet: true, env })).code !== 0) return false;
  return (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env })).code === 0;
}
