/** What is said of a rule that an answer is held against. */
export interface RuleWords {
  /** What the rule claims. */
  title: string;
  why: string;
  without: string;
  specs: readonly string[];
  /** Where it does not hold: what is the cause, and what helps. */
  cause: string;
  fix: string;
}

/** Every rule of the app, by its name. */
export const rules: Readonly<Partial<Record<string, RuleWords>>> = {
  'resource-matches': {
    title: 'The description is of the service that was called',
    why: 'A description counts only for the service that it names, letter by letter.',
    without: 'A stranger’s description could send you to the stranger’s sign-in page.',
    specs: ['RFC 9728 §3.3'],
    cause: 'The description names another service than the one that was called.',
    fix: 'The service’s operator has to publish its own address, exactly as it is called, as “resource”.',
  },
  'issuer-matches': {
    title: 'The server names itself as it was asked for',
    why: 'The description was looked up by an issuer’s name, and has to be that issuer’s own.',
    without: 'One server could pose as another and take the codes that are meant for it.',
    specs: ['RFC 8414 §3.3'],
    cause: 'The server’s description carries another issuer than the one it was looked up by.',
    fix: 'The server’s operator has to publish the issuer exactly as it is named, down to the slash at its end.',
  },
  'endpoints-are-safe': {
    title: 'Every address is well formed and encrypted',
    why: 'Codes and tokens go to these addresses: each must be https, or be on this machine.',
    without: 'A token could go out unencrypted, for anybody on the way to read.',
    specs: ['RFC 8414 §2', 'RFC 9700 §2.6'],
    cause: 'An address that the app needs is missing, malformed or not encrypted.',
    fix: 'The server’s operator has to offer this address by https.',
  },
  'pkce-is-supported': {
    title: 'The server supports PKCE with S256',
    why: 'The app signs in nowhere without it: a public client has no other way to protect its code.',
    without: 'A code that is caught on its way back could be exchanged by whoever has it.',
    specs: ['RFC 9700 §2.1.1', 'RFC 8414 §2'],
    cause: 'The server does not say that it supports the S256 method of PKCE.',
    fix: 'The server’s operator has to list S256 in code_challenge_methods_supported.',
  },
  'registration-is-kept': {
    title: 'The server registered what was asked for',
    why: 'A server may register something else than it was asked. What it noted is compared with what the app needs.',
    without: 'You would be led to sign in, and the answer could not come back.',
    specs: ['RFC 7591 §3.2.1'],
    cause: 'The server registered another redirect address or another way of identifying than the app asked for.',
    fix: 'The server’s operator has to allow public clients with this address, or give the app a client id by hand.',
  },
  'server-is-named': {
    title: 'The service names the authorization server',
    why: 'Only a server that the service itself trusts may issue tokens for it.',
    without: 'A server that has nothing to do with the service could collect sign-ins in its name.',
    specs: ['RFC 9728 §2', 'RFC 9728 §7.6'],
    cause: 'The service’s description names no authorization server, or not the one that is expected.',
    fix: 'If the service has moved to another server, connect it anew. Else its operator has to name its server.',
  },
  'resource-is-listed': {
    title: 'The server lists the service that named it',
    why: 'Service and server may name each other. Where the server lists the services it protects, this one has to be among them.',
    without: 'A stranger’s service could claim to belong to a server that you trust.',
    specs: ['RFC 9728 §4'],
    cause: 'The authorization server lists its services, and this one is not among them.',
    fix: 'Make sure the service’s address is right. Its operator has to have it listed at the server.',
  },
  'no-repeated-parameter': {
    title: 'No part of the answer stands in it twice',
    why: 'Of two values nobody could say which is the server’s.',
    without: 'Somebody could add a second code or state to the address, and programs would differ in which they take.',
    specs: ['RFC 6749 §3.1'],
    cause: 'A parameter stands twice in the answer, so somebody has changed the address.',
    fix: 'Begin the sign-in anew, from this app.',
  },
  'response-is-usable': {
    title: 'The answer has a state, and a code or an error',
    why: 'The answer must be of the kind that was asked for: no tokens in the address, and a state to know it by.',
    without: 'An answer that nobody asked for could bring somebody else’s token into this browser.',
    specs: ['RFC 6749 §4.1.2', 'RFC 6749 §4.1.2.1'],
    cause: 'The answer lacks its state, has neither code nor error, or carries tokens that nobody asked for.',
    fix: 'Begin the sign-in anew. If it comes to the same, the server’s operator has to look into it.',
  },
  'state-is-known': {
    title: 'This tab began the sign-in that is answered',
    why: 'The state is a random value that only this tab knows: an answer without it was not asked for here.',
    without: 'A link made by somebody else could connect their account in your browser, and your posts would go there.',
    specs: ['RFC 6749 §10.12', 'RFC 9700 §4.7'],
    cause: 'No sign-in of this tab has this state. It began in another tab or browser, or the link was made up.',
    fix: 'Begin the sign-in in this tab. If you followed a link from elsewhere, close it: nothing was used.',
  },
  'state-is-fresh': {
    title: 'The answer came in time',
    why: 'A sign-in is waited for a limited time, so that an old answer cannot be brought out later.',
    without: 'A page left open could take in an answer days later, when nobody remembers having asked.',
    specs: ['RFC 9700 §2.1'],
    cause: 'The sign-in took longer than it may.',
    fix: 'Begin the sign-in anew.',
  },
  'state-is-unused': {
    title: 'The answer has not been used before',
    why: 'An answer counts once, in whichever tab it arrives first.',
    without:
      'Going back in the browser, or a second tab, would send the same code again; a server may then end the connection.',
    specs: ['RFC 9700 §4.2.4', 'RFC 6749 §4.1.2'],
    cause: 'This answer was taken in before, here or in another tab.',
    fix: 'Look at your connections: the sign-in may have worked. Else begin it anew.',
  },
  'response-issuer-matches': {
    title: 'The answer comes from the server that was asked',
    why: 'The answer carries the name of the server that gives it, which is compared letter by letter.',
    without: 'A malicious server could have another server’s code sent to itself (a mix-up).',
    specs: ['RFC 9207 §2.4', 'RFC 9700 §4.4'],
    cause: 'The answer names another issuer than the one that was asked, or none where it has to.',
    fix: 'Nothing was sent on. Begin the sign-in anew, and be wary of where you came from.',
  },
  'redirect-uri-matches': {
    title: 'The answer came to this sign-in’s address',
    why: 'Each server gets an address of its own to answer to, which tells servers apart that do not name themselves.',
    without: 'A code of one server could be passed on to another (a mix-up).',
    specs: ['RFC 9700 §4.4.2.2', 'RFC 6749 §3.1.2'],
    cause: 'The answer came to another address than the one this sign-in was given.',
    fix: 'Nothing was sent on. Begin the sign-in anew, and be wary of where you came from.',
  },
  'token-type-is-known': {
    title: 'The token is of a kind the app can use',
    why: 'A token has to be sent in the way of its kind; of an unknown kind nobody knows how.',
    without: 'A token could be sent in a way that gives it away.',
    specs: ['RFC 6749 §7.1'],
    cause: 'The server issued a token of a kind that the app does not know.',
    fix: 'The server’s operator has to issue bearer or DPoP tokens.',
  },
  'token-is-bound': {
    title: 'The token is bound to this browser’s key',
    why: 'A bound token was asked for, and only a bound one is accepted.',
    without: 'Somebody on the server’s side could quietly hand out tokens that work for whoever steals them.',
    specs: ['RFC 9449 §5'],
    cause: 'The server issued a token that anybody could use, where a bound one was required.',
    fix: 'The server’s operator has to issue DPoP tokens, or the service’s entry must no longer require them.',
  },
  'id-token-claims-hold': {
    title: 'The id token is for this app and this sign-in',
    why: 'Issuer, audience, nonce and times are compared with what was asked.',
    without: 'An id token of another app, or of an earlier sign-in, could be passed off as this one’s.',
    specs: ['OpenID Connect Core §3.1.3.7'],
    cause: 'A claim of the id token is not what it has to be: issuer, audience, nonce, or a time.',
    fix: 'Check this device’s clock and begin anew. If it comes to the same, the server’s operator has to look into it.',
  },
  'id-token-signature-holds': {
    title: 'The id token is signed by the server',
    why: 'The signature is checked with the server’s public keys.',
    without: 'A made-up id token could name any account as yours.',
    specs: ['OpenID Connect Core §3.1.3.7', 'RFC 7515 §5.2'],
    cause: 'No key of the server fits the signature, or the token is not signed with a private key.',
    fix: 'Begin anew: the server may just be changing its keys. Else its operator has to publish the key that signs.',
  },
  'access-token-hash-holds': {
    title: 'The id token belongs to its access token',
    why: 'The id token carries a hash of the access token that it came with.',
    without: 'An access token of somebody else could be put beside your id token.',
    specs: ['OpenID Connect Core §3.1.3.8'],
    cause: 'The hash in the id token is not that of the access token.',
    fix: 'Begin the sign-in anew. If it comes to the same, the server’s operator has to look into it.',
  },
  'userinfo-subject-matches': {
    title: 'The name is of the person who signed in',
    why: 'The userinfo answer has to be about the subject of the id token.',
    without: 'The connection could carry the name of somebody else.',
    specs: ['OpenID Connect Core §5.3.2'],
    cause: 'The userinfo answer is about another person than the id token.',
    fix: 'The answer was not used; the connection is named by the id token. The server’s operator has to look into it.',
  },
  'same-person': {
    title: 'The same person signed in again',
    why: 'A connection is renewed only for the account that it was made for.',
    without: 'After a new sign-in your drafts could go out under another account.',
    specs: ['OpenID Connect Core §5.7'],
    cause: 'Somebody else signed in than the connection was made for.',
    fix: 'Sign in with the account of this connection, or connect the other account beside it.',
  },
};

/** A rule that has no words here: said by its name. */
export const otherRule: Omit<RuleWords, 'title'> = {
  why: 'An answer is held against this rule before it is used.',
  without: 'What a server sends would be believed unseen.',
  specs: [],
  cause: 'The answer does not keep the rule.',
  fix: 'It was not used. The service’s operator has to look into it.',
};
