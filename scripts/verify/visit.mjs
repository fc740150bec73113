/** Requests everything that the checks of a deployed site need. The only part of them that uses the network. */
import { CLIENT_METADATA_FILE } from '#scripts/client-metadata.mjs';
import { entryFiles } from '#scripts/integrity.mjs';
import { PRECACHE_FILE } from '#scripts/precache.mjs';

/**
 * @typedef {{ path: string, status: number, type: string, headers: Headers, text: string }} SiteResponse path: as printed in findings;
 *   type: the media type without parameters
 *
 * @typedef {{
 *   url: URL,
 *   page: SiteResponse,
 *   screens: SiteResponse[],
 *   missing: SiteResponse[],
 *   worker: SiteResponse,
 *   workerParts: SiteResponse[],
 *   services: SiteResponse,
 *   metadata: SiteResponse,
 *   securityTxt: SiteResponse,
 *   entries: { file: ReturnType<typeof entryFiles>[number], response: SiteResponse }[],
 * }} Site screens: responses for paths of screens; missing: responses for paths that are neither files nor screens
 */

/** The scripts that the worker imports at startup. It does not start without them. */
const WORKER_PARTS = ['deployment.js', PRECACHE_FILE];

const SCREENS = ['connections', 'callback/0123456789abcdef'];

const MISSING = [
  '.well-known/oauth-protected-resource',
  '.well-known/openid-configuration',
  'assets/no-such-file-00000000.js',
  'no-such-file.json',
];

const TIMEOUT_MS = 15_000;

/**
 * Requests the site's files.
 * @param {string} siteUrl the URL of the folder with index.html, with its trailing slash
 * @param {typeof fetch} [ask]
 * @returns {Promise<Site>}
 * @throws {Error} if the site does not respond
 */
export async function visit(siteUrl, ask = fetch) {
  const url = new URL(siteUrl);
  /** @type {(path: string, from?: string | URL) => Promise<SiteResponse>} */
  const get = async (path, from = url) => {
    const target = new URL(path, from);
    // Redirects are reported, not followed: none of the app's documents or scripts may be behind one.
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await ask(target, { redirect: 'manual', signal }).catch((cause) => {
      throw new Error(`${target.href} did not respond: ${cause.cause?.message ?? cause.message}`, { cause });
    });
    const { status, headers } = response;
    const type = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return { path: path || target.pathname, status, type, headers, text: await response.text() };
  };
  const all = (/** @type {string[]} */ paths) => Promise.all(paths.map((path) => get(path)));

  const page = await get('');
  const ownEntries = entryFiles(page.text).filter(({ url: entry }) => new URL(entry, url).origin === url.origin);
  return {
    url,
    page,
    screens: await all(SCREENS),
    missing: await all(MISSING),
    worker: await get('worker.js'),
    workerParts: await all(WORKER_PARTS),
    services: await get('services.json'),
    metadata: await get(CLIENT_METADATA_FILE),
    securityTxt: await get('/.well-known/security.txt'),
    entries: await Promise.all(ownEntries.map(async (file) => ({ file, response: await get(file.url) }))),
  };
}
