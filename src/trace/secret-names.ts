/** Parameters and members whose values are secrets or stand for one (RFC 6749, 7009, 7591, 7636, 9449; OIDC Core). */
const SECRET_NAMES = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token',
  'code',
  'device_code',
  'user_code',
  'code_verifier',
  'client_secret',
  'client_assertion',
  'registration_access_token',
  'assertion',
  'password',
  'secret',
  'api_key',
  'apikey',
  'key',
  'passcode',
  'otp',
  'authorization',
  'cookie',
]);
/** Names that APIs make of these: `accessToken`, `page_token`, `clientSecret`. */
const SECRET_NAME =
  /(?:token|secret|password|passwd|api_?key|private_?key|assertion|credentials?|verifier|signature)$/i;
const SECRET_HEADERS = new Set(['authorization', 'dpop', 'cookie', 'set-cookie', 'proxy-authorization']);
/** Keys of an API that has its own: `x-api-key`, `x-auth-token`, `x-amz-security-token`. */
const SECRET_HEADER = /(?:^|-)(?:api-?key|key|token|secret|auth|authorization|password|signature)(?:$|-)/;
const NO_SECRETS = new Set(['idempotency-key', 'sec-websocket-key']);

/** Whether names say secret, as found before: an app sees few, again and again. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 1_000;

/** Whether what stands under a name is a secret, or stands for one: a parameter, a member of JSON, a header. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isSecret = SECRET_NAMES.has(name.toLowerCase()) || SECRET_NAME.test(name);
  if (judged.size >= MOST_JUDGED) judged.clear();
  if (name.length <= 40) judged.set(name, isSecret);
  return isSecret;
}

/** Whether a header carries credentials. `name` in lower case. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name) || (SECRET_HEADER.test(name) && !NO_SECRETS.has(name));
}
