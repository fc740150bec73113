/** The list of a built folder's files that the service worker keeps: `precache.js`, which the worker takes in. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { WORKER_FILES } from './worker-build.mjs';

export const PRECACHE_FILE = 'precache.js';

/** What the app itself loads, by its ending. Host files, documents for others and what is never loaded by a page stay out. */
const KEPT = /\.(?:html|js|css|svg|png|webmanifest|woff2)$/;
const LEFT_OUT = new Set([...WORKER_FILES, PRECACHE_FILE, '404.html']);

/**
 * Lists a built folder as it is now; to be called again after any of its files has changed.
 * @param {string} folder
 * @returns {number} how many files are listed
 */
export function writePrecache(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).split(sep).join('/').replace(/^\//, ''))
    .filter((path) => KEPT.test(path) && !LEFT_OUT.has(path) && !path.startsWith('.'))
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
