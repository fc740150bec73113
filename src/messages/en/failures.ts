import { appName } from './app-name.ts';
import { connect } from './connect.ts';

/** What a text may quote of a failure. */
interface FailureDetails {
  member?: string;
  named?: string;
  location?: string;
}

const namedIn = (named: string | undefined): string => (named === undefined ? '' : ` (${named})`);

/**
 * Why a service could not be used, and what helps, by the error codes of the protocol layer. `what` is what the app requested,
 * from `asked` below.
 */
export const failures = {
  /** What the app requested from which server, by step; completes the sentence "The app asked …". */
  asked: {
    'resource-probe': (service: string) => `${service} for its sign-in challenge`,
    'resource-metadata': (service: string) => `${service} for its metadata`,
    'server-metadata': (service: string) => `${service}’s authorization server for its metadata`,
    registration: (service: string) => `${service}’s authorization server to register it`,
    par: (service: string) => `${service}’s authorization server to accept the pushed request (PAR)`,
    'token-request': (service: string) => `${service}’s authorization server for tokens`,
    jwks: (service: string) => `${service}’s authorization server for its signing keys`,
    userinfo: (service: string) => `${service} for your account’s name`,
    refresh: (service: string) => `${service}’s authorization server for a new token`,
    revocation: (service: string) => `${service}’s authorization server to revoke a token`,
  },
  /** For an unknown step. */
  askedSomething: (service: string) => `${service} for a response`,
  wire: {
    error: (name: string) => `error=${name}`,
    description: (text: string) => `error_description="${text}"`,
    status: (status: number) => `Status: ${status}`,
    address: (url: string) => `URL: ${url}`,
  },
  operator: {
    label: 'For the server’s operator',
    headers: 'The response needs these headers:',
    anyOrigin: '* works in place of the origin.',
    preflight: 'The preflight (OPTIONS) response needs the same headers and a 2xx status.',
    redirects: 'Redirects aren’t followed; the document must be at this exact URL.',
  },
  /** The server asks for a nonce and rejects its own, or sends one that is not valid. */
  nonceRejected: (service: string, what: string) => ({
    title: `${service} accepts no DPoP nonce`,
    text: `The app asked ${what}. The server wants a nonce in the proof, but rejects the one that it sent, or sent one that isn’t valid.`,
    next: 'Try again. If it keeps failing, the server’s operator has to fix it.',
  }),
  /** No readable response to a request whose address the server’s metadata gave shortly before. */
  unreachableAfterMetadata: (service: string, what: string) => ({
    title: `${service} couldn’t be reached`,
    text: `The app asked ${what} and got no readable response. It had read the server’s metadata shortly before, so you are probably not offline: more likely the server doesn’t let browser apps use this address (CORS), or it failed. It may still have processed the request.`,
    next: 'Start again: that does no harm. If it keeps failing, the server’s operator has to fix it.',
  }),
  codes: {
    unreachable: (service: string, what: string) => ({
      title: `${service} couldn’t be reached`,
      text: `The app asked ${what} and got no readable response. You may be offline, the server may be down, or it may block browser apps (CORS).`,
      next: 'Check your connection and try again. If it keeps failing, the server’s operator has to fix it.',
    }),
    unreadable: (service: string, what: string) => ({
      title: `${service} doesn’t allow browser apps`,
      text: `The app asked ${what}. The server responded, but doesn’t let browser apps read the response (CORS).`,
      next: 'The server’s operator has to fix this. It may still work for other apps.',
    }),
    redirected: (service: string, what: string, { location }: FailureDetails) => ({
      title: `${service} redirects the request`,
      text: `The app asked ${what}. The server redirects the request${location === undefined ? '' : ` to ${location}`}. Redirects aren’t followed.`,
      next: 'Check the address. If it is right, the service’s operator has to put the response at this exact address.',
    }),
    'web-page': (service: string, what: string) => ({
      title: `${service} sent a web page`,
      text: `The app asked ${what} and got a web page instead of data.`,
      next: 'Check the address. If it is right, the service’s operator has to fix this.',
    }),
    'timed-out': (service: string, what: string) => ({
      title: `${service} took too long`,
      text: `The app asked ${what}. The response wasn’t complete after 10 seconds.`,
      next: 'Try again in a moment.',
    }),
    cancelled: (service: string, what: string) => ({
      title: `You cancelled the sign-in to ${service}`,
      text: `The app was asking ${what}.`,
      next: 'Start again whenever you like.',
    }),
    'not-found': (service: string, what: string) => ({
      title: `${service} wasn’t found`,
      text: `The app asked ${what}. Nothing is at that address, or the server doesn’t return it.`,
      next: 'It may have moved. Try again; if it keeps failing, contact the service’s support.',
    }),
    'malformed-response': (service: string, what: string) => ({
      title: `${service} sent an invalid response`,
      text: `The app asked ${what}. The response doesn’t follow the specification, so it was ignored.`,
      next: 'Try again. If it keeps failing, the response is in the Flow inspector, for the service’s operator.',
    }),
    'response-too-large': (service: string, what: string) => ({
      title: `${service} sent a response that is too large`,
      text: `The app asked ${what}. The response was larger than 256 KB, so the app stopped reading.`,
      next: 'Try again. If it keeps failing, contact the service’s support.',
    }),
    'http-5xx': (service: string, what: string) => ({
      title: `${service} had an error`,
      text: `The app asked ${what}, and the server had an error.`,
      next: 'Try again in a few minutes.',
    }),
    'rate-limited': (service: string, what: string) => ({
      title: `${service} is limiting requests`,
      text: `The app asked ${what}. The server is getting too many requests.`,
      next: 'Try again in a few minutes.',
    }),
    'oauth-error': (service: string, what: string) => ({
      title: `${service} rejected the request`,
      text: `The app asked ${what}. The server returned an error.`,
      next: 'Try again. If it keeps failing, show the error to the service’s support.',
    }),
    'resource-mismatch': (service: string, what: string, { named }: FailureDetails) => ({
      title: `${service}’s metadata is for a different service`,
      text: `The app asked ${what}. The metadata names a different address${namedIn(named)}, so it was discarded.`,
      next: 'Don’t continue unless you expected this. The service’s operator has to fix it.',
    }),
    'issuer-mismatch': (service: string, what: string, { named }: FailureDetails) => ({
      title: `${service}’s authorization server identifies itself with a different name`,
      text: `The app asked ${what}. The metadata names a different issuer${namedIn(named)}, so it was discarded.`,
      next: 'Don’t continue unless you expected this. The service’s operator has to fix it.',
    }),
    'no-authorization-server': (service: string, what: string) => ({
      title: `${service} doesn’t say where to sign in`,
      text: `The app asked ${what}. The metadata names no usable authorization server.`,
      next: 'The service’s operator has to fix this.',
    }),
    'server-changed': (service: string, what: string) => ({
      title: `${service} names a different authorization server`,
      text: `The app asked ${what}. The metadata no longer names the authorization server the app expects, so the app stopped.`,
      next: 'Continue only if you expected this. Otherwise, contact the service’s support.',
    }),
    'endpoint-missing': (service: string, what: string, { member }: FailureDetails) => ({
      title: `${service}’s metadata is incomplete`,
      text: `The app asked ${what}. ${member ?? 'An address that a sign-in needs'} is missing.`,
      next: 'The service’s operator has to add it.',
    }),
    'unsafe-url': (service: string, what: string, { member }: FailureDetails) => ({
      title: `${service} returned an unsafe address`,
      text: `The app asked ${what}. ${member ?? 'An address in the response'} is not encrypted or not a full web address, so it wasn’t used.`,
      next: 'The service’s operator has to fix this.',
    }),
    'pkce-unsupported': (service: string, what: string) => ({
      title: `${service} lacks a protection that browser apps need`,
      text: `The app asked ${what}. The server doesn’t say that it supports PKCE (S256), which makes a stolen code useless.`,
      next: 'Its operator has to enable it and list S256 in code_challenge_methods_supported.',
    }),
    'registration-unsupported': (service: string) => ({
      title: `${service} doesn’t know this app`,
      text: 'It doesn’t allow self-registration, and this app has no client ID there.',
      next: `The service’s operator can register ${appName} by hand.`,
    }),
    'registration-altered': (service: string, what: string) => ({
      title: `${service} changed the registration`,
      text: `The app asked ${what}. It confirmed different settings than requested, so they weren’t used.`,
      next: 'The service’s operator has to fix this.',
    }),
    'unknown-token-type': (service: string, what: string) => ({
      title: `${service} returned an unknown token type`,
      text: `The app asked ${what}. The app doesn’t know how to use the token safely, so it was discarded.`,
      next: 'The service’s operator has to fix this.',
    }),
    'not-dpop-bound': (service: string, what: string) => ({
      title: `${service} returned an unprotected token`,
      text: `The app asked ${what}. The token has to work only with this browser’s key (DPoP) and doesn’t, so it was discarded.`,
      next: 'Try again. If it keeps failing, the service’s operator has to fix it.',
    }),
    'dpop-unavailable': (service: string) => ({
      title: `${service} needs a key this browser can’t store`,
      text: `Its tokens work only with a key of this browser (DPoP). Either this browser can’t store one, as in some private windows, or the service needs another kind of key. Nothing was sent.`,
      next: 'Try a normal window in an up-to-date browser.',
    }),
    'key-missing': (service: string) => ({
      title: 'The key for this sign-in is missing',
      text: `${service}’s tokens work only with a key of this browser (DPoP), and the browser no longer has it.`,
      next: 'Start again to create a new key.',
    }),
    'nonce-unreadable': (service: string, what: string) => ({
      title: `${service} hides a value that browser apps need`,
      text: `The app asked ${what}. The server requires a DPoP nonce but doesn’t let this page read it.`,
      next: 'The service’s operator has to fix this: responses need Access-Control-Expose-Headers: DPoP-Nonce.',
    }),
    'invalid-dpop-proof': (service: string, what: string) => ({
      title: `${service} rejected the proof of this browser’s key`,
      text: `The app asked ${what}. The server rejected the proof (DPoP). This device’s clock may be wrong, or the request arrived twice because a connection broke.`,
      next: 'Check this device’s clock, then start again.',
    }),
    'not-stored': (service: string) => ({
      title: 'The sign-in couldn’t be saved',
      text: `${service} responded, but the browser can’t store anything for this site: storage is blocked or full.`,
      next: 'Allow this site to store data or free some space, then start again.',
    }),
    'not-loaded': (service: string) => ({
      title: 'The sign-in couldn’t be finished',
      text: `${service} was asked for tokens, but the part of ${appName} that reads the response couldn’t be loaded.`,
      next: 'A response works only once, so sign in again when you’re online.',
    }),
    'part-not-loaded': (service: string) => ({
      title: `A part of ${appName} could not be loaded`,
      text: `It is needed to talk to ${service}. You may be offline, or the app was updated. Nothing was sent.`,
      next: 'Reload this page when you’re online, then start again.',
    }),
    'worker-unavailable': (service: string) => ({
      title: connect.workerMissing.title(service),
      text: connect.workerMissing.text(service),
      next: connect.workerMissing.next,
    }),
    'id-token-invalid': (service: string, what: string) => ({
      title: `${service} couldn’t prove who signed in`,
      text: `The app asked ${what}. The ID token is invalid, so everything was discarded.`,
      next: 'Try again. If it keeps failing, the service’s operator has to look into it.',
    }),
    'clock-mismatch': (service: string, what: string) => ({
      title: `This device’s clock and ${service}’s don’t match`,
      text: `The app asked ${what}. The times in the ID token are too far from the current time, so everything was discarded.`,
      next: 'Set this device’s date and time automatically, then start again. If they are right, the service’s operator has to check theirs.',
    }),
    'account-mismatch': (service: string, what: string) => ({
      title: `${service} sent tokens for someone else`,
      text: `The app asked ${what}. The response is about another user or another app, so it was discarded.`,
      next: 'Sign in again. If it keeps failing, the service’s operator has to look into it.',
    }),
  },
  /** Unreachable while the browser reports that it is offline. */
  offline: (what: string) => ({
    title: 'You’re offline',
    text: `The app couldn’t ask ${what}.`,
    next: 'Start again when you’re online.',
  }),
  /** A server that supports registration but rejected this app. */
  registrationRefused: (service: string, what: string) => ({
    title: `${service} didn’t register this app`,
    text: `The app asked ${what}, and the server refused.`,
    next: 'The service’s operator can say why, or issue a client ID to use instead.',
  }),
  /** A pushed authorization request that the server rejected: the error is one that its sign-in page would have shown. */
  requestRejected: (service: string, what: string, meaning: string) => ({
    title: `${service} refused the sign-in`,
    text: `The app asked ${what}. ${meaning}`,
    next: 'Start again. If it keeps failing, show the error to the service’s support.',
  }),
  /** A sign-in server that a service names but that does not list the service (DISC-6). */
  notListed: (_service: string, what: string) => ({
    title: 'The authorization server doesn’t list this service',
    text: `The app asked ${what}. Its list of services doesn’t include this one.`,
    next: 'Don’t continue unless you expected this. The service’s operator has to fix it.',
  }),
  /** The server's error is `invalid_client`. */
  forgotten: (service: string, what: string) => ({
    title: `${service} no longer recognises this app`,
    text: `The app asked ${what}. The server no longer recognises the app’s client ID.`,
    next: 'Start again; the app will register again.',
  }),
  /** The server rejects a client id that it did not issue to this browser. */
  clientRefused: {
    typed: (service: string, what: string) => ({
      title: `${service} rejected the client ID`,
      text: `The app asked ${what}. The server doesn’t recognise the client ID you entered, or doesn’t allow it to sign in this way.`,
      next: 'Change the client ID: it must belong to a public client with this app’s redirect URI.',
    }),
    configured: (service: string, what: string) => ({
      title: `${service} rejected the client ID`,
      text: `The app asked ${what}. The server doesn’t recognise the client ID, or doesn’t allow it to sign in this way.`,
      next: 'The client ID is set in services.json. The operator of this app has to fix it.',
    }),
  },
};
