/** Whether what a deployed site says of itself is right: its page, its worker, and the documents beside them. Pure. */
import { CLIENT_METADATA_FILE } from '#scripts/client-metadata.mjs';
import { isLoopbackHost } from '#scripts/hosting.mjs';
import { integrityOf } from '#scripts/integrity.mjs';
import { fault, ok, weak } from './finding.mjs';
import { jsonObject } from './policy.mjs';

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]} where it is: encrypted, alone on its origin, fitted to its path. STO-5
 */
export function placeFindings({ url, page, entries }) {
  const isHere = isLoopbackHost(url.host);
  const encrypted = url.protocol === 'https:' || isHere;
  const files = [...page.text.matchAll(/<(?:script|link)\b[^>]*\s(?:src|href)="([^"]*)"/g)].map(
    ([, address = '']) => address,
  );
  const foreign = files.filter((address) => new URL(address, url).origin !== url.origin);
  const elsewhere = files.filter(
    (address) => !foreign.includes(address) && !new URL(address, url).pathname.startsWith(url.pathname),
  );
  return [
    encrypted ? ok('Address', url.href) : fault('Address', 'is not https: service workers and keys need it'),
    url.pathname === '/'
      ? ok('Origin', 'is this app’s alone, as far as its path tells')
      : weak('Origin', `is shared: whatever else is served at ${url.origin} can read what this app keeps`),
    page.status === 200 && page.type === 'text/html' && files.length > 0
      ? ok('Page', `is there, with ${entries.length} entry files`)
      : fault('Page', `is ${page.status} ${page.type}, and has to be the app's page`),
    ...foreign.map((address) => fault('Page', `loads ${new URL(address, url).origin}, which is not its own origin`)),
    ...(elsewhere.length > 0
      ? [fault('Page', `names ${elsewhere[0]}, which is not below ${url.pathname}: run configure`)]
      : []),
    ...entries.flatMap(entryFinding),
  ];
}

/** @type {(entry: import('./visit.mjs').Site['entries'][number]) => import('./finding.mjs').Finding[]} */
function entryFinding({ file: { address, integrity }, answer: { status, type, text } }) {
  const isRight =
    status === 200 && (type === 'text/javascript' || type === 'application/javascript' || type === 'text/css');
  if (!isRight) return [fault(`Entry ${address}`, `is ${status} ${type}: the app does not start`)];
  if (integrity === undefined) return [fault(`Entry ${address}`, 'has no integrity in the page')];
  return integrity === integrityOf(text)
    ? []
    : [
        fault(
          `Entry ${address}`,
          'is not what was built: something on the way changes scripts, and browsers will refuse it',
        ),
      ];
}

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function workerFindings({ worker, workerParts, url }) {
  return [worker, ...workerParts].map(({ path, status, type, headers }) => {
    if (status >= 300 && status < 400) return fault(path, 'is behind a redirect, which a worker must not be');
    if (status !== 200) return fault(path, `is ${status}: without it nothing is renewed in the background, nor kept`);
    if (!['text/javascript', 'application/javascript'].includes(type))
      return fault(path, `is ${type}, and has to be text/javascript`);
    const scope = headers.get('service-worker-allowed');
    // It lies in the app's folder, so that its scope is that folder. A host that widens it gives other folders away.
    if (scope !== null && scope !== url.pathname)
      return fault(path, `is allowed the scope ${scope}, and has to have ${url.pathname} alone`);
    return ok(path, `is a script, for ${url.pathname}`);
  });
}

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function servicesFindings({ services: { status, type, text } }) {
  const what = 'services.json';
  if (status === 404) return [weak(what, 'is not there: Birdsong and "Add a service" are offered')];
  if (status !== 200 || type !== 'application/json')
    return [fault(what, `is ${status} ${type}, and has to be JSON, or 404`)];
  return [jsonObject(text) ? ok(what, 'is JSON') : fault(what, 'is no JSON object')];
}

/**
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]} REG-3, REG-4
 */
export function metadataFindings({ metadata: { status, type, text }, url }) {
  const what = CLIENT_METADATA_FILE;
  const isHere = url.protocol !== 'https:';
  if (status === 404)
    return [
      isHere ? ok(what, 'is none, as on this machine') : weak(what, 'is none: services have to register the app'),
    ];
  if (status !== 200 || type !== 'application/json')
    return [fault(what, `is ${status} ${type}, and has to be JSON: servers fetch it`)];
  const document = jsonObject(text);
  if (!document) return [fault(what, 'is no JSON object')];
  const own = new URL(what, url).href;
  const redirects = document['redirect_uris'];
  const isOwn = (/** @type {unknown} */ address) =>
    typeof address === 'string' && URL.canParse(address) && new URL(address).origin === url.origin;
  const faults = [
    ...(document['client_id'] === own
      ? []
      : [
          fault(
            what,
            `names ${JSON.stringify(document['client_id'])} as its client_id, and lies at ${own}: run configure`,
          ),
        ]),
    ...(Array.isArray(redirects) && redirects.includes(new URL('callback', url).href)
      ? []
      : [fault(what, 'lacks the redirect URI of this address')]),
    ...(Array.isArray(redirects) && redirects.every(isOwn) ? [] : [fault(what, 'has redirect URIs of another origin')]),
    ...(document['token_endpoint_auth_method'] === 'none'
      ? []
      : [fault(what, 'does not say that the app has no secret')]),
    ...Object.keys(document)
      .filter((name) => name.startsWith('client_secret'))
      .map((name) => fault(what, `has ${name}, which everybody can read`)),
    ...(Buffer.byteLength(text) <= 5 * 1024 ? [] : [fault(what, 'is larger than 5 KB, more than servers need read')]),
  ];
  return faults.length > 0 ? faults : [ok(what, `is known by its own address, ${own}`)];
}

/**
 * @param {import('./visit.mjs').Site} site
 * @param {number} now in milliseconds
 * @returns {import('./finding.mjs').Finding[]} RFC 9116
 */
export function securityTxtFindings({ securityTxt: { status, type, text }, url }, now) {
  const what = '/.well-known/security.txt';
  if (status !== 200) return [weak(what, 'is not there: who finds a weakness does not know whom to tell')];
  // The root of a shared host is another's to answer for.
  if (type !== 'text/plain')
    return [(url.pathname === '/' ? fault : weak)(what, `is ${type}, and has to be text/plain, or 404`)];
  const expires = Date.parse(/^Expires: *(.+)$/m.exec(text)?.[1] ?? '');
  if (!/^Contact: *\S/m.test(text)) return [fault(what, 'has no Contact')];
  return [
    expires > now
      ? ok(what, 'has a contact and is not expired')
      : fault(what, 'is expired, or does not say when it will be'),
  ];
}
