/**
 * The hosting rules of the app: the single source of its headers and fallback rules. The local server follows them, and the
 * configuration files for other hosts (hosts/) are generated from them. Data and pure functions only.
 */

/** The name of the only Trusted Types policy, in the page and in the worker, where importScripts needs it. PAGE-3 */
const TRUSTED_TYPES_POLICY = 'content-planner';

/** The sources that a page on a loopback host may also call: servers under development on this machine. PAGE-2 */
const LOOPBACK_SOURCES = ['http://localhost:*', 'http://*.localhost:*', 'http://127.0.0.1:*'];

/** Browser features that the app never uses, so that injected scripts cannot use them either. */
const CLOSED_FEATURES =
  'accelerometer autoplay camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid ' +
  'idle-detection local-fonts magnetometer microphone midi payment picture-in-picture publickey-credentials-create ' +
  'publickey-credentials-get screen-wake-lock serial storage-access usb window-management xr-spatial-tracking';

/** The headers of every response, regardless of the path. PAGE-1, PAGE-4 */
const COMMON_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': CLOSED_FEATURES.split(' ')
    .map((feature) => `${feature}=()`)
    .join(', '),
};

/** Sent only over https, because browsers ignore it over http. No includeSubDomains: subdomains may not be ours. PAGE-4 */
const TRANSPORT_SECURITY = { 'Strict-Transport-Security': 'max-age=63072000' };

/** Files with a content hash in their name are cached for a year; everything else is revalidated on every request. PAGE-7 */
export const LIFETIMES = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' };

/**
 * Matches the paths below the app's folder that are not screens: `.well-known` (a request for server metadata must not get a
 * page), hashed files, and any other path with a file extension. This is the source of a regular expression, and has to match
 * the whole path. It has no lookaround, which Caddy does not support. PAGE-7
 */
export const NO_SCREEN = String.raw`(?:\.well-known|assets)(?:/.*)?|.*\.[^/]*`;

/** The first path segment of each screen, for hosts that do not support patterns. The routes are in src/app/app.tsx. */
export const SCREENS = ['callback', 'compose', 'connections', 'inspector', 'services', 'settings', 'signed-out'];

/** @type {Record<string, string>} media types by file extension */
export const CONTENT_TYPES = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/**
 * Returns the content security policy of every response. A worker gets its policy from its script's response, so files carry
 * the header too.
 * @param {{ loopback?: boolean, connect?: readonly string[] | null }} [page] loopback: whether the page is served from a
 *   loopback host; connect: the other origins that it may call, null for all https origins
 * @returns {string} PAGE-1, PAGE-2, PAGE-3
 */
export function contentSecurityPolicy({ loopback = false, connect = null } = {}) {
  const open = ['https:', ...(loopback ? LOOPBACK_SOURCES : [])];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    ["connect-src 'self'", ...(connect ?? open)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES_POLICY}`,
  ].join('; ');
}

/**
 * Removes frame-ancestors from a policy, because browsers ignore that directive in a `<meta>` element and log a warning.
 * @param {string} policy of {@link contentSecurityPolicy}
 * @returns {string}
 */
export const metaPolicy = (policy) => policy.replace("frame-ancestors 'none'; ", '');

/**
 * Returns the headers of every response.
 * @param {{ policy: string, secure: boolean }} deployment secure: served over https
 * @returns {Record<string, string>} PAGE-1, PAGE-4
 */
export function pageHeaders({ policy, secure }) {
  return { 'Content-Security-Policy': policy, ...COMMON_HEADERS, ...(secure ? TRANSPORT_SECURITY : {}) };
}

/**
 * Returns whether a host is a loopback host; `localhost.example` and `127.0.0.1.example` are not.
 * @param {string} host a Host header, with or without a port
 * @returns {boolean}
 */
export function isLoopbackHost(host) {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '[::1]';
}

/**
 * Returns a file's media type by its extension.
 * @param {string} path
 * @returns {string}
 */
export function contentType(path) {
  return CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * Returns the Cache-Control header of a file.
 * @param {string} path the URL path of a file that exists
 * @returns {string}
 */
export function cacheControl(path) {
  return path.startsWith('/assets/') ? LIFETIMES.hashed : LIFETIMES.other;
}

const noScreen = new RegExp(`^/(?:${NO_SCREEN})$`, 's');

/**
 * Returns how a host has to respond to a request.
 * @param {string} path the decoded URL path
 * @param {{ method?: string | undefined, host?: string | undefined, secure?: boolean }} [request] secure: received over https
 * @returns {{ allowed: boolean, fallback: string | null, headers: Record<string, string> }} allowed: whether the method is
 *   allowed; fallback: the file to send with 200 if the path has no file, null for a 404; headers: sent in all cases
 */
export function responseRules(path, { method = 'GET', host = '', secure = false } = {}) {
  return {
    allowed: method === 'GET' || method === 'HEAD',
    fallback: noScreen.test(path) ? null : '/index.html',
    headers: pageHeaders({ policy: contentSecurityPolicy({ loopback: isLoopbackHost(host) }), secure }),
  };
}
