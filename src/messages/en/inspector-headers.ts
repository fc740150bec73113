import type { Meanings } from './inspector-parameters.ts';

/** Headers of requests (RFC 9110; RFC 6750 §2.1; RFC 9449 §4.1 and §7.1; the Fetch standard). */
export const requestHeaders: Meanings = {
  accept: 'The form in which an answer is wanted',
  'accept-language': 'The languages in which an answer is wanted',
  authorization: 'The access token, by its kind',
  'cache-control': 'Whether a kept answer will do',
  'content-type': 'The form of the body',
  'content-length': 'The size of the body in bytes',
  cookie: 'What the site kept here; the app sends none to other sites',
  dpop: 'The proof of this browser’s key, made for this very request',
  'idempotency-key': 'The same for each attempt, so that a second one does nothing twice',
  'if-match': 'Only if it is still as it was',
  'if-none-match': 'Only if it has changed',
  origin: 'The site that asks; set by the browser',
  pragma: 'Whether a kept answer will do, in the old way',
  referer: 'The page that asks; this app’s pages send none',
};

/** Headers of answers (RFC 9110, 9111, 6750 §3, 9449 §8, 9728 §5.1; the Fetch standard). A page sees only those that the server exposes. */
export const responseHeaders: Meanings = {
  'access-control-allow-origin': 'Which sites may read the answer',
  'access-control-expose-headers': 'Which headers a page may read',
  age: 'How many seconds the answer was kept on the way',
  'cache-control': 'Whether the answer may be kept; answers with tokens may not',
  'content-encoding': 'How the body was compressed on the way',
  'content-language': 'The language of the body',
  'content-length': 'The size of the body in bytes',
  'content-type': 'The form of the body',
  date: 'When the server answered, by its clock',
  'dpop-nonce': 'The server’s nonce for the next proof',
  etag: 'Which version of the content this is',
  expires: 'How long the answer may be kept',
  'last-modified': 'When the content was last changed',
  location: 'Where to go, or where what was made is',
  link: 'Addresses of what belongs to it',
  pragma: 'Whether the answer may be kept, in the old way',
  'ratelimit-limit': 'How many requests are allowed in a while',
  'ratelimit-remaining': 'How many are left',
  'ratelimit-reset': 'When it begins anew',
  'retry-after': 'How long to wait before asking again',
  server: 'The program that answered',
  vary: 'What the answer depends on',
  'www-authenticate': 'Why the request was refused, and what would be accepted',
  'x-ratelimit-limit': 'How many requests are allowed in a while',
  'x-ratelimit-remaining': 'How many are left',
  'x-ratelimit-reset': 'When it begins anew',
};

/** Parameters of a challenge in WWW-Authenticate (RFC 9110 §11.5, 6750 §3, 9449 §7.1, 9470 §3, 9728 §5.1). */
export const challengeParameters: Meanings = {
  realm: 'The part of the service that is protected',
  scope: 'The permissions that the call needs',
  error: 'Why it was refused, by a name that programs know',
  error_description: 'The same for people who develop apps; the server’s words, not the app’s',
  error_uri: 'A page about the error. The app does not follow it',
  resource_metadata: 'Where the service describes itself',
  algs: 'Algorithms for the proof of a key',
  acr_values: 'How strongly you have to sign in',
  max_age: 'How many seconds ago you may have signed in at most',
};
