/**
 * The endings of secret names, as a regular expression source: those of OAuth (RFC 6749, 7009, 7591, 7636; OIDC Core), such as
 * `access_token`, `code_verifier` and `client_assertion`, and variants that APIs use, such as `accessToken`, `api-key` and
 * `session_id`.
 */
export const SECRET_ENDING =
  'tokens?|secrets?|passwords?|passwd|passphrase|(?:api|private|access|secret)[_-]?key|assertion|credentials?|verifier|' +
  'signature|cookies?|session[_-]?id|id_token_hint';
/** Secret names. Those in the second group count only as whole names. */
const SECRET_NAME = new RegExp(
  `(?:${SECRET_ENDING}|^(?:(?:device_|user_)?code|key|passcode|otp|authorization|auth|bearer|sig|pwd))$`,
  'i',
);
/** Headers that carry credentials, including API-specific ones: `x-api-key`, `x-auth-token`, `x-amz-security-token`. */
const SECRET_HEADER =
  /(?:^|-)(?:api-?key|key|token|secret|auth|authorization|password|signature|cookie|session|csrf|xsrf)(?:$|-)/;
const NO_SECRETS = new Set(['idempotency-key', 'sec-websocket-key']);

/** A cache of earlier results: an app sees few names, again and again. */
const judged = new Map<string, boolean>();
const MAX_JUDGED = 1_000;

/** Returns true if the value under a name is a secret or represents one. Applies to parameters, JSON members and headers. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isSecret = SECRET_NAME.test(name);
  if (judged.size >= MAX_JUDGED) judged.clear();
  if (name.length <= 40) judged.set(name, isSecret);
  return isSecret;
}

/** Returns true if a header carries credentials. `name` is in lower case. */
export function isSecretHeader(name: string): boolean {
  return name === 'dpop' || (SECRET_HEADER.test(name) && !NO_SECRETS.has(name));
}
