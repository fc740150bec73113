/** What a name on the wire means, in one phrase. */
export type Meanings = Readonly<Partial<Record<string, string>>>;

/** Of an error, wherever one is answered (RFC 6749 §5.2). */
const error: Meanings = {
  error: 'What went wrong, by a name that programs know',
  error_description: 'The same for people who develop apps; the server’s words, not the app’s',
  error_uri: 'A page about the error. The app does not follow it',
};

/** RFC 6749 §4.1.1, and what RFC 7636, 8707, 9101, 9126, 9396, 9449 and OpenID Connect Core §3.1.2.1 add. */
export const authorizationRequest: Meanings = {
  response_type: 'What is to come back; “code” is the only kind that keeps tokens out of addresses',
  response_mode: 'How the answer is to come back',
  client_id: 'Which app asks; public, no secret',
  redirect_uri: 'Where the answer is to go; must be one that the server knows for this app',
  scope: 'The permissions asked for',
  state: 'A random value that must come back: it ties the answer to this tab',
  code_challenge: 'The hash of the verifier, which stays here',
  code_challenge_method: 'How the challenge is made from the verifier: S256 is SHA-256',
  nonce: 'A random value that must come back inside the id token: it ties that token to this sign-in',
  resource: 'The service that the token is for',
  authorization_details: 'Permissions in finer detail than a scope can say',
  login_hint: 'Which account to offer first',
  id_token_hint: 'An earlier id token, to name the account',
  acr_values: 'How strongly you have to sign in, best first',
  max_age: 'How many seconds ago you may have signed in at most; 0 asks for a new sign-in',
  prompt: 'What you have to be shown: login signs in anew, consent asks for permission anew, none shows nothing',
  display: 'How the page should be laid out',
  ui_locales: 'The languages for the page, best first',
  claims: 'Single claims that are asked for',
  dpop_jkt: 'The thumbprint of this browser’s key: the code is of no use with another one',
  request_uri: 'The reference to the request that was handed over beforehand',
  request: 'The whole request as a signed token',
};

/** RFC 6749 §4.1.2 and §4.1.2.1, RFC 9207 §2. */
export const authorizationResponse: Meanings = {
  code: 'Exchanged for tokens; good once, for a short time, and only with the verifier',
  state: 'The value that was sent, back again',
  iss: 'Which server answers; compared with the one that was asked',
  scope: 'The permissions, as this server repeats them here',
  session_state: 'The state of your session at the provider; this app does not watch it',
  ...error,
};

/** RFC 6749 §4.1.3 and §6, RFC 7636 §4.5, RFC 8707 §2, RFC 7523 §2.2. */
export const tokenRequest: Meanings = {
  grant_type: 'What is exchanged for tokens: a code, or a refresh token',
  code: 'The code that came back; good once',
  redirect_uri: 'The address that the code was sent to; must equal the one in the request',
  client_id: 'Which app asks; it has no secret to prove it with',
  client_secret: 'An app’s secret; a page in a browser has none',
  client_assertion: 'A signed token by which an app proves who it is',
  client_assertion_type: 'The kind of client_assertion',
  code_verifier: 'The random value behind the challenge: proves that the request came from here',
  refresh_token: 'What the grant goes on with; may be replaced by this very exchange',
  scope: 'The permissions for the new token; none more than were granted',
  resource: 'The service that the token is for',
  audience: 'The service that the token is for, in the way of some servers',
};

/** RFC 6749 §5.1 and §5.2, OpenID Connect Core §3.1.3.3. */
export const tokenResponse: Meanings = {
  access_token: 'Sent with each call to the service',
  token_type: 'Bearer works for whoever has it; DPoP needs the key as well',
  expires_in: 'How many seconds the access token lives, from the answer on',
  refresh_token: 'Gets the next access token without asking you',
  refresh_token_expires_in: 'How many seconds the refresh token lives; an addition of some servers',
  scope: 'The permissions you allowed; where it is missing, those that were asked for',
  id_token: 'Who signed in, as a signed statement for this app',
  session_state: authorizationResponse['session_state'],
  authorization_details: 'Permissions in finer detail than a scope can say',
  ...error,
};

/** RFC 7009 §2.1. */
export const revocationRequest: Meanings = {
  token: 'The token that is to be worthless',
  token_type_hint: 'Which kind it is, so that the server finds it faster',
  client_id: 'Which app the token was issued to',
};

/** RFC 9126 §2.2. */
export const pushedResponse: Meanings = {
  request_uri: 'Stands for the request in the address; good for a short time, and for this app alone',
  expires_in: 'How many seconds the reference lives',
  ...error,
};

/** OpenID Connect RP-Initiated Logout 1.0 §2. */
export const endSessionRequest: Meanings = {
  client_id: 'Which app sends you',
  id_token_hint: 'The id token of the session that is to end',
  logout_hint: 'Who is to be signed out',
  post_logout_redirect_uri: 'Where the provider leads you afterwards; must be one it knows for this app',
  state: 'A random value that must come back',
  ui_locales: 'The languages for the page, best first',
};

/** An answer of the service itself where it refuses: RFC 9457 §3.1, or an error in the way of OAuth. */
export const refusal: Meanings = {
  type: 'The kind of problem, by an address that names it',
  title: 'The kind of problem in short',
  status: 'The status of the answer once more',
  detail: 'What went wrong this time; the service’s words, not the app’s',
  instance: 'This one occurrence of the problem',
  ...error,
};
