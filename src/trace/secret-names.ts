/**
 * How names of secrets end: those of OAuth (RFC 6749, 7009, 7591, 7636; OIDC Core), as `access_token`, `code_verifier` and
 * `client_assertion`, and what APIs make of them, as `accessToken`, `api-key` and `session_id`. Source of a regular expression.
 */
export const SECRET_ENDING =
  'tokens?|secrets?|passwords?|passwd|passphrase|(?:api|private|access|secret)[_-]?key|assertion|credentials?|verifier|' +
  'signature|cookies?|session[_-]?id|id_token_hint';
/** These are secrets, or stand for one, as whole names alone. */
const SECRET_NAME = new RegExp(
  `(?:${SECRET_ENDING}|^(?:(?:device_|user_)?code|key|passcode|otp|authorization|auth|bearer|sig|pwd))$`,
  'i',
);
/** Also keys of an API that has its own: `x-api-key`, `x-auth-token`, `x-amz-security-token`. */
const SECRET_HEADER =
  /(?:^|-)(?:api-?key|key|token|secret|auth|authorization|password|signature|cookie|session|csrf|xsrf)(?:$|-)/;
const NO_SECRETS = new Set(['idempotency-key', 'sec-websocket-key']);

/** Whether names say secret, as found before: an app sees few, again and again. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 1_000;

/** Whether what stands under a name is a secret, or stands for one: a parameter, a member of JSON, a header. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isSecret = SECRET_NAME.test(name);
  if (judged.size >= MOST_JUDGED) judged.clear();
  if (name.length <= 40) judged.set(name, isSecret);
  return isSecret;
}

/** Whether a header carries credentials. `name` in lower case. */
export function isSecretHeader(name: string): boolean {
  return name === 'dpop' || (SECRET_HEADER.test(name) && !NO_SECRETS.has(name));
}
