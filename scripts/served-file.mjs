/** From a request's target to the bytes of a file: nothing outside the folder, each file read and compressed once. */
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
 * The path of a request target, decoded once.
 * @param {string} target as sent, still percent-encoded and not yet normalised
 * @returns {string | null} null for what no link of ours looks like: dot segments (encoded too), backslashes, NUL,
 *   empty segments, broken escapes
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
 * A reader of one folder that keeps what it has read for as long as the file stays the same.
 * @param {string} folder
 * @returns {Promise<(path: string) => Promise<ServedFile | null>>} takes a {@link decodedPath}; null when there is no
 *   such file inside the folder, symbolic links resolved
 * @throws when the folder is absent
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
    // Weak: one tag for the plain and the compressed forms of a file.
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const file = { path, body, etag, encoded: new Map() };
    cache.set(path, { version, file });
    return file;
  };
}

/**
 * @param {string | undefined} accepted Accept-Encoding
 * @returns {Encoding | null} the best that the client takes
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
 * @param {ServedFile} file
 * @param {Encoding | null} encoding
 * @returns {Promise<Buffer>} the file's bytes in that encoding
 */
export async function encodedBody(file, encoding) {
  if (!encoding) return file.body;
  const body = file.encoded.get(encoding) ?? (await compress[encoding](file.body));
  file.encoded.set(encoding, body);
  return body;
}
