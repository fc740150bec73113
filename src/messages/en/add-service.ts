import { appName } from './app-name.ts';

function answered({ status, namesMetadata }: { status: number; namesMetadata: boolean }): string {
  if (namesMetadata) return 'It responded and named its metadata URL.';
  return status === 401
    ? 'It requires sign-in, but WWW-Authenticate has no metadata URL or isn’t exposed.'
    : 'It responded without asking for sign-in.';
}

/** Adding a service: its address, what was found there, and what to request. */
export const addService = {
  title: 'Add a service',
  lede: 'Works with any OAuth service that allows browser apps. Until you press Connect, the app only reads public metadata.',
  address: {
    title: 'Address',
    label: 'Service address',
    hint: 'URL of an API or an authorization server. https:// is assumed.',
    search: 'Look up',
    change: 'Change',
    /** By what is wrong with the typed address. */
    problems: {
      empty: 'Enter an address.',
      'not-a-url': 'This isn’t a web address. Example: https://api.example.com.',
      'not-https':
        'The address has to begin with https://. http is allowed only for localhost, and only when the app itself runs there.',
      'user-name': 'Remove the user name (everything before and including the @).',
      fragment: 'Remove # and everything after it.',
    },
  },
  searching: {
    label: (host: string) => `Reading the metadata of ${host}`,
    text: <Host>(host: Host) => ['Looking up ', host, '… '],
    stop: 'Stop',
  },
  found: {
    title: 'Found',
    announced: (host: string) => `Found out how to sign in at ${host}.`,
    signInAt: 'You will sign in at',
    chooseServer: 'Where do you want to sign in?',
    unusable: 'Can’t be used.',
    copyReportOn: (host: string) => `Copy report about ${host}`,
    dataAt: 'Your data is at',
    callsItself: <Name>(name: Name) => ['It calls itself ', name, '. Names aren’t verified.'],
    serverOnly:
      'The server doesn’t name its API. Requests will go to addresses under this one, or under the one you entered above if this is empty.',
    apiAddress: 'API address',
    omitted: (names: string) => `Left out, because they aren’t safe addresses: ${names}.`,
    /** The address is an authorization server's, and may be an API's too. */
    unread: {
      title: 'What this address says as an API couldn’t be read.',
      text: 'If it is only an authorization server, go on. If it is an API too, it may require things that the app doesn’t know.',
      searchAgain: 'Search again',
    },
    silentPkce: {
      label: 'Connect anyway',
      text: 'This server does not say that it checks PKCE. Many that stay silent do.',
    },
  },
  protection: {
    title: 'What protects the sign-in',
    pkce: 'A stolen code is useless (PKCE, S256).',
    silentPkce:
      'The server doesn’t say that it checks PKCE, which makes a stolen code useless. The app sends it in any case.',
    tokens: {
      bound: 'Tokens work only with this browser’s key (DPoP), and nothing else is accepted: useless if stolen.',
      'bound-if-possible': 'The server offers tokens that work only with this browser’s key (DPoP): useless if stolen.',
      bearer: 'Bearer tokens: anyone holding one can use it until it expires (no DPoP).',
      impossible: 'The server requires DPoP with an algorithm this app doesn’t support, so it can’t connect.',
    },
    request: {
      pushed: 'The request is sent directly to the server (PAR), so it can’t be read or changed on the way.',
      'pushed-if-possible':
        'The server can take the request directly (PAR), so it can’t be read or changed on the way.',
      query: 'The request is visible in the sign-in URL (no PAR).',
    },
    issuerInAnswer: 'The response names its server, which prevents mix-ups (RFC 9207).',
    ownRedirect: 'Responses return to an address used only for this server.',
    signedIdentity: 'The server signs who you are, and the app verifies the signature.',
    noSignedIdentity: 'The server publishes no keys, so your identity can’t be verified.',
    revocation: 'Disconnecting revokes the tokens at the server.',
    noRevocation: 'The server offers no revocation: after you disconnect, tokens may work until they expire.',
  },
  scopes: {
    title: 'What the app can do',
    count: (chosen: string, all: string) => `${chosen} of ${all} selected`,
    leastCount: (chosen: string, all: string) => `${chosen} of ${all} selected (minimum)`,
    more: (count: string) => `${count} more not shown. You can enter them below.`,
    needed: 'The service requires this.',
    broad: 'Broad permission. Anyone with the token could do this as you.',
    none: 'The service lists no permissions. Check its docs, or request none.',
    typed: 'Scopes, separated by spaces',
    others: 'Other scopes, separated by spaces',
    othersHint: 'If the service’s docs name scopes that aren’t listed here.',
    unchosen: 'Nothing is selected: the service decides what the app may do, which may be nothing.',
    badTyped: 'Scopes can contain plain letters, digits and signs, but no quotes or \\.',
    known: {
      openid: { label: 'Know who you are', detail: 'To show which account this is.' },
      profile: { label: 'See your name and picture', detail: 'To show which account this is.' },
      email: { label: 'See your email address', detail: `${appName} doesn’t need this.` },
      address: { label: 'See your postal address', detail: `${appName} doesn’t need this.` },
      phone: { label: 'See your phone number', detail: `${appName} doesn’t need this.` },
      offline_access: { label: 'Stay connected', detail: 'The app can renew access without asking you again.' },
    },
    read: (what: string) => `Read: ${what}`,
    readAny: 'Read data',
    write: (what: string) => `Create and edit: ${what}`,
    writeAny: 'Create and edit data',
    delete: (what: string) => `Delete: ${what}`,
    deleteAny: 'Delete data',
    admin: (what: string) => `Full access: ${what}`,
    adminAny: 'Full access',
    everything: 'everything',
  },
  client: {
    title: 'How the app identifies itself',
    legend: 'How to identify the app',
    chooseFirst: 'Choose where to sign in first.',
    supported: 'Supported',
    document: {
      label: 'Client metadata document',
      text: 'The service reads a public file at this app’s address. No registration.',
    },
    registration: {
      label: 'Dynamic registration',
      text: 'The service issues this browser a client ID.',
      risk: 'Anyone can register any name, so the sign-in page can’t prove it’s really this app.',
    },
    own: 'Your own client ID',
    noRegistration: 'This server doesn’t allow self-registration. Enter a client ID you already have.',
  },
  connect: {
    connect: 'Connect',
    opening: (host: string) => `Opening ${host}…`,
    cancel: 'Cancel',
    leaves: 'You’ll leave this page and return.',
    missing: {
      'no-server': 'None of the authorization servers can be used, so there is nothing to connect to.',
      'server-not-chosen': 'Choose where to sign in first.',
      'no-dpop':
        'The service requires tokens bound to a key (DPoP), and this server doesn’t support this app’s kind of key (ES256).',
      'no-client-id': 'Enter a client ID first.',
      'bad-scopes': 'Fix the scopes first.',
      'bad-api-address': 'Fix the API address first.',
      'silent-pkce': 'Decide about PKCE first: tick “Connect anyway”.',
    },
  },
  nothing: {
    title: 'Nothing usable was found',
    announced: (host: string) => `Nothing usable was found at ${host}.`,
    unreachable: {
      title: 'The server doesn’t respond.',
      text: 'It is down, or nothing is at this address. Check the address and try again.',
    },
    unreadable: {
      title: 'The server doesn’t allow browser apps.',
      text: 'It is up, but doesn’t let browser apps read its responses (CORS). It may still work for other apps.',
    },
    offline: {
      title: 'You’re offline.',
      text: 'Try again when you’re online.',
    },
    partly: {
      title: 'The readable responses don’t say how to sign in.',
      text: 'The server is up, but doesn’t let browser apps read some of its responses (CORS). It may still work for other apps.',
    },
    unusable: {
      title: 'The service responded, but publishes no sign-in metadata.',
      text: 'Check the address. An API and its authorization server often have other addresses than the website.',
    },
    /** The metadata found names another address on the same host. */
    other: {
      title: 'The metadata found is for another address.',
      resource: <Address>(address: Address) => ['It describes ', address, '. Search there?'],
      issuer: <Address>(address: Address) => ['The authorization server calls itself ', address, '. Search there?'],
      search: (address: string) => `Search ${address}`,
    },
    ifYours: 'If the server is yours',
    headers: 'Send these headers from the metadata, token and registration endpoints (not needed on the sign-in page).',
    publish:
      'Publish metadata as JSON: for the API at /.well-known/oauth-protected-resource (RFC 9728), for the authorization server at /.well-known/oauth-authorization-server (RFC 8414).',
    ifNot: 'If it’s someone else’s',
    send: 'Send this report to its developers. It contains URLs and headers, nothing about you.',
    reportText: 'What the report says',
    tryAgain: 'Try again',
    copyReport: 'Copy report',
  },
  /** URLs that were requested for metadata. */
  asked: {
    title: 'Requests tried',
    unreachable: 'No response: the server is down, or nothing is at this address.',
    unreadable: 'The server responded, but doesn’t let browser apps read it (CORS).',
    needs: (headers: readonly string[]) => `${headers.join(' or ')} is missing.`,
    answered: (response: { status: number; namesMetadata: boolean; isMalformed?: true }) =>
      [answered(response), ...(response.isMalformed ? ['Its WWW-Authenticate header is malformed.'] : [])].join(' '),
  },
  /** A plain-text report for the server's operator. */
  report: {
    title: 'A browser app couldn’t read this service’s sign-in metadata.',
    origin: (origin: string) => `The app runs at: ${origin}`,
    looked: (address: string) => `Address entered: ${address}`,
    asked: 'Requests tried, each a GET without cookies:',
    status: (status: number) => `Status: ${status}.`,
    pkce: 'If the server checks PKCE, list S256 in code_challenge_methods_supported (RFC 8414 §2).',
    noResponse: 'No response: the server was down, or nothing is at this address.',
    noStatus: 'It responded, but scripts can’t read the response.',
    needs: (headers: string) => `Browsers need: ${headers}`,
    headers: 'Headers needed on responses of the metadata, token and registration endpoints:',
    preflight:
      'Requests with Authorization or a JSON body are preceded by OPTIONS: answer it with these headers and a 2xx status.',
    redirects: 'Redirects aren’t followed.',
  },
};
