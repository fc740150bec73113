/** The description of a validation rule for responses. */
export interface RuleText {
  /** What the rule requires. */
  title: string;
  why: string;
  without: string;
  specs: readonly string[];
  /** If the rule is violated: the cause, and what helps. */
  cause: string;
  fix: string;
}

/** All of the app's rules, by name. */
export const rules: Readonly<Partial<Record<string, RuleText>>> = {
  'resource-matches': {
    title: 'Resource match',
    why: 'Metadata is valid only for the service it names, compared character by character.',
    without: 'An attacker’s metadata could send you to the attacker’s sign-in page.',
    specs: ['RFC 9728 §3.3'],
    cause: 'The metadata is for a different service than the one called.',
    fix: 'The service’s operator has to publish its exact URL as “resource”.',
  },
  'issuer-matches': {
    title: 'Issuer match',
    why: 'The metadata was looked up by issuer and has to name the same issuer. Only a slash directly after the host may differ.',
    without: 'One server could pose as another and collect codes meant for it.',
    specs: ['RFC 8414 §3.3'],
    cause: 'The server’s metadata names a different issuer than the one requested.',
    fix: 'The server’s operator has to publish the exact issuer, including the trailing slash.',
  },
  'endpoints-are-safe': {
    title: 'Secure endpoints (https)',
    why: 'Codes and tokens go to these URLs: each must be https or on this machine.',
    without: 'A token could be sent unencrypted, readable by anyone on the way.',
    specs: ['RFC 8414 §2', 'RFC 9700 §2.6'],
    cause: 'An endpoint is missing, malformed or not https. If the sign-in can do without it, it is left out.',
    fix: 'The server’s operator has to serve this endpoint over https.',
  },
  'pkce-is-supported': {
    title: 'PKCE support (S256)',
    why: 'The app always sends a challenge: a public client has no other way to protect its code.',
    without: 'Anyone who intercepts the code on its way back could exchange it.',
    specs: ['RFC 9700 §2.1.1', 'RFC 8414 §2'],
    cause:
      'The server lists no S256. If it lists nothing, it is used only if you or the operator of this app accept that.',
    fix: 'The server’s operator has to list S256 in code_challenge_methods_supported.',
  },
  'registration-is-kept': {
    title: 'Registration match',
    why: 'A server may change the requested registration, so the result is compared with what the app needs.',
    without: 'You would be sent to sign in, but the response couldn’t come back.',
    specs: ['RFC 7591 §3.2.1'],
    cause: 'The server registered a different redirect URI or authentication method than requested.',
    fix: 'The server’s operator has to allow public clients with this URI, or issue a client ID by hand.',
  },
  'server-is-named': {
    title: 'Authorization server match',
    why: 'Only a server the service itself trusts can issue tokens for it.',
    without: 'An unrelated server could collect sign-ins in the service’s name.',
    specs: ['RFC 9728 §2', 'RFC 9728 §7.6'],
    cause: 'The service’s metadata names no authorization server, or not the expected one.',
    fix: 'If the service has moved to another server, connect it again. Otherwise, its operator has to name its server.',
  },
  'resource-is-listed': {
    title: 'Service listing',
    why: 'If the server lists the services it protects, this one has to be among them.',
    without: 'An attacker’s service could claim to belong to a server you trust.',
    specs: ['RFC 9728 §4'],
    cause: 'The authorization server’s list of services doesn’t include this one.',
    fix: 'Check the service’s address. Its operator has to get it listed at the server.',
  },
  'no-repeated-parameter': {
    title: 'Unique parameters',
    why: 'With two values, nobody could tell which one is real.',
    without: 'Someone could add a second code or state to the URL, and programs would differ in which they use.',
    specs: ['RFC 6749 §3.1'],
    cause: 'The response repeats a parameter, so the URL was tampered with.',
    fix: 'Start the sign-in again from this app.',
  },
  'response-is-usable': {
    title: 'Response completeness',
    why: 'The response needs a state and either a code or an error, and no tokens in the URL.',
    without: 'An unrequested response could bring someone else’s token into this browser.',
    specs: ['RFC 6749 §4.1.2', 'RFC 6749 §4.1.2.1'],
    cause: 'The response has no state, neither code nor error or both, unrequested tokens, or a code in the fragment.',
    fix: 'Start the sign-in again. If it keeps failing, the server’s operator has to look into it.',
  },
  'state-is-known': {
    title: 'State match',
    why: 'The state is a random value that only this tab knows: a response without it wasn’t requested here.',
    without: 'A link made by someone else could connect their account in your browser, and your posts would go there.',
    specs: ['RFC 6749 §10.12', 'RFC 9700 §4.7'],
    cause: 'No sign-in in this tab has this state. It started in another tab or browser, or the link was forged.',
    fix: 'Start the sign-in in this tab. If you followed a link from elsewhere, close it: nothing was used.',
  },
  'state-is-fresh': {
    title: 'Time limit',
    why: 'A sign-in has a time limit, so an old response can’t be replayed.',
    without: 'A page left open could accept a response days later, when nobody remembers asking.',
    specs: ['RFC 9700 §2.1'],
    cause: 'The sign-in took too long.',
    fix: 'Start the sign-in again.',
  },
  'state-is-unused': {
    title: 'Single use',
    why: 'A response can be used once, in the tab where it arrives first.',
    without: 'Going back or a second tab would send the same code again, and the server could revoke the connection.',
    specs: ['RFC 9700 §4.2.4', 'RFC 6749 §4.1.2'],
    cause: 'This response was used before, here or in another tab.',
    fix: 'Check your connections: the sign-in may have worked. Otherwise, start it again.',
  },
  'response-issuer-matches': {
    title: 'Response issuer match',
    why: 'The response names its server (iss), which is compared character by character.',
    without: 'A malicious server could have another server’s code sent to itself (mix-up attack).',
    specs: ['RFC 9207 §2.4', 'RFC 9700 §4.4'],
    cause: 'The response names a different issuer than the one asked, or none where it has to.',
    fix: 'Nothing was sent on. Start the sign-in again, and be careful about the link you followed.',
  },
  'redirect-uri-matches': {
    title: 'Redirect URI match',
    why: 'Each server has its own redirect URI, which tells apart servers that don’t name themselves.',
    without: 'A code from one server could be passed to another (mix-up attack).',
    specs: ['RFC 9700 §4.4.2.2', 'RFC 6749 §3.1.2'],
    cause: 'The response came to a different redirect URI than the one given.',
    fix: 'Nothing was sent on. Start the sign-in again, and be careful about the link you followed.',
  },
  'token-type-is-known': {
    title: 'Token type',
    why: 'How a token has to be sent depends on its type.',
    without: 'A token could be sent in a way that exposes it.',
    specs: ['RFC 6749 §7.1'],
    cause: 'The server issued a token of an unknown type.',
    fix: 'The server’s operator has to issue bearer or DPoP tokens.',
  },
  'token-is-bound': {
    title: 'Token binding (DPoP)',
    why: 'A token bound to this browser’s key was requested, and only a bound one is accepted.',
    without: 'The server could silently issue tokens that work for anyone who steals them.',
    specs: ['RFC 9449 §5'],
    cause: 'The server issued a token that anyone could use, although a bound one was required.',
    fix: 'The server’s operator has to issue DPoP tokens, or the service’s configuration must stop requiring them.',
  },
  'id-token-claims-hold': {
    title: 'ID token claims',
    why: 'Issuer, audience, subject and nonce are compared with the request.',
    without: 'An ID token from another app or an earlier sign-in could be passed off as this one’s.',
    specs: ['OpenID Connect Core §3.1.3.7'],
    cause: 'A claim in the ID token is wrong: issuer, audience, authorized party, subject, nonce or auth_time.',
    fix: 'Start again. If it keeps failing, the server’s operator has to look into it.',
  },
  'id-token-times-hold': {
    title: 'ID token times',
    why: 'exp, nbf and iat have to fit the current time. It is taken from the response’s Date header or the ID token’s iat, with 15 minutes to spare.',
    without: 'An ID token from long ago could be passed off as a new one.',
    specs: ['OpenID Connect Core §3.1.3.7', 'RFC 7519 §4.1'],
    cause: 'The ID token has expired, isn’t valid yet, or was issued in the future, by more than 15 minutes.',
    fix: 'Check this device’s clock and start again. If it is right, the server’s operator has to check the server’s.',
  },
  'id-token-came-over-tls': {
    title: 'ID token over TLS',
    why: 'The server’s keys can’t be read, so the signature wasn’t verified. The token came from the token endpoint itself over TLS, which is enough to know the account. Nothing else in the token is used.',
    without: 'A forged ID token could name any account as yours.',
    specs: ['OpenID Connect Core §3.1.3.7'],
    cause: 'The token came from elsewhere.',
    fix: 'The server’s operator has to let browser apps read jwks_uri (CORS).',
  },
  'id-token-signature-holds': {
    title: 'ID token signature',
    why: 'The signature is verified with the server’s public keys.',
    without: 'A forged ID token could name any account as yours.',
    specs: ['OpenID Connect Core §3.1.3.7', 'RFC 7515 §5.2'],
    cause: 'None of the server’s keys matches the signature, or the token isn’t signed with a private key.',
    fix: 'Start again: the server may be changing its keys. Otherwise, its operator has to publish the signing key.',
  },
  'access-token-hash-holds': {
    title: 'Access token hash',
    why: 'The ID token contains a hash of the access token issued with it.',
    without: 'Someone else’s access token could be combined with your ID token.',
    specs: ['OpenID Connect Core §3.1.3.8'],
    cause: 'The hash in the ID token doesn’t match the access token.',
    fix: 'Start the sign-in again. If it keeps failing, the server’s operator has to look into it.',
  },
  'userinfo-subject-matches': {
    title: 'User info subject match',
    why: 'The userinfo response has to be about the subject of the ID token.',
    without: 'The connection could show someone else’s name.',
    specs: ['OpenID Connect Core §5.3.2'],
    cause: 'The userinfo response is about a different subject than the ID token.',
    fix: 'The response wasn’t used; the connection is named by the ID token. The server’s operator has to look into it.',
  },
  'same-person': {
    title: 'Account match',
    why: 'A connection is renewed only for its own account.',
    without: 'After signing in again, your drafts could go out under another account.',
    specs: ['OpenID Connect Core §5.7'],
    cause: 'A different account signed in than the one connected, or a refresh brought tokens of another user or app.',
    fix: 'Sign in with this connection’s account, or connect the other account separately.',
  },
};

/** For a rule without a description, shown by its name. */
export const otherRule: Omit<RuleText, 'title'> = {
  why: 'The response is checked against this rule before it is used.',
  without: 'The server’s response would be trusted blindly.',
  specs: [],
  cause: 'The response violates the rule.',
  fix: 'It wasn’t used. The service’s operator has to look into it.',
};
