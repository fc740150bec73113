import { connect } from './connect.ts';

/**
 * What happened when a service could not be used, and what helps. By the codes of the protocol layer; `what` is what the
 * app had asked for, of `asked` below.
 */
export const faults = {
  /** What the app asks for, by step: each goes into "The app asked for …". */
  asked: {
    'unauthorized-call': (service: string) => `a first answer from ${service}`,
    'resource-metadata': (service: string) => `${service}’s description of itself`,
    'server-metadata': (service: string) => `the description of ${service}’s sign-in server`,
    registration: (service: string) => `the registration at ${service}’s sign-in server`,
    'pushed-request': (service: string) => `the handing over of the sign-in request to ${service}’s sign-in server`,
    'token-exchange': (service: string) => `the exchange of the code at ${service}’s sign-in server`,
    'signing-keys': (service: string) => `the signing keys of ${service}’s sign-in server`,
    userinfo: (service: string) => `your account’s name at ${service}`,
    refresh: (service: string) => `a new token from ${service}’s sign-in server`,
    revocation: (service: string) => `the revocation of a token at ${service}’s sign-in server`,
  },
  /** Where the step is not known. */
  askedSomething: (service: string) => `an answer from ${service}`,
  wire: {
    error: (name: string) => `error=${name}`,
    description: (text: string) => `error_description="${text}"`,
    status: (status: number) => `Status: ${status}`,
    address: (url: string) => `Asked: ${url}`,
  },
  operator: {
    label: 'For whoever runs the server',
    headers: 'A browser lets this app read the answer only if it carries:',
    anyOrigin: 'An asterisk in the place of this app’s address serves as well.',
    preflight:
      'The browser asks for leave first, with OPTIONS. The answer to that needs the same headers and a 2xx status.',
    redirects: 'Redirects are not followed: what is asked for has to be at this very address.',
  },
  codes: {
    unreachable: (service: string, what: string) => ({
      title: `${service} could not be reached`,
      text: `The app asked for ${what}, and no answer came that it may read. Either this device was offline or the server out of reach, or the server does not let browser apps read it (CORS). The browser does not say which.`,
      next: 'Check the network, then start again. If it stays so, only the people who run that server can change it.',
    }),
    'timed-out': (service: string, what: string) => ({
      title: `${service} took too long`,
      text: `The app asked for ${what}. The answer was not complete after 10 seconds, so the app stopped waiting.`,
      next: 'Start again in a moment.',
    }),
    cancelled: (service: string, what: string) => ({
      title: `You stopped the sign-in with ${service}`,
      text: `The app was asking for ${what}, and did not wait for it any longer.`,
      next: 'Start again when you like.',
    }),
    'not-found': (service: string, what: string) => ({
      title: `${service} is not where it should be`,
      text: `The app asked for ${what}. The server has nothing at that address, or does not give it out.`,
      next: 'It may have moved. Start again; if it stays so, tell whoever runs the service.',
    }),
    'malformed-response': (service: string, what: string) => ({
      title: `${service} gave an answer that cannot be used`,
      text: `The app asked for ${what}. What came is not what the specification asks for, so the app did not act on it.`,
      next: 'Start again. If it stays so, the answer is in the Flow inspector for whoever runs the service.',
    }),
    'response-too-large': (service: string, what: string) => ({
      title: `${service} gave an answer that is too large`,
      text: `The app asked for ${what}. More than 256 KB came, so the app stopped reading.`,
      next: 'Start again. If it stays so, tell whoever runs the service.',
    }),
    'server-fault': (service: string, what: string) => ({
      title: `${service} had a fault`,
      text: `The app asked for ${what}, and the server failed while it was working on that.`,
      next: 'Start again in a few minutes.',
    }),
    'rate-limited': (service: string, what: string) => ({
      title: `${service} is limiting requests`,
      text: `The app asked for ${what}. The server put it off: it has had too many requests for now.`,
      next: 'Start again in a few minutes.',
    }),
    'server-error': (service: string, what: string) => ({
      title: `${service} refused the request`,
      text: `The app asked for ${what}, and the server answered with an error instead.`,
      next: 'Start again. If it stays so, its error is what whoever runs the service needs.',
    }),
    'resource-mismatch': (service: string, what: string) => ({
      title: `${service} describes another service`,
      text: `The app asked for ${what}. It names an address that is not the one the app called, so it was thrown away.`,
      next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
    }),
    'issuer-mismatch': (service: string, what: string) => ({
      title: `${service}’s sign-in server names itself differently`,
      text: `The app asked for ${what}. The name in it is not the one that was asked for, so it was thrown away.`,
      next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
    }),
    'no-authorization-server': (service: string, what: string) => ({
      title: `${service} does not say where to sign in`,
      text: `The app asked for ${what}. It names no sign-in server that can be used.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'server-changed': (service: string, what: string) => ({
      title: `${service} names another sign-in server`,
      text: `The app asked for ${what}. It does not name the server that is expected any more, so the app stayed here.`,
      next: 'Go on only if you expected this. If you did not, ask whoever runs the service.',
    }),
    'unsafe-url': (service: string, what: string) => ({
      title: `${service} gave an address that is not safe`,
      text: `The app asked for ${what}. An address in it is missing, not encrypted, or no web address. The app did not follow it.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'pkce-unsupported': (service: string, what: string) => ({
      title: `${service} lacks a protection that browser apps need`,
      text: `The app asked for ${what}. It does not say that the server supports PKCE with S256, without which a stolen code could be used by others.`,
      next: 'It is for whoever runs the service to turn on.',
    }),
    'registration-unsupported': (service: string, what: string) => ({
      title: `${service} does not know this app`,
      text: `The app needs ${what}, but that server takes no registrations, and the app has no client id there.`,
      next: 'Whoever runs the service can register Content Planner by hand.',
    }),
    'registration-altered': (service: string, what: string) => ({
      title: `${service} registered something else`,
      text: `The app asked for ${what}. What the server confirmed is not what the app had described, so it was not used.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'unknown-token-type': (service: string, what: string) => ({
      title: `${service} gave a token of an unknown kind`,
      text: `The app asked for ${what}. It does not know how to use what came safely, so it was thrown away.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'binding-refused': (service: string, what: string) => ({
      title: `${service} gave a token that anyone could use`,
      text: `The app asked for ${what}. The token has to be bound to a key of this browser and is not, so it was thrown away.`,
      next: 'Start again. If it stays so, it is for whoever runs the service to mend.',
    }),
    'binding-impossible': (service: string) => ({
      title: `${service} wants a key that this browser can’t keep`,
      text: `${service} takes only tokens that are bound to a key of this browser (DPoP). This browser stores no such key, as in some private windows, or the service wants a kind of key that the app does not have. Nothing was sent.`,
      next: 'Try an ordinary window of an up-to-date browser.',
    }),
    'key-missing': (service: string) => ({
      title: 'The key of this sign-in is gone',
      text: `The tokens of ${service} are bound to a key in this browser, and the browser does not have it any more: its data was cleared.`,
      next: 'Start again: a new key is made.',
    }),
    'nonce-unreadable': (service: string, what: string) => ({
      title: `${service} does not let browser apps read its nonce`,
      text: `The app asked for ${what}. The server wants its nonce in the proof of the key (DPoP), and does not let a page of another origin read the header that has it.`,
      next: 'It is for whoever runs the service to mend: its answers need Access-Control-Expose-Headers: DPoP-Nonce.',
    }),
    'proof-refused': (service: string, what: string) => ({
      title: `${service} did not accept the proof of the key`,
      text: `The app asked for ${what}, and proved that this browser has the key (DPoP). The server did not accept the proof; most often that is since a clock is wrong.`,
      next: 'Check that this device’s clock is right, then start again.',
    }),
    'not-stored': (service: string) => ({
      title: 'This browser would not keep the sign-in',
      text: `${service} answered, but the browser stores nothing for this page: it is blocked, or the disk is full.`,
      next: 'Allow this site to store data, or make room, then start again.',
    }),
    'not-loaded': (service: string) => ({
      title: 'The sign-in could not be finished',
      text: `${service} was asked for the tokens, but the part of Content Planner that reads its answer could not be loaded.`,
      next: 'An answer works only once, so sign in again when this device is online.',
    }),
    'part-not-loaded': (service: string) => ({
      title: 'A part of Content Planner could not be loaded',
      text: `It is needed to talk to ${service}. This device may be offline, or the app was renewed meanwhile. Nothing was sent.`,
      next: 'Reload this page when the device is online, then start again.',
    }),
    'not-running': (service: string) => ({
      title: connect.workerMissing.title(service),
      text: connect.workerMissing.text(service),
      next: connect.workerMissing.next,
    }),
    'id-token-invalid': (service: string, what: string) => ({
      title: `${service} did not prove who signed in`,
      text: `The app asked for ${what}. The proof of who signed in does not hold, so everything that came with it was thrown away.`,
      next: 'Start again. If it stays so, check that this device’s clock is right.',
    }),
  },
  /** Unreachable, and the browser says why. */
  offline: (what: string) => ({
    title: 'This device is offline',
    text: `The app asked for ${what}, and there is no network.`,
    next: 'Start again when this device is online.',
  }),
  /** The server's error is `invalid_client`. */
  forgotten: (service: string, what: string) => ({
    title: `${service} no longer knows this app`,
    text: `The app asked for ${what}. The server answered that it does not know the client id.`,
    next: 'Start again: the app registers anew.',
  }),
  /** The server refuses a client id that it did not give to this browser itself. */
  clientRefused: {
    typed: (service: string, what: string) => ({
      title: `${service} does not accept the client id`,
      text: `The app asked for ${what}. The server answered that it does not know the client id that was typed in, or that it may not sign people in this way.`,
      next: 'Change the client id: it has to be that of a public client, with this app’s redirect URI.',
    }),
    configured: (service: string, what: string) => ({
      title: `${service} does not accept the client id`,
      text: `The app asked for ${what}. The server answered that it does not know the client id, or that it may not sign people in this way.`,
      next: 'The client id stands in services.json. It is for whoever runs this app to mend.',
    }),
  },
};
