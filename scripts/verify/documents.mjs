/** Checks a deployed site's page, its workers, services.json, the client metadata and security.txt. Pure. */
import { CLIENT_METADATA_FILE } from '#scripts/client-metadata.mjs';
import { isLoopbackHost } from '#scripts/hosting.mjs';
import { integrityOf } from '#scripts/integrity.mjs';
import { fault, ok, weak } from './finding.mjs';
import { jsonObject } from './policy.mjs';

/**
 * Checks that the site is served over https, does not share its origin, and is configured for its path. STO-5
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function locationFindings({ url, page, entries }) {
  const isHere = isLoopbackHost(url.host);
  const encrypted = url.protocol === 'https:' || isHere;
  const files = [...page.text.matchAll(/<(?:script|link)\b[^>]*\s(?:src|href)="([^"]*)"/g)].map(
    ([, fileUrl = '']) => fileUrl,
  );
  const foreign = files.filter((fileUrl) => new URL(fileUrl, url).origin !== url.origin);
  const elsewhere = files.filter(
    (fileUrl) => !foreign.includes(fileUrl) && !new URL(fileUrl, url).pathname.startsWith(url.pathname),
  );
  return [
    encrypted ? ok('Address', url.href) : fault('Address', 'is not https, which service workers and keys require'),
    url.pathname === '/'
      ? ok('Origin', 'is not shared, judging by the path')
      : weak('Origin', `is shared: anything else served at ${url.origin} can read the data that this app stores`),
    page.status === 200 && page.type === 'text/html' && files.length > 0
      ? ok('Page', `is found, with ${entries.length} entry files`)
      : fault('Page', `is ${page.status} ${page.type}, but must be the app's page`),
    ...foreign.map((fileUrl) => fault('Page', `loads ${new URL(fileUrl, url).origin}, which is not its own origin`)),
    ...(elsewhere.length > 0
      ? [fault('Page', `references ${elsewhere[0]}, which is not below ${url.pathname}: run configure`)]
      : []),
    ...entries.flatMap(entryFinding),
  ];
}

/** @type {(entry: import('./visit.mjs').Site['entries'][number]) => import('./finding.mjs').Finding[]} */
function entryFinding({ file: { url: fileUrl, integrity }, response: { status, type, text } }) {
  const isRight =
    status === 200 && (type === 'text/javascript' || type === 'application/javascript' || type === 'text/css');
  if (!isRight) return [fault(`Entry ${fileUrl}`, `is ${status} ${type}: the app does not start`)];
  if (integrity === undefined) return [fault(`Entry ${fileUrl}`, 'has no integrity in the page')];
  return integrity === integrityOf(text)
    ? []
    : [
        fault(
          `Entry ${fileUrl}`,
          'is not what was built: something modifies it in transit, and browsers will block it',
        ),
      ];
}

/**
 * Checks the service worker's scripts.
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function workerFindings({ worker, workerParts, url }) {
  return [worker, ...workerParts].map(({ path, status, type, headers }) => {
    if (status >= 300 && status < 400) return fault(path, 'is behind a redirect, which is not allowed for a worker');
    if (status !== 200)
      return fault(path, `is ${status}: without it there is no background refresh and no offline cache`);
    if (!['text/javascript', 'application/javascript'].includes(type))
      return fault(path, `is ${type}, but must be text/javascript`);
    const scope = headers.get('service-worker-allowed');
    // The worker is in the app's folder, so its default scope is that folder. A host must not widen it to other folders.
    if (scope !== null && scope !== url.pathname)
      return fault(path, `is allowed the scope ${scope}, but only ${url.pathname} is correct`);
    return ok(path, `is a script, for ${url.pathname}`);
  });
}

/**
 * Checks services.json.
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function servicesFindings({ services: { status, type, text } }) {
  const what = 'services.json';
  if (status === 404) return [weak(what, 'is missing: Birdsong and "Add a service" are offered')];
  if (status !== 200 || type !== 'application/json')
    return [fault(what, `is ${status} ${type}, but must be JSON or 404`)];
  return [jsonObject(text) ? ok(what, 'is JSON') : fault(what, 'is not a JSON object')];
}

/**
 * Checks the client id metadata document. REG-3, REG-4
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function metadataFindings({ metadata: { status, type, text }, url }) {
  const what = CLIENT_METADATA_FILE;
  const isHere = url.protocol !== 'https:';
  if (status === 404)
    return [
      isHere
        ? ok(what, 'is missing, as expected without https')
        : weak(what, 'is missing: every service must register the app'),
    ];
  if (status !== 200 || type !== 'application/json')
    return [fault(what, `is ${status} ${type}, but must be JSON, because servers fetch it`)];
  const document = jsonObject(text);
  if (!document) return [fault(what, 'is not a JSON object')];
  const own = new URL(what, url).href;
  const redirects = document['redirect_uris'];
  const isOwn = (/** @type {unknown} */ value) =>
    typeof value === 'string' && URL.canParse(value) && new URL(value).origin === url.origin;
  const faults = [
    ...(document['client_id'] === own
      ? []
      : [
          fault(
            what,
            `names ${JSON.stringify(document['client_id'])} as its client_id, but is at ${own}: run configure`,
          ),
        ]),
    ...(Array.isArray(redirects) && redirects.includes(new URL('callback', url).href)
      ? []
      : [fault(what, 'lacks the redirect URI of this URL')]),
    ...(Array.isArray(redirects) && redirects.every(isOwn) ? [] : [fault(what, 'has redirect URIs of another origin')]),
    ...(document['token_endpoint_auth_method'] === 'none' ? [] : [fault(what, 'does not declare a public client')]),
    ...Object.keys(document)
      .filter((name) => name.startsWith('client_secret'))
      .map((name) => fault(what, `has ${name}, which is public`)),
    ...(Buffer.byteLength(text) <= 5 * 1024 ? [] : [fault(what, 'is larger than 5 KB, which servers may reject')]),
  ];
  return faults.length > 0 ? faults : [ok(what, `has its own URL as the client_id: ${own}`)];
}

/**
 * Checks security.txt (RFC 9116).
 * @param {import('./visit.mjs').Site} site
 * @param {number} now in milliseconds
 * @returns {import('./finding.mjs').Finding[]}
 */
export function securityTxtFindings({ securityTxt: { status, type, text }, url }, now) {
  const what = '/.well-known/security.txt';
  if (status !== 200) return [weak(what, 'is missing: there is no contact for reporting vulnerabilities')];
  // The deployer may not control the root of a shared host, so there it is only a weakness.
  if (type !== 'text/plain')
    return [(url.pathname === '/' ? fault : weak)(what, `is ${type}, but must be text/plain or 404`)];
  const expires = Date.parse(/^Expires: *(.+)$/m.exec(text)?.[1] ?? '');
  if (!/^Contact: *\S/m.test(text)) return [fault(what, 'has no Contact')];
  return [
    expires > now ? ok(what, 'has a contact and has not expired') : fault(what, 'is expired, or has no Expires field'),
  ];
}
