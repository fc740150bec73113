/** What happened when a service could not be used, and what helps. By the codes of the protocol layer. */
const faults = {
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

/** What each error of an authorization response means (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6, RFC 8707 §2). */
const refusals: Partial<Record<string, string>> = {
  invalid_request: 'It says that something in the request is missing or wrong.',
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

const networks = (names: readonly string[], accounts: number): string => {
  const [only] = names;
  if (names.length > 1) return ` on ${names.length} networks`;
  if (only === undefined) return '';
  return accounts > 1 ? ` on ${accounts} ${only} accounts` : ` on ${only}`;
};

/** Every word the app shows, by screen. */
export const messages = {
  appName: 'Content Planner',
  title: (screen: string) => `${screen} · Content Planner`,

  birdsong: {
    place: 'in this browser',
    permissions: {
      profile: 'See your name and picture',
      post: 'Post for you',
      read: 'See your posts',
      statistics: 'See how your posts did',
      stayConnected: 'Stay connected',
    },
  },
  faults,

  shell: {
    skip: 'Skip to content',
    navigation: 'Main',
    planner: 'Planner',
    connections: 'Connections',
    inspector: 'Flow inspector',
    inspectorShort: 'Inspector',
    switchTheme: 'Switch theme',
    needSignIn: (count: number) => (count === 1 ? '1 needs sign-in' : `${count} need sign-in`),
  },

  firstRun: {
    title: 'Start',
    heading: 'Plan the week’s posts and send them as yourself.',
    lede: 'Content Planner runs in this browser and nowhere else. You sign in at each service, decide what the app may do there, and it posts for you on time.',
    connect: (service: string) => `Connect ${service} (built-in demo network)`,
    note: (service: string) => `${service} needs no account, and its posts never leave this browser.`,
    steps: [
      {
        title: 'Connect',
        text: (service: string) =>
          `You sign in on ${service}’s own page. The app asks to see your name, to post for you, and to read your posts and how they did. Untick there what you do not want.`,
      },
      { title: 'Plan', text: () => 'Write a post, see it as the network will show it, and pick its time.' },
      { title: 'Publish', text: () => 'Posts go out at their time. Every request is there to read in the' },
    ],
    inspector: 'Flow inspector',
  },

  connect: {
    connect: (service: string) => `Connect ${service}`,
    connectAnother: 'Connect another account',
    opening: (service: string) => `Opening ${service}…`,
    cancel: 'Cancel',
    starting: (service: string) => `${service} is starting in this browser. This takes a moment, once.`,
    workerMissing: {
      title: (service: string) => `${service} cannot run in this window.`,
      text: (service: string) =>
        `${service}, the demo network, lives in a service worker, and this browser or private window has none. Nothing else in Content Planner needs one. Open it in a normal window, or in another browser, to try the demo.`,
    },
    failed: (url: string) => `Asked: ${url}`,
  },

  connections: {
    title: 'Connections',
    lede: 'Sign-ins are kept in this browser. Each service sees only what you allowed there.',
    loading: 'Reading your connections',
    empty: {
      title: 'No connections yet',
      text: (service: string) => `Start with ${service}, the demo network in this browser. It needs no account.`,
    },
    unnamed: 'An account without a name',
    permissions: 'What the app may do',
    notAllowed: 'Not allowed:',
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
    waiting: 'Not refreshed',
    waitingText: (service: string) =>
      `${service} could not refresh the token. The sign-in is kept, and the next use tries again.`,
    revoking: 'Disconnecting',
    revokingText: (service: string) => `Asking ${service} to revoke the token.`,
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
      'record-damaged': {
        text: (_service: string, when: string) => `What this browser kept could not be read ${when}.`,
        code: undefined,
      },
    },
    details: 'Details',
    facts: {
      issuer: 'Issuer',
      clientId: 'Client id',
      clientIdDocument: 'A client metadata document at this address',
      accessToken: 'Access token',
      jwt: 'JWT, bearer',
      opaque: 'Opaque, bearer',
      bearer: 'Works for whoever holds it',
      refreshToken: 'Refresh token',
      hasRefreshToken: 'Kept in this browser',
      hasRefreshTokenText: 'Fetches new access tokens without asking you',
      noRefreshToken: 'None',
      noRefreshTokenText: 'When the access token is over, you sign in again',
      obtained: 'Token received',
      scopes: 'Scopes',
      noScopes: 'None named',
      connected: 'Connected',
    },
    reconnect: 'Reconnect',
    disconnect: 'Disconnect',
    demoControls: (service: string) => `${service}’s demo controls`,
    dialog: {
      title: (service: string) => `Disconnect ${service}?`,
      text: (service: string) =>
        `Content Planner asks ${service} to revoke the token, then forgets it. Posts already sent stay where they are. So do those waiting on ${service}’s server. Your drafts stay.`,
      textAfterEnd: (service: string) =>
        `${service} already ended this sign-in. Content Planner forgets it. Posts already sent stay where they are, and your drafts stay.`,
      failed: 'This browser could not finish it. Nothing was forgotten.',
      keep: 'Keep',
      confirm: 'Disconnect',
    },
    disconnected: {
      confirmed: (service: string) => `${service} is disconnected.`,
      confirmedText: (service: string) => `${service} confirmed that the token is revoked, and it is forgotten here.`,
      unconfirmed: (service: string) => `${service} is forgotten here.`,
      unconfirmedText: (service: string) =>
        `${service} did not confirm that the token is revoked. It may work there until it expires; you can end it on ${service}’s own pages.`,
    },
  },

  callback: {
    title: 'Finishing sign-in',
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
    startAgain: 'Start again',
    startAgainHere: 'Start again here',
    askAgain: 'Ask again',
    goOn: 'Go on',
    openInspector: 'Open in the Flow inspector',
    backToConnections: 'Back to Connections',
    backToPlanner: 'Back to the planner',
    backToInspector: 'Back to the Flow inspector',
    connected: (service: string) => ({
      title: `${service} is connected`,
      text: 'The sign-in is kept in this browser.',
    }),
    denied: (service: string) => ({
      title: `You said no to ${service}`,
      text: 'Nothing was connected and nothing was stored. If that was a slip, you can ask again with fewer permissions.',
    }),
    serverSaidNo: (service: string, error: string) => ({
      title: `${service} refused the sign-in`,
      text: `${refusals[error] ?? 'It gave an error that Content Planner does not know.'} Nothing new was stored, and a connection you had before is as it was.`,
    }),
    issuerMismatch: {
      title: 'The answer came from a different service',
      text: 'The code was thrown away. Passing it on could have handed your account to someone else.',
      asked: 'Asked',
      answered: 'Answered',
      nobody: 'without a name',
    },
    refused: {
      'unknown-state': {
        title: 'This sign-in began somewhere else',
        text: 'This tab did not start it. Usually that means it began in another tab or a private window, or it was left open too long. The code was not used.',
      },
      'already-used': {
        title: 'This sign-in is already finished',
        text: 'Its answer was used once, and works only once. A reload, the Back button or a copied tab brings the page up again. Nothing was sent and nothing changed.',
      },
      'wrong-redirect-uri': {
        title: 'The answer came to the wrong address',
        text: 'This sign-in was given another address to come back to. The code was thrown away: passing it on could have handed your account to someone else.',
      },
      'repeated-parameter': {
        title: 'Someone added to this address',
        text: 'A part of the answer stands in it twice, so none of it can be relied upon. The code was not used.',
      },
      'no-state': {
        title: 'This answer belongs to no sign-in',
        text: 'It does not say which sign-in it answers, so the app did not act on it. Nothing was sent and nothing changed.',
      },
      'foreign-response': {
        title: 'This answer is of a kind nobody asked for',
        text: 'It carries tokens in the address, which Content Planner never asks for. They were thrown away unread.',
      },
      'neither-code-nor-error': {
        title: 'This answer is empty',
        text: 'It carries neither a code nor an error. Nothing was sent and nothing changed.',
      },
    },
    kept: 'Nothing new was stored, and a connection you had before is as it was.',
    nothing: {
      title: 'Nothing to finish here',
      text: 'Services send you to this page at the end of a sign-in. None is under way in this tab.',
    },
  },

  planner: {
    title: 'Planner',
    newPost: 'New post',
    loading: 'Reading your posts',
    empty: {
      title: 'Nothing planned yet',
      text: 'Write a post, pick its time, and it goes out by itself. Drafts stay on this device.',
    },
    today: 'Today',
    upcoming: 'Upcoming',
    drafts: 'Drafts',
    earlier: 'Earlier',
    nothingToday: 'Nothing today.',
    noText: 'No text yet',
    noTime: 'No time yet',
    editDraft: (text: string) => `Edit draft: ${text}`,
    tryAgain: 'Try again',
    edit: 'Edit',
    openConnections: 'Open Connections',
  },

  status: {
    draft: 'Draft',
    scheduled: 'Scheduled',
    byServer: 'sent by the server',
    sending: 'Sending…',
    sent: 'Sent',
    failed: 'Failed.',
    sentInPart: (done: number, all: number) => `Sent to ${done} of ${all}.`,
    scheduledInPart: (done: number, all: number) => `Scheduled on ${done} of ${all}.`,
    triedAt: (when: string) => `Tried ${when}.`,
    quoted: (words: string) => `It says: “${words}”`,
    likes: 'Likes',
    reposts: 'Reposts',
    replies: 'Replies',
    reasons: {
      'needs-sign-in': (network: string) => `${network} needs sign-in.`,
      'not-allowed': (network: string) => `${network} lets Content Planner read, not post.`,
      refused: (network: string) => `${network} refused it.`,
      unreachable: (network: string) => `${network} could not be reached.`,
      'server-fault': (network: string) => `${network} had a fault.`,
      'not-connected': (network: string) => `${network} is no longer connected.`,
      interrupted: (network: string) =>
        `This page closed while it was being sent. Look at ${network} first: it may be out.`,
      'app-fault': () => 'Something in Content Planner itself went wrong.',
      'rate-limited': (network: string) => `${network} is limiting posts.`,
    },
  },

  composer: {
    newPost: 'New post',
    draft: 'Draft',
    kept: 'Draft kept on this device',
    close: 'Close',
    postTo: 'Post to',
    text: 'Text',
    when: 'When',
    now: 'Now',
    pickTime: 'Pick time',
    date: 'Date',
    time: 'Time',
    zone: (place: string) => `${place} time`,
    preview: 'Preview',
    previewOf: (network: string, account: string) => `${network} preview, ${account}`,
    previewEmpty: 'Your text shows here.',
    previewNone: 'Tick a network to see the post as it will show it.',
    readOnly: 'read only',
    needsSignIn: 'Needs sign-in',
    count: (used: string, limit: string) => `${used} / ${limit}`,
    left: (left: string) => `${left} left`,
    tooMany: (over: string) => `${over} too many`,
    sentByServer: (network: string) => `${network}: sent by the server, even if this app is closed.`,
    sentNow: (network: string) => `${network}: sent at once.`,
    postNow: (names: readonly string[], accounts: number) => `Post now${networks(names, accounts)}`,
    schedule: (names: readonly string[], accounts: number) => `Schedule${networks(names, accounts)}`,
    sending: 'Sending…',
    scheduling: 'Scheduling…',
    keepAsDraft: 'Keep as draft',
    deleteDraft: 'Delete draft',
    deleteDialog: {
      title: 'Delete this draft?',
      text: 'Its text is only on this device and cannot be brought back.',
      keep: 'Keep',
      confirm: 'Delete draft',
    },
    allowPosting: 'Allow posting',
    signInAgain: 'Reconnect',
    goToConnections: 'Open Connections',
    problems: {
      noConnection: { title: 'No network is connected.', text: 'The draft is kept while you connect one.' },
      noTarget: 'Tick a network to post to.',
      readOnly: (network: string) => ({
        title: `${network} lets Content Planner read, not post.`,
        text: 'Your text is kept while you sign in.',
      }),
      needsSignIn: (network: string) => ({
        title: `${network} needs sign-in.`,
        text: 'Your text is kept while you sign in.',
      }),
      noText: 'Write something first.',
      tooLong: (network: string, over: string) => `${over} too many for ${network}. Shorten the text.`,
      noTime: 'Give a date and a time.',
      past: 'That time has passed. Pick a later one, or Now.',
    },
  },

  inspector: {
    title: 'Flow inspector',
    lede: 'Every request the app makes, as it happens. Secrets are masked. It stays in this tab only.',
    clear: 'Clear',
    empty: {
      title: 'No flows yet',
      text: 'Connect a service or send a post. Each request appears here as it happens, and stays in this tab only.',
      connect: 'Connect Birdsong',
    },
    lanes: ['Content Planner', 'Authorization service', 'Resource service'],
    flows: {
      connect: (service: string) => `Connect ${service}`,
      refresh: (service: string) => `Refresh ${service}`,
      call: (service: string) => `Call ${service}`,
      disconnect: (service: string) => `Disconnect ${service}`,
    },
    stepCount: (count: number) => (count === 1 ? '1 step' : `${count} steps`),
    failed: 'Failed',
    passed: 'passed',
    checkFailed: 'failed',
    pending: 'no answer yet',
    noAnswer: 'no answer',
    redirectOut: (service: string) => `The page leaves for ${service}`,
    redirectBack: 'The page comes back with the answer',
    tokenAdopted: 'Another tab had refreshed; its token is used',
    fields: {
      url: 'Address',
      reason: 'Reason',
      expected: 'Expected',
      actual: 'Actual',
      requestHeaders: 'Request headers',
      requestBody: 'Request body',
      responseHeaders: 'Response headers',
      responseBody: 'Response body',
      parameters: 'Parameters',
    },
    about: {
      redirectOut: {
        text: 'You sign in and decide on the service’s own page; the app sees neither password nor consent form.',
        rfc: 'RFC 6749 §4.1.1, RFC 7636 §4.3',
      },
      redirectBack: {
        text: 'The service sends the browser back with a code or an error. The app takes it off the address at once.',
        rfc: 'RFC 6749 §4.1.2, RFC 9207',
      },
      tokenAdopted: {
        text: 'Two tabs with one refresh token take turns, so that it is never used twice. This tab found the work done.',
        rfc: 'RFC 9700 §4.14.2',
      },
    },
    steps: {
      'unauthorized-call': {
        text: 'A call without a token. The refusal says where the service describes itself.',
        rfc: 'RFC 9728 §5.1',
      },
      'resource-metadata': {
        text: 'The service’s description of itself, which names the server to sign in at.',
        rfc: 'RFC 9728 §3',
      },
      'server-metadata': {
        text: 'The sign-in server’s description: its addresses and what it supports.',
        rfc: 'RFC 8414 §3',
      },
      registration: { text: 'The app introduces itself and gets a client id. There is no secret.', rfc: 'RFC 7591 §3' },
      'token-exchange': {
        text: 'The code becomes tokens. The verifier proves that the app that asked is the one that redeems.',
        rfc: 'RFC 6749 §4.1.3, RFC 7636 §4.5',
      },
      'signing-keys': { text: 'The keys that prove who signed the id token.', rfc: 'OpenID Connect Core §10.1' },
      userinfo: { text: 'The account’s name, asked with the new token.', rfc: 'OpenID Connect Core §5.3' },
      refresh: { text: 'A new access token for the refresh token, without asking you.', rfc: 'RFC 6749 §6' },
      revocation: { text: 'The app asks the server to make the token worthless.', rfc: 'RFC 7009 §2' },
    } as Partial<Record<string, { text: string; rfc?: string }>>,
    otherStep: { text: 'A call with the access token, on your behalf.', rfc: 'RFC 6750 §2.1' },
    rules: {
      'resource-matches': {
        text: 'The description is about the very service that was called',
        rfc: 'RFC 9728 §3.3',
      },
      'issuer-matches': { text: 'The server names itself as it was asked for', rfc: 'RFC 8414 §3.3' },
      'endpoints-are-safe': {
        text: 'Every address in the description is encrypted and well formed',
        rfc: 'RFC 8414 §2',
      },
      'pkce-is-supported': { text: 'The server supports PKCE with S256', rfc: 'RFC 9700 §2.1.1' },
      'registration-is-kept': { text: 'The server registered what was asked for', rfc: 'RFC 7591 §3.2.1' },
      'no-repeated-parameter': { text: 'No part of the answer stands in it twice', rfc: 'RFC 6749 §3.1' },
      'state-is-known': { text: 'This tab began the sign-in that is answered', rfc: 'RFC 6749 §10.12' },
      'response-issuer-matches': { text: 'The answer comes from the server that was asked', rfc: 'RFC 9207 §2.4' },
      'redirect-uri-matches': {
        text: 'The answer came to the address that this sign-in was given',
        rfc: 'RFC 9700 §4.4.2',
      },
      'token-type-is-known': { text: 'The token is of a kind the app can use', rfc: 'RFC 6749 §7.1' },
      'id-token-claims-hold': {
        text: 'The id token is for this app and this sign-in',
        rfc: 'OpenID Connect Core §3.1.3.7',
      },
      'id-token-signature-holds': {
        text: 'The id token is signed by the server',
        rfc: 'OpenID Connect Core §3.1.3.7',
      },
    } as Partial<Record<string, { text: string; rfc?: string }>>,
  },

  toasts: {
    connected: (service: string, account: string) =>
      account === '' ? `Connected to ${service}` : `Connected to ${service} as ${account}`,
    sent: 'Sent',
    scheduled: 'Scheduled',
    failed: 'Not sent. Its card says why.',
    notSaved: 'This browser would not save the draft. Its text is only on this screen.',
  },

  notFound: {
    title: 'Nothing at this address',
    text: 'The page may have moved, or the address has a slip in it. Your posts and connections are untouched.',
    home: 'Go to the planner',
  },

  broken: {
    appName: 'Content Planner',
    title: 'This screen stopped working',
    text: 'Something in the app itself went wrong. What you wrote is kept on this device. Load the page anew to go on.',
    reload: 'Load anew',
    home: 'Go to the planner',
  },
};
