/** Maps a request target to a file's bytes. Never leaves the folder, and reads and compresses each file only once. */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/**
 * @typedef {'br' | 'gzip'} Encoding
 * @typedef {{ path: string, body: Buffer, etag: string, encoded: Map<Encoding, Buffer> }} ServedFile
 */

/**
 * Returns the path of a request target, percent-decoded once.
 * @param {string} target as received: percent-encoded and not normalised
 * @returns {string | null} null for paths that the app never links to: dot segments (also encoded), backslashes, NUL, empty
 *   segments, invalid escapes
 */
export function decodedPath(target) {
  try {
    const path = decodeURIComponent(target.split(/[?#]/, 1)[0] ?? '');
    if (!path.startsWith('/') || path.includes('//') || /[\\\0]/.test(path)) return null;
    return path.split('/').some((segment) => segment === '.' || segment === '..') ? null : path;
  } catch {
    return null;
  }
}

/**
 * Creates a reader for one folder, which caches each file until it changes.
 * @param {string} folder
 * @returns {Promise<(path: string) => Promise<ServedFile | null>>} takes a {@link decodedPath}; resolves to null if the
 *   folder does not contain the file, after resolving symbolic links
 * @throws if the folder does not exist
 */
export async function fileReader(folder) {
  const root = await realpath(folder);
  /** @type {Map<string, { version: string, file: ServedFile }>} */
  const cache = new Map();
  return async (path) => {
    const location = await realpath(join(root, path)).catch(() => null);
    if (!location?.startsWith(root + sep)) return null;
    const found = await stat(location);
    if (!found.isFile()) return null;
    const version = `${found.mtimeMs} ${found.size}`;
    const known = cache.get(path);
    if (known?.version === version) return known.file;
    const body = await readFile(location);
    // A weak validator, because the plain and the compressed forms of a file share it.
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const file = { path, body, etag, encoded: new Map() };
    cache.set(path, { version, file });
    return file;
  };
}

/**
 * Selects a content encoding.
 * @param {string | undefined} accepted the Accept-Encoding header
 * @returns {Encoding | null} the best encoding that the client accepts, or null for none
 */
export function chosenEncoding(accepted = '') {
  const parts = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
  const taken = new Set(parts.filter((part) => !/;\s*q=0(\.0*)?$/.test(part)).map((part) => part.split(/\s*;/, 1)[0]));
  if (taken.has('br')) return 'br';
  return taken.has('gzip') ? 'gzip' : null;
}

/**
 * Returns a file's bytes in an encoding.
 * @param {ServedFile} file
 * @param {Encoding | null} encoding
 * @returns {Promise<Buffer>}
 */
export async function encodedBody(file, encoding) {
  if (!encoding) return file.body;
  const body = file.encoded.get(encoding) ?? (await compress[encoding](file.body));
  file.encoded.set(encoding, body);
  return body;
}
