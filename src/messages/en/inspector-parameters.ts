/** The meanings of protocol names, each in one phrase. */
export type Meanings = Readonly<Partial<Record<string, string>>>;

/** Parameters of any error response (RFC 6749 §5.2). */
const error: Meanings = {
  error: 'Error code',
  error_description: 'Explanation for developers, in the server’s words',
  error_uri: 'A page about the error; the app doesn’t open it',
};

/** RFC 6749 §4.1.1, and extensions in RFC 7636, 8707, 9101, 9126, 9396, 9449 and OpenID Connect Core §3.1.2.1. */
export const authorizationRequest: Meanings = {
  response_type: 'What should be returned; only “code” keeps tokens out of URLs',
  response_mode: 'How the response should be returned',
  client_id: 'The app’s public ID',
  redirect_uri: 'Where to return; must be registered for this app',
  scope: 'The requested permissions',
  state: 'A random value that must come back: it ties the response to this tab',
  code_challenge: 'The hash of the verifier, which stays here',
  code_challenge_method: 'How the challenge is derived from the verifier: S256 is SHA-256',
  nonce: 'A random value that must come back in the ID token: it ties that token to this sign-in',
  resource: 'The service the token is for',
  authorization_details: 'Fine-grained permissions',
  login_hint: 'Which account to offer first',
  id_token_hint: 'An earlier ID token that names the account',
  acr_values: 'Required strength of the sign-in, in order of preference',
  max_age: 'Maximum age of the sign-in, in seconds; 0 asks for a new sign-in',
  prompt: 'What you must be shown: login signs in again, consent asks again, none shows nothing',
  display: 'Layout of the page',
  ui_locales: 'Languages for the page, in order of preference',
  claims: 'Individually requested claims',
  dpop_jkt: 'The thumbprint of this browser’s key: the code is useless with another one',
  request_uri: 'The reference to the pushed request',
  request: 'The whole request as a signed token',
};

/** RFC 6749 §4.1.2 and §4.1.2.1, RFC 9207 §2. */
export const authorizationResponse: Meanings = {
  code: 'Exchanged for tokens; single use, short-lived, and only with the verifier',
  state: 'The value that was sent, back again',
  iss: 'The server that responds; compared with the one asked',
  scope: 'The permissions, repeated by this server',
  session_state: 'The state of your session at the provider; not used by this app',
  ...error,
};

/** RFC 6749 §4.1.3 and §6, RFC 7636 §4.5, RFC 8707 §2, RFC 7523 §2.2. */
export const tokenRequest: Meanings = {
  grant_type: 'What is exchanged for tokens: a code, or a refresh token',
  code: 'The returned code; single use',
  redirect_uri: 'Where the code was sent; must equal the one in the request',
  client_id: 'The app’s public ID; it has no secret to prove it',
  client_secret: 'An app’s secret; a browser page has none',
  client_assertion: 'A signed token that proves which app this is',
  client_assertion_type: 'The type of client_assertion',
  code_verifier: 'The random value behind the challenge: proves that this tab started the sign-in',
  refresh_token: 'Keeps the session going; may be replaced by this request',
  scope: 'The permissions for the new token; no more than were granted',
  resource: 'The service the token is for',
  audience: 'The service the token is for (non-standard)',
};

/** RFC 6749 §5.1 and §5.2, OpenID Connect Core §3.1.3.3. */
export const tokenResponse: Meanings = {
  access_token: 'Sent with each call to the service',
  token_type: 'Bearer works for anyone who has it; DPoP needs the key as well',
  expires_in: 'Lifetime of the access token, in seconds from the response',
  refresh_token: 'Gets the next access token without asking you',
  refresh_token_expires_in: 'Lifetime of the refresh token, in seconds (non-standard)',
  scope: 'The permissions you allowed; if missing, the requested ones',
  id_token: 'A signed statement about who signed in, for this app',
  session_state: authorizationResponse['session_state'],
  authorization_details: 'Fine-grained permissions',
  ...error,
};

/** RFC 7009 §2.1. */
export const revocationRequest: Meanings = {
  token: 'The token to revoke',
  token_type_hint: 'Type of the token, to find it faster',
  client_id: 'The app the token was issued to',
};

/** RFC 9126 §2.2. */
export const pushedResponse: Meanings = {
  request_uri: 'Stands for the request in the URL; short-lived, for this app only',
  expires_in: 'Lifetime of the reference, in seconds',
  ...error,
};

/** OpenID Connect RP-Initiated Logout 1.0 §2. */
export const endSessionRequest: Meanings = {
  client_id: 'The app that sent you',
  id_token_hint: 'The ID token of the session to end',
  logout_hint: 'Who to sign out',
  post_logout_redirect_uri: 'Where to return afterwards; must be registered for this app',
  state: 'A random value that must come back',
  ui_locales: 'Languages for the page, in order of preference',
};

/** An error response of the service itself: RFC 9457 §3.1, or an OAuth-style error. */
export const refusal: Meanings = {
  type: 'The type of problem, as a URL',
  title: 'The type of problem, in short',
  status: 'The status of the response, repeated',
  detail: 'What went wrong this time, in the service’s words',
  instance: 'This occurrence of the problem',
  ...error,
};
