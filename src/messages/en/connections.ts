import { appName } from './app-name.ts';

/** Connections. */
export const connections = {
  title: 'Connections',
  lede: 'Sign-ins stay in this browser. Each service sees only what you allowed there.',
  loading: 'Reading your connections',
  empty: {
    title: 'No connections yet',
    text: (service: string) => `Start with ${service}, the demo network in this browser. It needs no account.`,
    otherText: (service: string) => `Start with ${service}. You sign in on its own page.`,
  },
  unnamed: 'An account without a name',
  /** The same within a sentence. */
  unnamedShort: 'that account',
  permissions: 'What the app may do',
  notAllowed: 'Not allowed:',
  allow: 'Allow',
  allowFor: (permission: string, account: string) => `Allow: ${permission}. ${account}`,
  noPermissions: 'Nothing is allowed while this needs sign-in.',
  expiresIn: (left: string) => `Expires in ${left}`,
  expired: 'Expired',
  refreshesItself: 'Refreshes itself.',
  refreshesAtUse: 'Refreshes itself at the next use.',
  endsThen: 'After that you sign in again.',
  ended: 'Reconnect to go on.',
  signedIn: 'Signed in',
  noExpiry: 'This server’s tokens do not expire.',
  refreshing: 'Refreshing',
  refreshingText: (service: string) => `Asking ${service} for a new token.`,
  /** A refresh that failed for now, by its cause. */
  waiting: {
    unreachable: (service: string) => ({
      title: 'Waiting for the network',
      text: `${service} could not be reached.`,
    }),
    'timed-out': (service: string) => ({
      title: 'Waiting for the network',
      text: `${service} did not answer in time.`,
    }),
    'rate-limited': (service: string) => ({
      title: `Waiting for ${service}`,
      text: 'It has had too many requests for now.',
    }),
    'server-fault': (service: string) => ({
      title: `Waiting for ${service}`,
      text: 'It had a fault when it was asked for a new token.',
    }),
    'malformed-response': (service: string) => ({
      title: `Waiting for ${service}`,
      text: 'What it sent in the place of a new token cannot be used.',
    }),
    'proof-refused': (service: string) => ({
      title: 'Not refreshed',
      text: `${service} did not accept the proof of this browser’s key (DPoP), most often because a clock is wrong: check this device’s.`,
    }),
    other: (service: string) => ({
      title: 'Not refreshed',
      text: `${service} could not refresh the token.`,
    }),
    offline: {
      title: 'Waiting for the network',
      text: 'This device is offline. The sign-in is kept, and the app goes on by itself when the network is back.',
    },
    triesAgain: (left: string) => `The sign-in is kept. The app tries again by itself in ${left}.`,
    triesAgainOrOnline: (left: string) =>
      `The sign-in is kept. The app tries again by itself in ${left}, or as soon as the network is back.`,
    triesNow: 'The sign-in is kept. The app tries again now.',
  },
  needsSignIn: 'Needs sign-in',
  endedBy: {
    'grant-refused': {
      text: (service: string, when: string) => `${service} ended this sign-in ${when}.`,
      code: 'invalid_grant',
    },
    'client-unknown': {
      text: (service: string, when: string) => `${service} no longer knows this app, since ${when}.`,
      code: 'invalid_client',
    },
    'token-refused': {
      text: (service: string, when: string) => `${service} refused the token ${when}.`,
      code: 'invalid_token',
    },
    'bound-token-refused': {
      text: (service: string, when: string) =>
        `${service} refused a new token ${when}. Reconnect to try once more. If that does not help, ask whoever runs it: the token works only with a key of this browser (DPoP), and the service may not take such tokens, or may hide headers from browser apps (WWW-Authenticate, DPoP-Nonce).`,
      code: undefined,
    },
    'binding-dropped': {
      text: (service: string, when: string) =>
        `${service} sent a token ${when} that anyone could use. The one before worked only with a key of this browser (DPoP), so the new one was thrown away.`,
      code: undefined,
    },
    'key-lost': {
      text: (service: string, when: string) =>
        `The key that the tokens of ${service} work with (DPoP) was gone from this browser ${when}. Reconnecting makes a new one.`,
      code: undefined,
    },
    'server-changed': {
      text: (service: string, when: string) =>
        `${service} refused the token ${when}, and names another sign-in server.`,
      code: 'invalid_token',
    },
    'answer-lost': {
      text: (service: string, when: string) =>
        `${service} had replaced the token, and its answer was lost ${when}, on the way or with a tab that ended. The old token works only once. Reconnect to go on: nothing else is lost.`,
      code: undefined,
    },
    'record-damaged': {
      text: (_service: string, when: string) => `What this browser kept could not be read ${when}.`,
      code: undefined,
    },
  },
  /** The service names other sign-in servers than the one that was used. */
  serverChange: {
    text: <Host>(service: string, old: Host) => [
      'You signed in at ',
      old,
      `. ${service} does not name it any more. It now says that people sign in at:`,
    ],
    caution:
      'Go on only if you expect this name. Until you do, nothing is sent there, and what you were given before never is.',
    alone: 'Signing in there makes a connection of its own. This one stays until you disconnect it.',
    fixed: <Host>(old: Host) => [
      'Whoever runs this app has set it to sign in at ',
      old,
      ' alone, and has to change that first.',
    ],
    signInAt: (host: string) => `Sign in at ${host}`,
  },
  details: 'Details',
  facts: {
    issuer: 'Issuer',
    clientId: 'Client id',
    clientIdDocument: 'A client metadata document: the service reads it at this address',
    accessToken: 'Access token',
    jwt: 'JWT. Read for showing only; the app never relies on what stands in it.',
    opaque: (service: string) => `Opaque: what it means is known to ${service} alone.`,
    binding: {
      bound:
        'Works only with a key of this browser, which can’t be copied (DPoP): a stolen token is of no use elsewhere',
      bearer: 'Works for whoever holds it: the server does not bind tokens to a key (DPoP)',
      'not-granted':
        'Works for whoever holds it: the server offers to bind tokens to a key (DPoP), and did not bind this one',
      'key-not-kept':
        'Works for whoever holds it: the server offers to bind tokens to a key (DPoP), and this browser could keep none',
    },
    refreshToken: 'Refresh token',
    hasRefreshToken: 'Held in this browser',
    hasRefreshTokenText: 'Fetches new access tokens without asking you',
    noRefreshToken: 'None',
    noRefreshTokenText: 'When the access token is over, you sign in again',
    obtained: 'Token received',
    scopes: 'Scopes',
    noScopes: 'None named',
    limits: 'Limits',
    characterLimit: (count: string) => `One post may have ${count} characters.`,
    connected: 'Connected',
  },
  token: {
    label: 'What stands in it',
    header: 'Header',
    claims: 'Claims',
    more: (count: number) => `And ${count} more.`,
  },
  console: 'Console',
  consoleOf: (account: string) => `Console of ${account}`,
  reconnect: 'Reconnect',
  reconnectAccount: (account: string) => `Reconnect ${account}`,
  disconnect: 'Disconnect',
  disconnectAccount: (account: string) => `Disconnect ${account}`,
  demoControls: (service: string) => `${service}’s demo controls`,
  dialog: {
    title: (service: string) => `Disconnect ${service}?`,
    workingTitle: (service: string) => `Disconnecting ${service}`,
    account: <Account>(account: Account) => ['This is the connection of ', account, '.'],
    text: (service: string) => `${appName} forgets it, then asks ${service} to revoke what it gave out.`,
    /** By what ended the sign-in. */
    ended: {
      'grant-refused': (service: string) => `${service} already ended this sign-in. ${appName} forgets it.`,
      'client-unknown': (service: string) =>
        `${service} no longer knows this app, so it may revoke nothing for it. What you allowed may still stand there: end it by hand on ${service}’s own pages. ${appName} forgets it here.`,
      'token-refused': (service: string) =>
        `${service} refused the token, but what you allowed may still stand there. ${appName} forgets it here and, where it still can, asks ${service} to revoke it.`,
      'bound-token-refused': (service: string) =>
        `${service} refused the token, but what you allowed may still stand there. ${appName} forgets it here and, where it still can, asks ${service} to revoke it.`,
      'binding-dropped': (service: string) =>
        `${service} stopped binding its tokens to this browser, and what you allowed may still stand there. ${appName} forgets it here and, where it still can, asks ${service} to revoke it.`,
      'key-lost': (service: string) =>
        `The key that the tokens work with is gone, but what you allowed may still stand there. ${appName} forgets it here and, where it still can, asks ${service} to revoke it.`,
      'server-changed': (service: string) =>
        `${service} names another sign-in server now, but what you allowed may still stand at the old one. ${appName} forgets it here and, where it still can, asks the old one to revoke it.`,
      'answer-lost': (service: string) =>
        `The last token of ${service} was lost on its way, but what you allowed may still stand there. ${appName} forgets it here and, where it still can, asks ${service} to revoke it.`,
      'record-damaged': (service: string) =>
        `What this browser kept could not be read, so nothing can be revoked from here. What you allowed may still stand there: end it by hand on ${service}’s own pages. ${appName} forgets it here.`,
    },
    /** What is not touched by it: of a service that takes posts, of one whose sign-in has ended, and of any other. */
    stays: {
      posts: (service: string) =>
        `Posts already sent stay where they are. So do those waiting on ${service}’s server. Your drafts stay.`,
      postsAfterEnd: () => 'Posts already sent stay where they are, and your drafts stay.',
      data: (service: string) => `What you have at ${service} stays as it is.`,
    },
    revoking: (service: string) => `Asking ${service} to revoke… This can no longer be stopped.`,
    forgetting: 'Forgetting it…',
    failed: 'This browser could not finish it. What is still listed here is still connected.',
    signOut: {
      label: <Host>(host: Host) => ['Also sign out at ', host],
      text: 'Its own page opens and may ask you to confirm. You are then signed out there in this browser, for other apps too.',
      leadsBack: 'It leads you back here.',
      leadsNotBack:
        'It does not lead back here: come back by yourself. Connections then says what became of this connection.',
    },
    keep: 'Keep',
    confirm: 'Disconnect',
    confirmBoth: 'Disconnect and sign out',
  },
  disconnected: {
    title: (service: string) => `${service} is disconnected.`,
    revoked: <Account>(service: string, account: Account) => [
      `${service} confirmed that what it gave out for `,
      account,
      ' is revoked, and it is forgotten here.',
    ],
    nothingToRevoke: <Account>(account: Account) => [
      'The sign-in of ',
      account,
      ' is forgotten here; there was no token left to revoke.',
    ],
    /** Of a sign-in that was over, but perhaps not for the server. */
    notAsked: <Account>(service: string, account: Account) => [
      `${service} could not be asked to revoke what it gave out for `,
      account,
      '.',
    ],
    ineffective: <Account>(service: string, account: Account) => [
      `${service} confirmed that what it gave out for `,
      account,
      ' is revoked, but a call with the token was accepted all the same.',
    ],
    unconfirmedTitle: (service: string) => `${service} is forgotten here.`,
    unconfirmed: <Account>(service: string, account: Account) => [
      `${service} did not confirm that what it gave out for `,
      account,
      ' is revoked.',
    ],
    worksUntil: (when: string) => `It may work there until ${when}.`,
    stillWorksUntil: (when: string) => `It works there until ${when}.`,
    asksAgain: (service: string) => `The app asks ${service} again by itself as soon as it can be reached.`,
    confirmedSince: <Account>(service: string, account: Account) => [
      `${service} could be reached since, and confirmed that what it gave out for `,
      account,
      ' is revoked.',
    ],
    refusedSince: <Account>(service: string, account: Account) => [
      `${service} could be reached since, and did not revoke what it gave out for `,
      account,
      '.',
    ],
    mayWork: 'It may go on working there.',
    endThere: (service: string) => `${service}’s own pages may let you end it by hand.`,
    controls: (service: string) => `${service}’s controls`,
    signOut: {
      leaving: <Host>(host: Host) => ['Next, you sign out at ', host, ' on its own page.'],
      ledBack: <Host>(host: Host) => [
        host,
        ' led you back from its sign-out. Unless you chose to stay, you are signed out there.',
      ],
      unknown: <Host>(host: Host) => ['Whether you are signed out at ', host, ' is not known here.'],
    },
    close: 'Close',
  },
};
