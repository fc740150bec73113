import type { Meanings } from './inspector-parameters.ts';

/** Request headers (RFC 9110; RFC 6750 §2.1; RFC 9449 §4.1 and §7.1; the Fetch standard). */
export const requestHeaders: Meanings = {
  accept: 'Accepted response types',
  'accept-language': 'Accepted languages',
  authorization: 'The access token and its type',
  'cache-control': 'Cache behaviour',
  'content-type': 'Body type',
  'content-length': 'Body size in bytes',
  cookie: 'Cookies of the site; the app sends none to other sites',
  dpop: 'The proof of this browser’s key, made for this request only',
  'idempotency-key': 'The same for each attempt, so a retry does nothing twice',
  'if-match': 'Only if unchanged',
  'if-none-match': 'Only if changed',
  origin: 'The requesting site; set by the browser',
  pragma: 'Cache behaviour (legacy)',
  referer: 'The requesting page; this app sends none',
};

/**
 * Response headers (RFC 9110, 9111, 6750 §3, 9449 §8, 9728 §5.1; the Fetch standard). A page can read only those that the server
 * exposes.
 */
export const responseHeaders: Meanings = {
  'access-control-allow-origin': 'Sites allowed to read the response',
  'access-control-expose-headers': 'Headers a page can read',
  age: 'Seconds the response spent in a cache',
  'cache-control': 'Whether the response can be cached; responses with tokens can’t',
  'content-encoding': 'Compression of the body',
  'content-language': 'Language of the body',
  'content-length': 'Body size in bytes',
  'content-type': 'Body type',
  date: 'When the server responded, by its clock',
  'dpop-nonce': 'The server’s nonce for the next proof',
  etag: 'Version of the content',
  expires: 'How long the response can be cached',
  'last-modified': 'When the content was last changed',
  location: 'Where to go, or where the new resource is',
  link: 'Related URLs',
  pragma: 'Whether the response can be cached (legacy)',
  'ratelimit-limit': 'Requests allowed per window',
  'ratelimit-remaining': 'Requests left',
  'ratelimit-reset': 'When the limit resets',
  'retry-after': 'How long to wait before retrying',
  server: 'Server software',
  vary: 'Request headers the response depends on',
  'www-authenticate': 'Why the request was rejected, and what would be accepted',
  'x-ratelimit-limit': 'Requests allowed per window',
  'x-ratelimit-remaining': 'Requests left',
  'x-ratelimit-reset': 'When the limit resets',
};

/** Parameters of a WWW-Authenticate challenge (RFC 9110 §11.5, 6750 §3, 9449 §7.1, 9470 §3, 9728 §5.1). */
export const challengeParameters: Meanings = {
  realm: 'The protected part of the service',
  scope: 'The permissions the call needs',
  error: 'Error code',
  error_description: 'Explanation for developers, in the server’s words',
  error_uri: 'A page about the error; the app doesn’t open it',
  resource_metadata: 'Where the service’s metadata is',
  algs: 'Accepted DPoP algorithms',
  acr_values: 'Required strength of the sign-in',
  max_age: 'Maximum age of the sign-in, in seconds',
};
