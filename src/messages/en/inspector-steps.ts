/** What is said of one step of a flow, by what it is for. */
export interface StepWords {
  title: string;
  /** One plain sentence: why the step exists. */
  why: string;
  /** What would go wrong without it. */
  without: string;
  /** Where it is specified: "RFC 6749 §4.1.3". */
  specs: readonly string[];
}

type StepCatalogue = Readonly<Partial<Record<string, StepWords>>>;

/** Requests, by their step. */
export const requestSteps: StepCatalogue = {
  'unauthorized-call': {
    title: 'Call without a token',
    why: 'The refusal is wanted: in it the service says where it describes itself.',
    without:
      'The app would have to guess where to sign in. Whoever makes it guess wrong can send you to a sign-in page of their own.',
    specs: ['RFC 9728 §5.1', 'RFC 9110 §11.6.1'],
  },
  'resource-metadata': {
    title: 'Read the service’s description',
    why: 'The service says which authorization servers it trusts, so that the app asks nobody else for a token.',
    without:
      'A token could be asked of a server that the service has nothing to do with, and be sent to the wrong place.',
    specs: ['RFC 9728 §3', 'RFC 9728 §2'],
  },
  'server-metadata': {
    title: 'Read the server’s description',
    why: 'It gives the server’s addresses and what it supports; nothing of that is built into the app.',
    without: 'Addresses would be typed in or guessed, and a wrong one would hand a code or a token to somebody else.',
    specs: ['RFC 8414 §3', 'RFC 8414 §2'],
  },
  registration: {
    title: 'Register the app',
    why: 'The server does not know this app yet: it introduces itself and gets a client id. There is no secret, since a page in a browser can keep none.',
    without: 'The server would know neither whom to name when it asks you, nor where it may send its answers.',
    specs: ['RFC 7591 §3.1', 'RFC 6749 §2.1'],
  },
  'pushed-request': {
    title: 'Hand the request over beforehand',
    why: 'The request goes straight to the server; the address bar then carries nothing but a reference to it.',
    without:
      'All that is asked for would stand in an address, where it can be read in the history, and changed on the way.',
    specs: ['RFC 9126 §2.1'],
  },
  'token-exchange': {
    title: 'Exchange the code for tokens',
    why: 'The code alone is worthless to a thief: only this tab knows the verifier that goes with it.',
    without:
      'The tokens themselves would have to come through the address bar. And without the verifier, whoever catches the code could exchange it.',
    specs: ['RFC 6749 §4.1.3', 'RFC 7636 §4.5'],
  },
  'signing-keys': {
    title: 'Fetch the signing keys',
    why: 'With the server’s public keys the app checks for itself that the id token was signed there.',
    without: 'An id token that the server never issued could pass for its word on who you are.',
    specs: ['OpenID Connect Core §10.1.1', 'RFC 7517 §5'],
  },
  userinfo: {
    title: 'Ask whose account it is',
    why: 'The new token is used to ask for the account’s name, so that you see whom the app acts for.',
    without: 'Two accounts at one service could not be told apart, and a post could go out under the wrong name.',
    specs: ['OpenID Connect Core §5.3'],
  },
  refresh: {
    title: 'Renew the access token',
    why: 'The access token has run out or is about to. The refresh token gets the next one, without asking you.',
    without:
      'You would sign in again whenever a token ends; or tokens would have to live so long that a stolen one is of use for weeks.',
    specs: ['RFC 6749 §6', 'RFC 9700 §4.14.2'],
  },
  revocation: {
    title: 'Revoke the token',
    why: 'Forgetting a token in this browser is not enough: the server is asked to make it worthless everywhere.',
    without: 'A copy of the token, wherever it may be, would go on working until it runs out.',
    specs: ['RFC 7009 §2.1'],
  },
  'api-call': {
    title: 'Call the service for you',
    why: 'The access token says what you have allowed; the service needs nothing else of you.',
    without: 'The app would need your password, and with it could do all that you can.',
    specs: ['RFC 6749 §7'],
  },
};

