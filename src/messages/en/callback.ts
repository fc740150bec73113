import { appName } from './app-name.ts';

/** What each error of an authorization response means (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6, RFC 8707 §2). */
const refusals: Partial<Record<string, string>> = {
  invalid_request: 'It says that something in the request is missing or wrong.',
  invalid_client: 'It says that it does not know this app.',
  unauthorized_client: 'It says that this app may not ask for a sign-in this way.',
  unsupported_response_type: 'It says that it does not give out codes.',
  invalid_scope: 'It says that it does not know a permission that was asked for, or does not give it.',
  invalid_target: 'It says that it does not look after the service that was asked for.',
  server_error: 'It had a fault of its own.',
  temporarily_unavailable: 'It is overloaded or being looked after.',
  login_required: 'It says that you are not signed in there.',
  consent_required: 'It says that your consent is missing.',
  interaction_required: 'It says that it has something to ask you first.',
  account_selection_required: 'It says that you have to choose an account first.',
};

/** Coming back from a sign-in. */
export const callback = {
  working: (service: string | undefined) =>
    service === undefined ? 'Finishing sign-in' : `Finishing sign-in with ${service}`,
  stages: {
    received: 'The answer came back to the tab that asked',
    matched: 'State and issuer match',
    exchanging: 'Exchanging the code for tokens',
    identifying: 'Reading your account name',
  },
  stageDone: 'Done:',
  stageNow: 'Now:',
  watch: 'Watch in the Flow inspector',
  cancel: 'Cancel',
  startAgain: 'Start again',
  askAgain: 'Ask again',
  goOn: 'Go on',
  openInspector: 'Open in the Flow inspector',
  backToConnections: 'Back to Connections',
  backToDraft: 'Back to the draft',
  backToPlanner: 'Back to the planner',
  backToInspector: 'Back to the Flow inspector',
  connected: (service: string) => ({
    title: `${service} is connected`,
    text: 'You can go on where you left off.',
  }),
  denied: (service: string) => ({
    title: `You said no to ${service}`,
    text: 'Nothing was stored, and what was connected before is as it was. If that was a slip, you can ask again.',
  }),
  serverSaidNo: (service: string, error: string) => ({
    title: `${service} refused the sign-in`,
    text: `${refusals[error] ?? `It gave an error that ${appName} does not know.`} Nothing was stored, and what was connected before is as it was.`,
  }),
  issuerMismatch: {
    title: 'The answer came from a different service',
    text: 'It was thrown away. Passing it on could have handed your account to someone else.',
    asked: 'Asked',
    answered: 'Answered',
    nobody: 'without a name',
  },
  refused: {
    'unknown-state': {
      title: 'This sign-in began somewhere else',
      text: 'This tab did not start it. Usually that means it began in another tab or a private window, or it was left open too long. Its answer was not used, and nothing changed.',
    },
    'already-used': {
      title: 'This sign-in is already finished',
      text: 'Its answer was used once, and works only once. A reload, the Back button or a copied tab brings the page up again. Nothing was sent and nothing changed.',
    },
    'wrong-redirect-uri': {
      title: 'The answer came to the wrong address',
      text: 'This sign-in was given another address to come back to. The answer was thrown away: passing it on could have handed your account to someone else.',
    },
    'repeated-parameter': {
      title: 'Someone added to this address',
      text: 'A part of the answer stands in it twice, so none of it can be relied upon. It was not used, and nothing changed.',
    },
    'no-state': {
      title: 'This answer belongs to no sign-in',
      text: 'It does not say which sign-in it answers, so the app did not act on it. Nothing was sent and nothing changed.',
    },
    'foreign-response': {
      title: 'This answer is of a kind nobody asked for',
      text: `It carries tokens in the address, which ${appName} never asks for. They were thrown away unread.`,
    },
    'neither-code-nor-error': {
      title: 'This answer is empty',
      text: 'It carries neither a code nor an error. Nothing was sent and nothing changed.',
    },
  },
  expired: (mayTake: string) => ({
    title: 'You were away too long',
    text: `A sign-in may take ${mayTake}, and this one took longer. Its answer was not used, and nothing changed.`,
  }),
  otherPerson: {
    title: (service: string) => `Someone else signed in to ${service}`,
    text: 'This sign-in was to renew one person’s connection and came back for another. Nothing is stored yet. What shall become of it?',
    unnamedTitle: (service: string) => `${service} does not say who signed in`,
    unnamedText:
      'This sign-in was to renew one person’s connection, and it may be another’s. Nothing is stored yet. What shall become of it?',
    expected: 'Expected',
    actual: 'Signed in',
    nobody: 'Not said',
    id: (subject: string) => `Account id ${subject}`,
    signInAgain: <Person>(person: Person) => ['Sign in again as ', person],
    keep: <Person>(person: Person) => ['Keep ', person, ' as a connection of its own'],
    keepUnnamed: 'Keep it as a connection of its own',
    discard: 'Throw it away',
    keeping: 'Storing it as a connection of its own…',
    discarding: (service: string) => `Asking ${service} to revoke what it gave out…`,
  },
  /** It ended while the person was elsewhere in the app. */
  endedElsewhere: {
    undecided: 'The sign-in waits for your decision.',
    ended: 'The sign-in came to nothing.',
    look: 'See what happened',
  },
  discarded: (service: string) => ({
    title: 'The sign-in was thrown away',
    text: `${appName} asked ${service} to revoke what it gave out. Nothing was stored, and what was connected before is as it was.`,
  }),
  /** Somebody has meddled with the answer, because a person asked for it. */
  lesson: {
    text: 'This was a lesson: the answer was meddled with on its way, and this is what you are told when that happens for real.',
    look: 'See what caught it in the inspector',
  },
  kept: 'Nothing was stored, and what was connected before is as it was.',
  nothing: {
    title: 'Nothing to finish here',
    text: 'Services send you to this page at the end of a sign-in. None is under way in this tab.',
  },
};
