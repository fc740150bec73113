/**
 * How the app must be hosted: one source of headers and fallback rules, which the server here follows and from which
 * the configuration files for other hosts (hosts/) are written. Data and pure functions only.
 */

/** The one Trusted Types policy, in the page and in the worker (importScripts needs it too). PAGE-3 */
const TRUSTED_TYPES_POLICY = 'content-planner';

/** Where a page on a loopback host may call besides `https:`: servers under development on this machine. PAGE-2 */
const LOOPBACK_SOURCES = ['http://localhost:*', 'http://*.localhost:*', 'http://127.0.0.1:*'];

/** Browser features the app never uses; a script that got in shall not have them either. */
const CLOSED_FEATURES =
  'accelerometer autoplay camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid ' +
  'idle-detection local-fonts magnetometer microphone midi payment picture-in-picture publickey-credentials-create ' +
  'publickey-credentials-get screen-wake-lock serial storage-access usb window-management xr-spatial-tracking';

/** Headers of every answer, whatever the path. PAGE-1, PAGE-4 */
const COMMON_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': CLOSED_FEATURES.split(' ')
    .map((feature) => `${feature}=()`)
    .join(', '),
};

/** Sent over https only, where alone it counts. Without includeSubDomains: other hosts of the domain are not ours. PAGE-4 */
const TRANSPORT_SECURITY = { 'Strict-Transport-Security': 'max-age=63072000' };

/** What carries its content's hash in its name may be kept for ever; everything else is asked for anew each time. PAGE-7 */
export const LIFETIMES = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' };

/**
 * Paths below the app's folder that are no screens: `.well-known` (a server's metadata must not turn out to be a page),
 * hashed files, and whatever is named like a file. The source of a regular expression, to be matched as a whole; without
 * look-around, which Caddy's has not. PAGE-7
 */
export const NO_SCREEN = String.raw`(?:\.well-known|assets)(?:/.*)?|.*\.[^/]*`;

/** The screens by the first part of their path, for hosts that know no patterns; src/app/app.tsx has the routes. */
export const SCREENS = ['callback', 'compose', 'connections', 'inspector', 'services', 'settings', 'signed-out'];

/** @type {Record<string, string>} by extension */
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
 * The policy of every answer. A worker has the policy of its own script, so files carry it as pages do.
 * @param {{ loopback?: boolean, connect?: readonly string[] | null }} [page] whether the page's own host is a loopback one;
 *   the origins that it may call beside its own, null for every one that speaks https
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
 * @param {string} policy of {@link contentSecurityPolicy}
 * @returns {string} what of it a `<meta>` can say: browsers ignore, and complain of, a refusal of framing there
 */
export const metaPolicy = (policy) => policy.replace("frame-ancestors 'none'; ", '');

/**
 * The headers of every answer.
 * @param {{ policy: string, secure: boolean }} deployment secure: served by https
 * @returns {Record<string, string>} PAGE-1, PAGE-4
 */
export function pageHeaders({ policy, secure }) {
  return { 'Content-Security-Policy': policy, ...COMMON_HEADERS, ...(secure ? TRANSPORT_SECURITY : {}) };
}

/**
 * @param {string} host a Host header, with or without a port
 * @returns {boolean} whether it names this machine; `localhost.example` and `127.0.0.1.example` do not
 */
export function isLoopbackHost(host) {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '[::1]';
}

/**
 * @param {string} path of a file
 * @returns {string} its media type by extension
 */
export function contentType(path) {
  return CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * @param {string} path of a file that exists, as a URL path
 * @returns {string} Cache-Control
 */
export function cacheControl(path) {
  return path.startsWith('/assets/') ? LIFETIMES.hashed : LIFETIMES.other;
}

const noScreen = new RegExp(`^/(?:${NO_SCREEN})$`, 's');

/**
 * What a host does with a request.
 * @param {string} path decoded URL path
 * @param {{ method?: string, host?: string, secure?: boolean }} [request] secure: arrived by https
 * @returns {{ allowed: boolean, fallback: string | null, headers: Record<string, string> }} allowed: whether the method
 *   is one; fallback: the file to send with 200 where the path has none, null for 404; headers: for either
 */
export function responseRules(path, { method = 'GET', host = '', secure = false } = {}) {
  return {
    allowed: method === 'GET' || method === 'HEAD',
    fallback: noScreen.test(path) ? null : '/index.html',
    headers: pageHeaders({ policy: contentSecurityPolicy({ loopback: isLoopbackHost(host) }), secure }),
  };
}
