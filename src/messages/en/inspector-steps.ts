/** The description of one step of a flow, by its purpose. */
export interface StepText {
  title: string;
  /** Why the step exists, in one plain sentence. */
  why: string;
  /** What would go wrong without it. */
  without: string;
  /** Where it is specified: "RFC 6749 §4.1.3". */
  specs: readonly string[];
}

type StepCatalogue = Readonly<Partial<Record<string, StepText>>>;

/** Requests, by step. */
export const requestSteps: StepCatalogue = {
  'resource-probe': {
    title: 'Call without a token',
    why: 'The 401 is intentional: it tells the app where to find the metadata.',
    without:
      'The app would have to guess where to sign in. Anyone who makes it guess wrong could send you to a fake sign-in page.',
    specs: ['RFC 9728 §5.1', 'RFC 9110 §11.6.1'],
  },
  'resource-metadata': {
    title: 'Fetch resource metadata',
    why: 'The service says which authorization servers it trusts, so the app asks no other server for a token.',
    without: 'The app could request a token from an unrelated server and send it to the wrong place.',
    specs: ['RFC 9728 §3', 'RFC 9728 §2'],
  },
  'server-metadata': {
    title: 'Fetch server metadata',
    why: 'It lists the server’s endpoints and what it supports; none of it is hard-coded.',
    without: 'Endpoints would be typed in or guessed, and a wrong one could hand a code or token to someone else.',
    specs: ['RFC 8414 §3', 'RFC 8414 §2'],
  },
  registration: {
    title: 'Register the app',
    why: 'The server doesn’t know this app yet, so the app registers and gets a client ID. There is no secret: a browser page can’t keep one.',
    without: 'The server wouldn’t know which app to name when it asks you, or where it can send its response.',
    specs: ['RFC 7591 §3.1', 'RFC 6749 §2.1'],
  },
  par: {
    title: 'Push the request (PAR)',
    why: 'The request goes straight to the server; the URL then carries only a reference to it.',
    without: 'The whole request would be in a URL, readable in history and changeable on the way.',
    specs: ['RFC 9126 §2.1'],
  },
  'token-request': {
    title: 'Exchange the code for tokens',
    why: 'A stolen code is useless without the verifier, which only this tab knows.',
    without:
      'The tokens themselves would have to come back in a URL. Without the verifier, anyone who intercepts the code could exchange it.',
    specs: ['RFC 6749 §4.1.3', 'RFC 7636 §4.5'],
  },
  jwks: {
    title: 'Fetch signing keys',
    why: 'The app uses the server’s public keys to verify the signature of the ID token.',
    without: 'A forged ID token could be accepted as proof of who you are.',
    specs: ['OpenID Connect Core §10.1.1', 'RFC 7517 §5'],
  },
  userinfo: {
    title: 'Fetch user info',
    why: 'The new token is used to read the account’s name, so you can see which account the app uses.',
    without: 'You couldn’t tell two accounts at one service apart, and a post could go out under the wrong name.',
    specs: ['OpenID Connect Core §5.3'],
  },
  refresh: {
    title: 'Refresh the access token',
    why: 'The access token has expired or is about to. The refresh token gets a new one without asking you.',
    without:
      'You would sign in again whenever a token expires, or tokens would have to live so long that a stolen one works for weeks.',
    specs: ['RFC 6749 §6', 'RFC 9700 §4.14.2'],
  },
  revocation: {
    title: 'Revoke the token',
    why: 'Deleting a token in this browser isn’t enough: the server has to invalidate it everywhere.',
    without: 'Any copy of the token would keep working until it expires.',
    specs: ['RFC 7009 §2.1'],
  },
  'api-call': {
    title: 'Call the API',
    why: 'The access token says what you have allowed; the service needs nothing else from you.',
    without: 'The app would need your password, and could then do anything you can.',
    specs: ['RFC 6749 §7'],
  },
};

