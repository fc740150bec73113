import { appName } from './app-name.ts';

export const connections = {
  title: 'Connections',
  lede: 'Your sign-ins stay in this browser. The app can do only what you allowed at each service.',
  loading: 'Loading your connections',
  empty: {
    title: 'No connections yet',
    text: (service: string) => `Start with ${service}, the demo network in this browser. It needs no account.`,
    otherText: (service: string) => `Start with ${service}. You sign in on its own page.`,
  },
  unnamed: 'Unnamed account',
  /** For use within a sentence. */
  unnamedShort: 'that account',
  permissions: 'What the app can do',
  notAllowed: 'Not allowed:',
  allow: 'Allow',
  allowFor: (permission: string, account: string) => `Allow: ${permission}. ${account}`,
  noPermissions: 'Sign in again to use this connection.',
  expiresIn: (left: string) => `Expires in ${left}`,
  expired: 'Expired',
  refreshesItself: (left: string) => `Renews automatically (${left} left).`,
  refreshesAtUse: 'Renews automatically when next used.',
  endsThen: 'Then you’ll need to sign in again.',
  ended: 'Reconnect to continue.',
  signedIn: 'Connected',
  noExpiry: (service: string) => `${service} doesn’t say when access expires.`,
  refreshing: 'Renewing',
  refreshingText: (service: string) => `Asking ${service} for a new token.`,
  /** A refresh that failed temporarily, by cause. */
  waiting: {
    unreachable: (service: string) => ({
      title: 'Waiting for the network',
      text: `${service} couldn’t be reached.`,
    }),
    'timed-out': (service: string) => ({
      title: 'Waiting for the network',
      text: `${service} didn’t respond in time.`,
    }),
    'rate-limited': (service: string) => ({
      title: `Waiting for ${service}`,
      text: 'Too many requests.',
    }),
    'http-5xx': (service: string) => ({
      title: `Waiting for ${service}`,
      text: 'It had an error while renewing.',
    }),
    'malformed-response': (service: string) => ({
      title: `Waiting for ${service}`,
      text: 'It returned an invalid response.',
    }),
    'invalid-dpop-proof': (service: string) => ({
      title: 'Not renewed',
      text: `${service} rejected the proof of this browser’s key (DPoP). If that goes on, this device’s clock may be wrong.`,
    }),
    'unknown-token-type': (service: string) => ({
      title: 'Not renewed',
      text: `${service} sent a token of an unknown type, so ${appName} didn’t use it.`,
    }),
    'id-token-invalid': (service: string) => ({
      title: 'Not renewed',
      text: `${service} sent a new token with a proof of sign-in that doesn’t hold, so ${appName} didn’t use it.`,
    }),
    other: (service: string) => ({
      title: 'Not renewed',
      text: `${service} couldn’t renew the token.`,
    }),
    offline: {
      title: 'Waiting for the network',
      text: 'You stay signed in; the app retries when you’re back online.',
    },
    triesAgain: (left: string) => `You stay signed in. Retrying in ${left}.`,
    triesAgainOrOnline: (left: string) => `You stay signed in. Retrying in ${left}, or when you’re back online.`,
    triesNow: 'You stay signed in. Retrying now.',
  },
  /** A refresh that was refused several times in a row, by whom. */
  refused: {
    title: 'Can’t be renewed',
    server: (service: string) => `${service} keeps refusing to renew this sign-in.`,
    help: 'Sign in again to continue; nothing else was lost.',
    says: (description: string) => `It says: “${description}”`,
  },
  signInAgain: 'Sign in again',
  signInAgainAccount: (account: string) => `Sign in again: ${account}`,
  needsSignIn: 'Signed out',
  endedBy: {
    'grant-refused': {
      text: (service: string, when: string) => `${service} ended this sign-in ${when}.`,
      code: 'invalid_grant',
    },
    'user-needed': {
      text: (service: string, when: string) => `${service} has wanted you to sign in again since ${when}.`,
      code: undefined,
    },
    'account-mismatch': {
      text: (service: string, when: string) =>
        `${service} renewed this sign-in with someone else’s ${when}. ${appName} rejected it and asked for its tokens to be revoked. Reconnect to continue.`,
      code: undefined,
    },
    'client-unknown': {
      text: (service: string, when: string) => `${service} no longer recognises this app (since ${when}).`,
      code: 'invalid_client',
    },
    'token-refused': {
      text: (service: string, when: string) => `${service} rejected the token ${when}.`,
      code: 'invalid_token',
    },
    'bound-token-refused': {
      text: (service: string, when: string) =>
        `${service} rejected a new token ${when}. Reconnect to try again. If it fails again, its operator should check DPoP support and CORS headers (WWW-Authenticate, DPoP-Nonce).`,
      code: undefined,
    },
    'binding-dropped': {
      text: (service: string, when: string) =>
        `${service} sent an unprotected token ${when}, in place of a protected one (DPoP). It was rejected.`,
      code: undefined,
    },
    'key-lost': {
      text: (service: string, when: string) =>
        `This browser lost the key for ${service}’s tokens (DPoP) ${when}. Reconnecting creates a new one.`,
      code: undefined,
    },
    'server-changed': {
      text: (service: string, when: string) =>
        `${service} rejected the token ${when} and now signs people in elsewhere.`,
      code: 'invalid_token',
    },
    'answer-lost': {
      text: (service: string, when: string) =>
        `The renewed token from ${service} never arrived (${when}). Reconnect to continue; nothing else was lost.`,
      code: undefined,
    },
    'record-damaged': {
      text: (_service: string, when: string) => `The stored sign-in couldn’t be read ${when}.`,
      code: undefined,
    },
  },
  /** The service names different sign-in servers from the one that was used. */
  serverChange: {
    text: <Host>(service: string, old: Host) => [
      'You signed in at ',
      old,
      `. ${service} no longer lists it, and now says to sign in at:`,
    ],
    caution: 'Continue only if you trust this address. Your current tokens are never sent there.',
    alone: 'Signing in there creates a separate connection. This one stays until you disconnect it.',
    fixed: <Host>(old: Host) => [
      'This app is configured to sign in at ',
      old,
      ' only. Its operator has to change that.',
    ],
    signInAt: (host: string) => `Sign in at ${host}`,
  },
  details: 'Details',
  facts: {
    issuer: 'Issuer',
    clientId: 'Client ID',
    clientIdDocument: 'A client metadata document, which the service reads at this address',
    accessToken: 'Access token',
    jwt: 'JWT. Shown for information; the app never relies on it.',
    opaque: (service: string) => `Opaque: only ${service} can read it.`,
    binding: {
      bound: 'Works only with this browser’s key, which can’t be copied (DPoP): useless if stolen.',
      bearer: 'Bearer token: anyone who has it can use it. The server doesn’t offer DPoP.',
      'not-granted': 'Bearer token: anyone who has it can use it. The server offers DPoP but didn’t use it here.',
      'key-not-kept':
        'Bearer token: anyone who has it can use it. The server offers DPoP, but this browser can’t store a key.',
    },
    refreshToken: 'Refresh token',
    hasRefreshToken: 'Stored in this browser',
    hasRefreshTokenText: 'Gets new access tokens without asking you',
    noRefreshToken: 'None',
    noRefreshTokenText: 'You sign in again when the access token expires',
    obtained: 'Token received',
    scopes: 'Scopes',
    noScopes: 'None',
    limits: 'Limits',
    characterLimit: (count: string) => `Up to ${count} characters per post.`,
    connected: 'Connected since',
  },
  token: {
    label: 'Contents',
    header: 'Header',
    claims: 'Claims',
    more: (count: number) => `And ${count} more.`,
  },
  console: 'Console',
  consoleOf: (account: string) => `Console for ${account}`,
  reconnect: 'Reconnect',
  reconnectAccount: (account: string) => `Reconnect ${account}`,
  disconnect: 'Disconnect',
  disconnectAccount: (account: string) => `Disconnect ${account}`,
  demoControls: (service: string) => `${service}’s demo controls`,
  dialog: {
    title: (service: string) => `Disconnect ${service}?`,
    workingTitle: (service: string) => `Disconnecting ${service}`,
    account: <Account>(account: Account) => ['This disconnects ', account, '.'],
    text: (service: string) => `${appName} deletes its tokens and asks ${service} to revoke them.`,
    textNotOffered: (service: string) =>
      `${appName} deletes its tokens. ${service} offers no way to revoke them from here, so access may continue until they expire or you remove ${appName} in your ${service} settings.`,
    /** By why the sign-in ended. */
    ended: {
      'grant-refused': (service: string) => `${service} already ended this sign-in. ${appName} removes it here.`,
      'user-needed': (service: string) =>
        `${service} wants you to sign in again, and access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'account-mismatch': (service: string) =>
        `${service} renewed this sign-in with someone else’s, but access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'client-unknown': (service: string) =>
        `${service} no longer recognises this app, so nothing can be revoked from here. Access may still be active: remove ${appName} in your ${service} settings.`,
      'token-refused': (service: string) =>
        `${service} rejected the token, but access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'bound-token-refused': (service: string) =>
        `${service} rejected the token, but access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'binding-dropped': (service: string) =>
        `${service} stopped protecting its tokens (DPoP), and access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'key-lost': (service: string) =>
        `The key for the tokens is missing, but access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'server-changed': (service: string) =>
        `${service} now signs people in elsewhere, but access may still be active at the old server. ${appName} deletes its tokens and, if possible, asks the old server to revoke them.`,
      'answer-lost': (service: string) =>
        `The renewed token from ${service} never arrived, but access may still be active. ${appName} deletes its tokens and, if possible, asks ${service} to revoke them.`,
      'record-damaged': (service: string) =>
        `The stored sign-in couldn’t be read, so nothing can be revoked from here. Access may still be active: remove ${appName} in your ${service} settings.`,
    },
    /** What is not affected: at a service that takes posts, at one whose sign-in has ended, and at any other. */
    stays: {
      posts: (service: string) => `Sent and scheduled posts stay on ${service}. Your drafts stay here.`,
      postsAfterEnd: () => 'Sent posts stay where they are. Your drafts stay here.',
      data: (service: string) => `Your data at ${service} isn’t affected.`,
    },
    revoking: (service: string) => `Asking ${service} to revoke the tokens… This can’t be cancelled now.`,
    forgetting: 'Removing…',
    failed: 'This browser couldn’t finish. Anything still listed here is still connected.',
    signOut: {
      label: <Host>(host: Host) => ['Also sign out at ', host],
      text: 'Its own page opens and may ask you to confirm. That signs you out of it in this browser, for other apps too.',
      hasReturnUri: 'It brings you back here.',
      leadsNotBack: 'It won’t bring you back. Return here afterwards to see the result.',
    },
    keep: 'Cancel',
    confirm: 'Disconnect',
    confirmBoth: 'Disconnect and sign out',
  },
  disconnected: {
    title: (service: string) => `${service} account disconnected.`,
    revoked: <Account>(service: string, account: Account) => [
      `${service} confirmed that the tokens for `,
      account,
      ' are revoked.',
    ],
    nothingToRevoke: <Account>(account: Account) => ['There was nothing left to revoke for ', account, '.'],
    /** For a sign-in that has ended here but may still be valid at the server. */
    notAsked: <Account>(service: string, account: Account) => [
      `${service} couldn’t be asked to revoke the tokens for `,
      account,
      '.',
    ],
    notOffered: <Account>(service: string, account: Account) => [
      `${service} offers no way to revoke the tokens for `,
      account,
      ' from here.',
    ],
    ineffective: <Account>(service: string, account: Account) => [
      `${service} confirmed that the tokens for `,
      account,
      ' are revoked, but one still worked afterwards.',
    ],
    unconfirmedTitle: (service: string) => `${service} account removed from this browser.`,
    unconfirmed: <Account>(service: string, account: Account) => [
      `${service} didn’t confirm that the tokens for `,
      account,
      ' are revoked.',
    ],
    worksUntil: (when: string) => `Access may continue until ${when}.`,
    stillWorksUntil: (when: string) => `Access continues until ${when}.`,
    asksAgain: (service: string) => `The app asks ${service} again automatically as soon as it can be reached.`,
    confirmedSince: <Account>(service: string, account: Account) => [
      `${service} has now confirmed that the tokens for `,
      account,
      ' are revoked.',
    ],
    refusedSince: <Account>(service: string, account: Account) => [
      `${service} has now been reached, but didn’t revoke the tokens for `,
      account,
      '.',
    ],
    mayWork: 'Access may continue.',
    endThere: (service: string) => `You can probably remove it in your ${service} settings.`,
    controls: (service: string) => `${service}’s controls`,
    signOut: {
      leaving: <Host>(host: Host) => ['Next, you sign out at ', host, ' on its own page.'],
      ledBack: <Host>(host: Host) => [
        'You’re back from the sign-out page of ',
        host,
        '. Unless you cancelled there, you’re signed out.',
      ],
      unknown: <Host>(host: Host) => ['It isn’t known whether you’re signed out at ', host, '.'],
    },
    close: 'Close',
  },
};
