import { appName } from './app-name.ts';
import { authorizationErrors } from './authorization-errors.ts';

/** Returning from a sign-in. */
export const callback = {
  working: (service: string | undefined) =>
    service === undefined ? 'Finishing sign-in' : `Finishing sign-in with ${service}`,
  stages: {
    received: 'Response received in this tab',
    matched: 'State and issuer checked',
    exchanging: 'Exchanging the code for tokens',
    identifying: 'Reading your account name',
  },
  stageDone: 'Done:',
  stageNow: 'Now:',
  watch: 'Watch in the Flow inspector',
  cancel: 'Cancel',
  startAgain: 'Start again',
  askAgain: 'Ask again',
  goOn: 'Continue',
  openInspector: 'Open in the Flow inspector',
  backToConnections: 'Back to Connections',
  backToDraft: 'Back to the draft',
  backToPlanner: 'Back to the planner',
  backToInspector: 'Back to the Flow inspector',
  connected: (service: string) => ({
    title: `${service} is connected`,
    text: 'Pick up where you left off.',
  }),
  denied: (service: string) => ({
    title: `You said no to ${service}`,
    text: 'Nothing was stored and your existing connections haven’t changed. Clicked by mistake? Ask again.',
  }),
  errorResponse: (service: string, error: string) => ({
    title: `${service} refused the sign-in`,
    text: `${authorizationErrors[error] ?? 'It returned an unknown error.'} Nothing was stored and your existing connections haven’t changed.`,
  }),
  /** An error in a response that does not prove to be about a sign-in of this tab. */
  unproven: (service: string) => ({
    title: `${service} seems to have refused the sign-in`,
    text: `The response carries this error. It doesn’t say which sign-in it belongs to, so nothing proves that it came from ${service}. Nothing was sent and nothing changed: the sign-in can still be finished.`,
  }),
  issuerMismatch: {
    title: 'The response came from a different server',
    text: 'It was discarded. Passing it on could have handed your account to someone else.',
    asked: 'Expected',
    answered: 'Received',
    nobody: 'not stated',
    empty: 'stated, but empty',
  },
  invalidResponse: {
    'unknown-state': {
      title: 'This sign-in wasn’t started here',
      text: 'This tab didn’t start it. It probably began in another tab or a private window, or it was left open too long. The response was ignored; nothing changed.',
    },
    'already-used': {
      title: 'This sign-in is already finished',
      text: 'Each response works only once. You probably reloaded, went back or duplicated the tab. Nothing was sent and nothing changed.',
    },
    'wrong-redirect-uri': {
      title: 'The response came to the wrong address',
      text: 'This sign-in should have returned to a different address. The response was discarded: passing it on could have handed your account to someone else.',
    },
    'repeated-parameter': {
      title: 'This address was tampered with',
      text: 'It contains the same parameter twice, so nothing in it can be trusted. It was ignored; nothing changed.',
    },
    'no-state': {
      title: 'No matching sign-in',
      text: 'The response doesn’t say which sign-in it belongs to, so it was ignored. Nothing was sent and nothing changed.',
    },
    'foreign-response': {
      title: 'Unexpected response type',
      text: `It carries tokens in the address or a code in the part after “#”, which ${appName} never asks for. It was discarded without being read.`,
    },
    'code-and-error': {
      title: 'This response contradicts itself',
      text: 'It contains both a code and an error, so nothing in it can be trusted. It was ignored; nothing changed.',
    },
    'neither-code-nor-error': {
      title: 'This response is empty',
      text: 'It contains neither a code nor an error. Nothing was sent and nothing changed.',
    },
  },
  expired: (mayTake: string) => ({
    title: 'This sign-in timed out',
    text: `Sign-ins have to finish within ${mayTake}. The response was ignored; nothing changed.`,
  }),
  accountMismatch: {
    title: (service: string) => `Someone else signed in to ${service}`,
    text: 'You were renewing one account, but signed in with another. Nothing is stored yet. What would you like to do?',
    unnamedTitle: (service: string) => `${service} doesn’t say who signed in`,
    unnamedText:
      'You were renewing one account, but this sign-in may belong to someone else. Nothing is stored yet. What would you like to do?',
    expected: 'Expected',
    actual: 'Signed in',
    nobody: 'Unknown',
    id: (subject: string) => `Account ID ${subject}`,
    signInAgain: <Person>(person: Person) => ['Sign in again as ', person],
    keep: <Person>(person: Person) => ['Keep ', person, ' as a separate connection'],
    keepUnnamed: 'Keep it as a separate connection',
    discard: 'Discard',
    keeping: 'Saving it as a separate connection…',
    discarding: (service: string) => `Asking ${service} to revoke the new tokens…`,
  },
  /** The sign-in ended while the user was elsewhere in the app. */
  endedElsewhere: {
    undecided: 'A sign-in needs your decision.',
    ended: 'The sign-in failed.',
    look: 'See what happened',
  },
  discarded: (service: string) => ({
    title: 'Sign-in discarded',
    text: `${appName} asked ${service} to revoke the new tokens. Nothing was stored and your existing connections haven’t changed.`,
  }),
  /** An attack demo altered the response at the user's request. */
  attackDemo: {
    text: 'Attack demo complete: we tampered with the response. This is what you would see in a real attack.',
    look: 'See what stopped it in the inspector',
  },
  kept: 'Nothing was stored and your existing connections haven’t changed.',
  nothing: {
    title: 'Nothing to finish here',
    text: 'Services return here at the end of a sign-in, and no sign-in is in progress in this tab.',
  },
  interrupted: (service: string) => ({
    title: `Sign-in with ${service} was interrupted`,
    text: 'The page was reloaded before the sign-in was finished, and each response works only once. If the service isn’t listed in Connections, start again; your existing connections haven’t changed.',
  }),
};