/** Steps that are not requests, by event type. */
export const eventSteps: StepCatalogue = {
  'verifier-created': {
    title: 'Create PKCE verifier',
    why: 'A random value stays in this tab. Only its hash, the challenge, goes out with the request.',
    without: 'Anyone who intercepts the code on its way back could exchange it for tokens.',
    specs: ['RFC 7636 §4.1', 'RFC 7636 §4.2'],
  },
  'redirect-out': {
    title: 'Redirect to sign-in',
    why: 'You sign in and decide on the server’s own page; the app sees neither your password nor the form.',
    without: 'The app would ask for your password, and you couldn’t limit what it does with it.',
    specs: ['RFC 6749 §4.1.1', 'RFC 7636 §4.3'],
  },
  'redirect-back': {
    title: 'Return from sign-in',
    why: 'The server sends the browser back with a code or an error, and the app removes it from the URL immediately.',
    without: 'The app wouldn’t learn what you decided. If left in the URL, the code would stay in the history.',
    specs: ['RFC 6749 §4.1.2', 'RFC 9207 §2'],
  },
  'lock-waited': {
    title: 'Wait for this tab’s turn',
    why: 'Tabs of one browser share a refresh token. Only one at a time can use it, and this one waited.',
    without:
      'Two tabs would send the same refresh token. A server that rotates refresh tokens treats the second as theft and revokes the connection.',
    specs: ['RFC 9700 §4.14.2', 'RFC 6749 §10.4'],
  },
  stored: {
    title: 'Save to storage',
    why: 'Data that a later step needs is saved before that step starts, so a closed tab loses nothing.',
    without:
      'A tab closed at the wrong moment would lose the only copy of a token, or forget which response it is waiting for.',
    specs: [],
  },
  removed: {
    title: 'Delete from storage',
    why: 'Used data is deleted immediately, so nobody can use it a second time.',
    without:
      'A used state or verifier would remain in the browser, and an old response could be mistaken for a new one.',
    specs: [],
  },
  'metadata-cache-hit': {
    title: 'Use cached metadata',
    why: 'The metadata was fetched recently and is cached for a while, which saves a request.',
    without: 'Every sign-in would fetch the same documents again.',
    specs: ['RFC 9111 §4'],
  },
  'retry-declared': {
    title: 'Retry with the same token',
    why: 'The response to the last refresh was lost. The server may have replaced the token already, so the app retries only once.',
    without:
      'Without a retry, a working connection would end. With repeated retries, the server would suspect a stolen token.',
    specs: ['RFC 9700 §4.14.2'],
  },
  'token-adopted': {
    title: 'Use another tab’s token',
    why: 'Another tab or the service worker has already refreshed the token. It is used here, and no request is sent.',
    without: 'The same refresh token would be sent twice, which a server may treat as theft.',
    specs: ['RFC 9700 §4.14.2'],
  },
  tampered: {
    title: 'Tamper (attack demo)',
    why: 'This is an attack demo: the app does what an attacker would do, to show what stops it.',
    without: 'You would have to take the check on trust.',
    specs: ['RFC 9700 §4'],
  },
};

/** The redirects of a sign-out, which navigates the page like a sign-in. */
export const signOutSteps = {
  'redirect-out': {
    title: 'Redirect to sign-out',
    why: 'You sign out on the provider’s own page. It learns which app sent you, and no token is in the URL.',
    without: 'This browser would forget you, but the provider would still consider you signed in.',
    specs: ['OpenID Connect RP-Initiated Logout §2'],
  },
  'redirect-back': {
    title: 'Return from sign-out',
    why: 'The provider sends the browser back. It doesn’t say whether you actually signed out.',
    without: 'You would be left on the provider’s page.',
    specs: ['OpenID Connect RP-Initiated Logout §3'],
  },
} satisfies StepCatalogue;

/** A request of an unknown kind. */
export const otherStep: StepText = {
  title: 'Send a request',
  why: 'The flow needs this request; the inspector has no description for it.',
  without: 'The flow couldn’t continue.',
  specs: [],
};

/** Why a request is sent a second time. */
export const sentAgain: Readonly<Partial<Record<string, { text: string; specs: readonly string[] }>>> = {
  'token-refreshed': {
    text: 'The same request again, with a new token: the first was rejected because of its token.',
    specs: ['RFC 6750 §3.1'],
  },
  'new-nonce': {
    text: 'The same request again. The server wants its latest nonce in the proof, so proofs can’t be made in advance.',
    specs: ['RFC 9449 §8'],
  },
  'clock-corrected': {
    text: 'The same request again. This device’s clock differs from the server’s, so the proof now uses the server’s time.',
    specs: ['RFC 9449 §4.3'],
  },
};

/** Shown when a request carries a DPoP proof. */
export const proven = {
  text: 'A proof of this browser’s key (DPoP) goes with it: a stolen token is useless elsewhere.',
  atServer: 'RFC 9449 §5',
  atResource: 'RFC 9449 §7',
  bearer: 'RFC 6750 §2.1',
};