/** Steps that are no requests, by the type of their event. */
export const eventSteps: StepCatalogue = {
  'verifier-made': {
    title: 'Make a PKCE verifier',
    why: 'A random value stays in this tab. Only its hash, the challenge, goes out with the request.',
    without: 'Whoever catches the code on its way back could exchange it for tokens.',
    specs: ['RFC 7636 §4.1', 'RFC 7636 §4.2'],
  },
  'redirect-out': {
    title: 'Leave for the sign-in page',
    why: 'You sign in and decide on the server’s own page; the app sees neither your password nor the form.',
    without: 'The app would ask for your password, and you would have no say in what it may do with it.',
    specs: ['RFC 6749 §4.1.1', 'RFC 7636 §4.3'],
  },
  'redirect-back': {
    title: 'Come back with the answer',
    why: 'The server sends the browser back with a code or an error, and the app takes it off the address at once.',
    without: 'The app would not learn what you decided. Left in the address, the code would stay in the history.',
    specs: ['RFC 6749 §4.1.2', 'RFC 9207 §2'],
  },
  'lock-waited': {
    title: 'Wait for this tab’s turn',
    why: 'Tabs of one browser share a refresh token. Only one at a time may use it, and this one waited.',
    without:
      'Two tabs would send the same refresh token. A server that replaces it at each use takes the second for a theft, and ends the connection.',
    specs: ['RFC 9700 §4.14.2', 'RFC 6749 §10.4'],
  },
  stored: {
    title: 'Write down what is needed later',
    why: 'What a later step depends on is written before that step begins, so that a closed tab loses nothing.',
    without:
      'A tab closed at the wrong moment would lose the only copy of a token, or forget which answer it waits for.',
    specs: [],
  },
  removed: {
    title: 'Forget what is no longer needed',
    why: 'What has served its purpose is removed at once, so that nobody can use it a second time.',
    without: 'A used state or verifier would lie about in the browser, and an old answer might be taken for a new one.',
    specs: [],
  },
  'description-reused': {
    title: 'Use the description that is known',
    why: 'The description was read a short while ago and is kept for a time. It is not asked for again, which is faster.',
    without: 'Every sign-in would wait for the same documents once more.',
    specs: ['RFC 9111 §4'],
  },
  'retry-declared': {
    title: 'Ask once more with the same token',
    why: 'The answer to the last refresh was lost. The server may have replaced the token already, so this is tried once and no more.',
    without:
      'Never trying would end a connection that still works. Trying again and again would look like a stolen token to the server.',
    specs: ['RFC 9700 §4.14.2'],
  },
  'token-adopted': {
    title: 'Use the token that another tab got',
    why: 'Another tab, or the service worker, had renewed the token in the meantime. It is used here, and no request is sent.',
    without: 'The same refresh token would be sent twice, which a server may take for a theft.',
    specs: ['RFC 9700 §4.14.2'],
  },
  tampered: {
    title: 'Meddle on purpose',
    why: 'This is a lesson: what an attacker would do is done here, to show which check notices it.',
    without: 'You would have to believe that the check works.',
    specs: ['RFC 9700 §4'],
  },
};

/** Redirects of a sign-out, which goes through the page as a sign-in does. */
export const signOutSteps = {
  'redirect-out': {
    title: 'Leave to sign out',
    why: 'You sign out on the provider’s own page. It learns which app sends you, and no token is in the address.',
    without: 'This browser would forget you, and the provider would still take you for signed in.',
    specs: ['OpenID Connect RP-Initiated Logout §2'],
  },
  'redirect-back': {
    title: 'Come back from signing out',
    why: 'The provider leads the browser back. Whether you signed out there or chose to stay, it does not say.',
    without: 'You would be left on the provider’s page.',
    specs: ['OpenID Connect RP-Initiated Logout §3'],
  },
} satisfies StepCatalogue;

/** A request of a kind that is not known here. */
export const otherStep: StepWords = {
  title: 'Send a request',
  why: 'The flow needs this request; the inspector has no words of its own for it.',
  without: 'The flow could not go on.',
  specs: [],
};

/** Why a request is sent a second time. */
export const sentAgain: Readonly<Partial<Record<string, { text: string; specs: readonly string[] }>>> = {
  'renewed-token': {
    text: 'The same request once more, with the renewed token: the first was refused for its token.',
    specs: ['RFC 6750 §3.1'],
  },
  'new-nonce': {
    text: 'The same request once more. The server wants its latest nonce in the proof, so that no proof can be made in advance.',
    specs: ['RFC 9449 §8'],
  },
  'clock-corrected': {
    text: 'The same request once more. This device’s clock differs from the server’s, so the proof is now dated by the server’s.',
    specs: ['RFC 9449 §4.3'],
  },
};

/** Said where a proof of a key goes with a request. */
export const proven = {
  text: 'A proof of this browser’s key goes with it: a token taken from here is of no use elsewhere.',
  atServer: 'RFC 9449 §5',
  atResource: 'RFC 9449 §7',
  bearer: 'RFC 6750 §2.1',
};
