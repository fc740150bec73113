/** Writes `precache.js`, which the service worker imports: the list of the built files that it precaches. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { WORKER_FILES } from './worker-build.mjs';

export const PRECACHE_FILE = 'precache.js';

/** The extensions of the files that the app loads. Host configuration, and documents that no page loads, are excluded. */
const CACHED = /\.(?:html|js|css|svg|png|webmanifest|woff2)$/;
const LEFT_OUT = new Set([...WORKER_FILES, PRECACHE_FILE, 'deployment.js', '404.html']);

/**
 * Lists the current files of a built folder. Call it again after any of them has changed.
 * @param {string} folder
 * @returns {number} the number of listed files
 */
export function writePrecache(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).split(sep).join('/').replace(/^\//, ''))
    .filter((path) => CACHED.test(path) && !LEFT_OUT.has(path) && !/^(?:\.|hosting\/)/.test(path))
    .toSorted();
  /** @type {[path: string, revision: string][]} */
  const files = paths.map((path) => [path, path.startsWith('assets/') ? '' : hashOf(readFileSync(join(folder, path)))]);
  const version = hashOf(JSON.stringify(files));
  writeFileSync(join(folder, PRECACHE_FILE), `self.precache = ${JSON.stringify({ version, files })};\n`);
  return files.length;
}

/** @param {string | Buffer} content */
function hashOf(content) {
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}
