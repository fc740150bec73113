/** What happened when a service could not be used, and what helps. By the codes of the protocol layer. */
export const faults = {
  unreachable: (service: string) => ({
    title: `${service} could not be reached`,
    text: `Either this device is offline, or ${service}’s server does not let browser apps call it (CORS). The browser does not say which.`,
    next: 'Check the connection, then start again. If it stays so, only the people who run that server can change it.',
  }),
  'timed-out': (service: string) => ({
    title: `${service} took too long`,
    text: 'The server did not finish its answer in time, so the app stopped waiting.',
    next: 'Start again in a moment.',
  }),
  cancelled: (service: string) => ({
    title: 'Stopped',
    text: `The request to ${service} was stopped before it ended.`,
    next: 'Start again when you like.',
  }),
  'not-found': (service: string) => ({
    title: `${service} is not where it should be`,
    text: 'The address that the sign-in needs does not exist on the server.',
    next: 'It may have moved. Start again; if it stays so, tell whoever runs the service.',
  }),
  'malformed-response': (service: string) => ({
    title: `${service} gave an answer that cannot be used`,
    text: 'It is not what the specification asks for, so the app did not act on it.',
    next: 'Start again. If it stays so, the answer is in the Flow inspector for whoever runs the service.',
  }),
  'response-too-large': (service: string) => ({
    title: `${service} gave an answer that is too large`,
    text: 'The app stopped reading it.',
    next: 'Start again. If it stays so, tell whoever runs the service.',
  }),
  'server-fault': (service: string) => ({
    title: `${service} had a fault`,
    text: 'The server failed while it was working on the request.',
    next: 'Start again in a few minutes.',
  }),
  'server-error': (service: string) => ({
    title: `${service} refused the request`,
    text: 'It answered with an error instead of what was asked for.',
    next: 'Start again. If it stays so, its error name is what whoever runs the service needs.',
  }),
  'resource-mismatch': (service: string) => ({
    title: `${service} describes another service`,
    text: 'Its description names an address that is not the one the app called, so it was thrown away.',
    next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
  }),
  'issuer-mismatch': (service: string) => ({
    title: `${service}’s sign-in server names itself differently`,
    text: 'The name in its description is not the one that was asked for, so the description was thrown away.',
    next: 'Do not go on if you did not expect this. It is for whoever runs the service to mend.',
  }),
  'no-authorization-server': (service: string) => ({
    title: `${service} does not say where to sign in`,
    text: 'Its description names no sign-in server that can be used.',
    next: 'It is for whoever runs the service to mend.',
  }),
  'unsafe-url': (service: string) => ({
    title: `${service} gave an address that is not safe`,
    text: 'It is not encrypted, or is no web address. The app did not follow it.',
    next: 'It is for whoever runs the service to mend.',
  }),
  'pkce-unsupported': (service: string) => ({
    title: `${service} lacks a protection that browser apps need`,
    text: 'Its sign-in server does not say that it supports PKCE with S256. Without it a stolen code could be used by others.',
    next: 'It is for whoever runs the service to turn on.',
  }),
  'registration-unsupported': (service: string) => ({
    title: `${service} does not know this app`,
    text: 'Its sign-in server takes no registrations, and the app has no client id there.',
    next: 'Whoever runs the service can register Content Planner by hand.',
  }),
  'registration-altered': (service: string) => ({
    title: `${service} registered something else`,
    text: 'What it confirmed is not what the app asked for, so the registration was not used.',
    next: 'It is for whoever runs the service to mend.',
  }),
  'unknown-token-type': (service: string) => ({
    title: `${service} gave a token of an unknown kind`,
    text: 'The app does not know how to use it safely, so it was thrown away.',
    next: 'It is for whoever runs the service to mend.',
  }),
  'not-stored': (service: string) => ({
    title: 'This browser would not keep the sign-in',
    text: `${service} answered, but the browser stores nothing for this page: it is blocked, or the disk is full.`,
    next: 'Allow this site to store data, or make room, then start again.',
  }),
  'id-token-invalid': (service: string) => ({
    title: `${service} did not prove who signed in`,
    text: 'The proof that came with the sign-in does not hold, so everything that came with it was thrown away.',
    next: 'Start again. If it stays so, check that this device’s clock is right.',
  }),
};
