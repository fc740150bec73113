import { appName } from './app-name.ts';
import { connect } from './connect.ts';

/**
 * What happened when a service could not be used, and what helps. By the codes of the protocol layer; `what` is what the
 * app had asked for, of `asked` below.
 */
export const faults = {
  /** Whom the app asks and for what, by step: each goes into "The app asked …". */
  asked: {
    'unauthorized-call': (service: string) => `${service} for a first answer`,
    'resource-metadata': (service: string) => `${service} for its description of itself`,
    'server-metadata': (service: string) => `${service}’s sign-in server for its description`,
    registration: (service: string) => `${service}’s sign-in server to register it`,
    'pushed-request': (service: string) => `${service}’s sign-in server to take the sign-in request beforehand (PAR)`,
    'token-exchange': (service: string) => `${service}’s sign-in server for tokens`,
    'signing-keys': (service: string) => `${service}’s sign-in server for its signing keys`,
    userinfo: (service: string) => `${service} for your account’s name`,
    refresh: (service: string) => `${service}’s sign-in server for a new token`,
    revocation: (service: string) => `${service}’s sign-in server to revoke a token`,
  },
  /** Where the step is not known. */
  askedSomething: (service: string) => `${service} for an answer`,
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
      text: `The app asked ${what}, and no answer came that it may read. Either this device was offline or the server out of reach, or the server does not let browser apps read it (CORS). The browser does not say which.`,
      next: 'Check the network, then start again. If it stays so, only the people who run that server can change it.',
    }),
    'timed-out': (service: string, what: string) => ({
      title: `${service} took too long`,
      text: `The app asked ${what}. The answer was not complete after 10 seconds, so the app stopped waiting.`,
      next: 'Start again in a moment.',
    }),
    cancelled: (service: string, what: string) => ({
      title: `You stopped the sign-in with ${service}`,
      text: `The app was asking ${what}, and stopped waiting.`,
      next: 'Start again when you like.',
    }),
    'not-found': (service: string, what: string) => ({
      title: `${service} is not where it should be`,
      text: `The app asked ${what}. There is nothing at that address, or the server does not give it out.`,
      next: 'It may have moved. Start again; if it stays so, tell whoever runs the service.',
    }),
    'malformed-response': (service: string, what: string) => ({
      title: `${service} gave an answer that cannot be used`,
      text: `The app asked ${what}. The answer is not as the specification wants it, so the app did not act on it.`,
      next: 'Start again. If it stays so, the answer is in the Flow inspector for whoever runs the service.',
    }),
    'response-too-large': (service: string, what: string) => ({
      title: `${service} gave an answer that is too large`,
      text: `The app asked ${what}. More than 256 KB came, so the app stopped reading.`,
      next: 'Start again. If it stays so, tell whoever runs the service.',
    }),
    'server-fault': (service: string, what: string) => ({
      title: `${service} had a fault`,
      text: `The app asked ${what}, and the server failed at it.`,
      next: 'Start again in a few minutes.',
    }),
    'rate-limited': (service: string, what: string) => ({
      title: `${service} is limiting requests`,
      text: `The app asked ${what}. The server has had too many requests for now.`,
      next: 'Start again in a few minutes.',
    }),
    'server-error': (service: string, what: string) => ({
      title: `${service} refused the request`,
      text: `The app asked ${what}, and the server answered with an error.`,
      next: 'Start again. If it stays so, show the error to whoever runs the service.',
    }),
    'resource-mismatch': (service: string, what: string) => ({
      title: `${service} describes another service`,
      text: `The app asked ${what}. The answer is about another address than the one that was asked, so it was thrown away.`,
      next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
    }),
    'issuer-mismatch': (service: string, what: string) => ({
      title: `${service}’s sign-in server names itself differently`,
      text: `The app asked ${what}. The answer bears another name than the one that was asked for, so it was thrown away.`,
      next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
    }),
    'no-authorization-server': (service: string, what: string) => ({
      title: `${service} does not say where to sign in`,
      text: `The app asked ${what}. The answer names no sign-in server that can be used.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'server-changed': (service: string, what: string) => ({
      title: `${service} names another sign-in server`,
      text: `The app asked ${what}. The answer no longer names the sign-in server that the app expects, so the app stayed here.`,
      next: 'Go on only if you expected this. If you did not, ask whoever runs the service.',
    }),
    'unsafe-url': (service: string, what: string) => ({
      title: `${service} gave an address that is not safe`,
      text: `The app asked ${what}. An address in the answer is missing, not encrypted, or no web address. The app did not follow it.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'pkce-unsupported': (service: string, what: string) => ({
      title: `${service} lacks a protection that browser apps need`,
      text: `The app asked ${what}. The answer does not promise the protection (PKCE, S256) without which others could use a stolen code.`,
      next: 'It is for whoever runs the service to turn on.',
    }),
    'registration-unsupported': (service: string) => ({
      title: `${service} does not know this app`,
      text: 'Its sign-in server takes no registrations, and the app has no client id there.',
      next: `Whoever runs the service can register ${appName} by hand.`,
    }),
    'registration-altered': (service: string, what: string) => ({
      title: `${service} registered something else`,
      text: `The app asked ${what}. What it confirmed is not what the app had described, so it was not used.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'unknown-token-type': (service: string, what: string) => ({
      title: `${service} gave a token of an unknown kind`,
      text: `The app asked ${what}. The app does not know how to use what came safely, so it was thrown away.`,
      next: 'It is for whoever runs the service to mend.',
    }),
    'binding-refused': (service: string, what: string) => ({
      title: `${service} gave a token that anyone could use`,
      text: `The app asked ${what}. The token has to work only with a key of this browser (DPoP) and does not, so it was thrown away.`,
      next: 'Start again. If it stays so, it is for whoever runs the service to mend.',
    }),
    'binding-impossible': (service: string) => ({
      title: `${service} wants a key that this browser can’t keep`,
      text: `Its tokens work only with a key of this browser (DPoP). Either this browser keeps no such key, as in some private windows, or the service wants another kind of key. Nothing was sent.`,
      next: 'Try an ordinary window of an up-to-date browser.',
    }),
    'key-missing': (service: string) => ({
      title: 'The key of this sign-in is gone',
      text: `The tokens of ${service} work only with a key of this browser (DPoP), and the browser does not have it any more.`,
      next: 'Start again: a new key is made.',
    }),
    'nonce-unreadable': (service: string, what: string) => ({
      title: `${service} hides a value that browser apps need`,
      text: `The app asked ${what}. The server wants its one-time value (DPoP nonce) sent back, and does not let this page read it.`,
      next: 'It is for whoever runs the service to mend: its answers need Access-Control-Expose-Headers: DPoP-Nonce.',
    }),
    'proof-refused': (service: string, what: string) => ({
      title: `${service} did not accept the proof of this browser’s key`,
      text: `The app asked ${what}, and proved that this browser has the key (DPoP). The server did not accept the proof, most often because a clock is wrong.`,
      next: 'Check that this device’s clock is right, then start again.',
    }),
    'not-stored': (service: string) => ({
      title: 'This browser would not keep the sign-in',
      text: `${service} answered, but the browser stores nothing for this page: it is blocked, or the disk is full.`,
      next: 'Allow this site to store data, or make room, then start again.',
    }),
    'not-loaded': (service: string) => ({
      title: 'The sign-in could not be finished',
      text: `${service} was asked for the tokens, but the part of ${appName} that reads its answer could not be loaded.`,
      next: 'An answer works only once, so sign in again when this device is online.',
    }),
    'part-not-loaded': (service: string) => ({
      title: `A part of ${appName} could not be loaded`,
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
      text: `The app asked ${what}. The proof of who signed in does not hold, so all that came was thrown away.`,
      next: 'Start again. If it stays so, check that this device’s clock is right.',
    }),
  },
  /** Unreachable, and the browser says why. */
  offline: (what: string) => ({
    title: 'This device is offline',
    text: `The app was to ask ${what}, and there is no network.`,
    next: 'Start again when this device is online.',
  }),
  /** A server that registers apps, and not this one. */
  registrationRefused: (service: string, what: string) => ({
    title: `${service} did not register this app`,
    text: `The app asked ${what}, and the server said no.`,
    next: 'Whoever runs the service can say why, or give out a client id to use instead.',
  }),
  /** A sign-in server that a service names, and that does not name the service (DISC-6). */
  notListed: (_service: string, what: string) => ({
    title: 'The sign-in server does not list this service',
    text: `The app asked ${what}. The answer says which services it signs people in for, and this one is not among them.`,
    next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
  }),
  /** The server's error is `invalid_client`. */
  forgotten: (service: string, what: string) => ({
    title: `${service} no longer knows this app`,
    text: `The app asked ${what}. The server does not know the app’s client id any more.`,
    next: 'Start again: the app registers anew.',
  }),
  /** The server refuses a client id that it did not give to this browser itself. */
  clientRefused: {
    typed: (service: string, what: string) => ({
      title: `${service} does not accept the client id`,
      text: `The app asked ${what}. The server does not know the client id that was typed in, or does not let it sign people in this way.`,
      next: 'Change the client id: it has to be that of a public client with this app’s redirect URI.',
    }),
    configured: (service: string, what: string) => ({
      title: `${service} does not accept the client id`,
      text: `The app asked ${what}. The server does not know the client id, or does not let it sign people in this way.`,
      next: 'The client id stands in services.json. It is for whoever runs this app to mend.',
    }),
  },
};
