import { appName } from './app-name.ts';

/** Add a service: an address, what was found there, and what to ask it for. */
export const addService = {
  title: 'Add a service',
  lede: 'Any OAuth service that lets browser apps in. Nothing is sent to it until you press Connect, apart from reading its public description.',
  address: {
    title: 'Address',
    label: 'Service address',
    hint: 'The address of an API, or of a sign-in server. A missing https:// is added.',
    search: 'Search',
    change: 'Change',
    /** By what is wrong with what was typed. */
    problems: {
      empty: 'Type an address first.',
      'not-an-address': 'This is not a web address. One looks like https://api.example.com.',
      'not-https':
        'The address has to begin with https://, so that what is sent is encrypted. Only this machine’s own hosts may do without, and only while the app runs on one.',
      'user-name': 'The address holds a user name or an @ before the host. Leave out everything up to the @.',
      fragment: 'The address holds a #. Leave out the # and what follows it.',
    },
  },
  searching: {
    label: (host: string) => `Reading the description of ${host}`,
    text: <Host>(host: Host) => ['Reading ', host, '. '],
    stop: 'Stop',
  },
  found: {
    title: 'What was found',
    announced: (host: string) => `${host} describes how to sign in.`,
    signInAt: 'You will sign in at',
    chooseServer: 'Where do you want to sign in?',
    unusable: 'Cannot be used.',
    copyReportOn: (host: string) => `Copy report on ${host}`,
    dataAt: 'Your posts and data are at',
    callsItself: <Name>(name: Name) => ['It calls itself ', name, '. Anyone can choose any name.'],
    serverOnly:
      'The sign-in server does not say which service it is for. Requests go below the address that you typed.',
  },
  protection: {
    title: 'What protects the sign-in',
    pkce: 'A stolen code is of no use to others (PKCE, S256).',
    tokens: {
      bound:
        'Tokens work only with a key of this browser (DPoP), and no others are taken: a stolen token is of no use.',
      'bound-if-possible':
        'The server offers tokens that work only with a key of this browser (DPoP): a stolen one is then of no use.',
      bearer: 'Tokens work for whoever holds them, until they expire: the server does not bind them to a key (DPoP).',
      impossible: 'Tokens have to be bound to a kind of key (DPoP) that this app does not have, so it cannot connect.',
    },
    request: {
      pushed: 'The request is handed over beforehand (PAR), so nobody on the way can read or change it.',
      'pushed-if-possible':
        'The server offers to take the request beforehand (PAR): nobody on the way can then read or change it.',
      'in-address': 'The request stands in the address of the sign-in page: the server takes none beforehand (PAR).',
    },
    issuerInAnswer: 'The answer names its server, so another’s cannot pass for it (RFC 9207).',
    ownRedirect: 'The answer comes to a redirect address kept for this server alone.',
    signedIdentity: 'The server signs its word on who signed in, and the app checks the signature.',
    noSignedIdentity: 'The server offers no keys to check its word on who signed in.',
    revocation: 'Disconnecting revokes the tokens at the server.',
    noRevocation: 'The server offers no revocation: after disconnecting, tokens may work until they expire.',
  },
  scopes: {
    title: 'What the app may do',
    count: (chosen: string, all: string) => `${chosen} of ${all}`,
    leastCount: (chosen: string, all: string) => `${chosen} of ${all}, the least it needs`,
    more: (count: string) => `${count} more are offered and not listed.`,
    needed: 'The service asks for this.',
    broad: 'Wide-reaching: whoever holds the token can do this in your name.',
    none: 'The service names no permissions. Its documentation may; you can also ask for none.',
    typed: 'Scopes, separated by spaces',
    badTyped:
      'A scope holds a character that scopes cannot have. Plain letters, digits and signs are fine, quotes and \\ are not.',
    known: {
      openid: { label: 'Know who signs in', detail: 'To show which account this is.' },
      profile: { label: 'See your name and picture', detail: 'To show which account this is.' },
      email: { label: 'See your email address', detail: `${appName} does not need this.` },
      address: { label: 'See your postal address', detail: `${appName} does not need this.` },
      phone: { label: 'See your phone number', detail: `${appName} does not need this.` },
      offline_access: { label: 'Stay connected', detail: 'The app may fetch new tokens without asking you again.' },
    },
    read: (what: string) => `See: ${what}`,
    readAny: 'See what is there',
    write: (what: string) => `Add and change: ${what}`,
    writeAny: 'Add and change things',
    delete: (what: string) => `Delete: ${what}`,
    deleteAny: 'Delete things',
    admin: (what: string) => `Manage: ${what}`,
    adminAny: 'Manage your account',
    everything: 'everything',
  },
  client: {
    title: 'How the app says who it is',
    legend: 'Way to identify the app',
    chooseFirst: 'Choose where to sign in first. The rest follows from it.',
    supported: 'Supported',
    document: {
      label: 'Client metadata document',
      text: 'The service reads who the app is in a public file at the app’s address. Nothing is registered.',
    },
    registration: {
      label: 'Dynamic registration',
      text: 'The service hands this browser a new client id.',
      risk: 'Anyone can register under any name, so the sign-in page cannot vouch that it is really this app.',
    },
    own: 'Your own client id',
    noRegistration: 'This server takes no registrations, so it has to know a client id that you bring.',
  },
  connect: {
    connect: 'Connect',
    opening: (host: string) => `Opening ${host}…`,
    cancel: 'Cancel',
    leaves: 'You leave this page and come back.',
    missing: {
      'no-server': 'None of the sign-in servers can be used, so there is nothing to connect to.',
      'server-not-chosen': 'Choose where to sign in first.',
      'no-client-id': 'Enter a client id first.',
      'bad-scopes': 'Mend the scopes first.',
    },
  },
  nothing: {
    title: 'Nothing usable was found',
    announced: (host: string) => `Nothing usable was found at ${host}.`,
    unreachable: {
      title: 'No answer came that this page may read.',
      text: 'Either the server is out of reach, or it does not let browser apps read its metadata (CORS). The browser does not say which. The server may well work for other apps.',
    },
    offline: {
      title: 'This device is offline.',
      text: 'The service could not be asked. Try again when there is a network.',
    },
    partly: {
      title: 'What could be read does not describe how to sign in.',
      text: 'Some answers could not be read: either the server is out of reach there, or it does not let browser apps read them (CORS). The browser does not say which. It may well work for other apps.',
    },
    unusable: {
      title: 'The service answered, but does not describe how to sign in.',
      text: 'Check the address. An API and its sign-in server often have addresses other than the website.',
    },
    ifYours: 'If the server is yours',
    headers: 'Answer with these on the metadata, token and registration addresses. The sign-in page itself needs none.',
    publish:
      'Publish a description as JSON: of the API at /.well-known/oauth-protected-resource (RFC 9728), of the sign-in server at /.well-known/oauth-authorization-server (RFC 8414).',
    ifNot: 'If it is not',
    send: 'Send its developers this report. It holds the addresses and the headers, nothing about you.',
    reportText: 'What the report says',
    tryAgain: 'Try again',
    copyReport: 'Copy report',
  },
  /** Addresses that were asked for a description. */
  asked: {
    title: 'What was asked',
    unread: 'No answer came that this page may read.',
    needs: (headers: readonly string[]) => `If one came, it lacks ${headers.join(' or ')}.`,
    answered: ({ status, namesMetadata }: { status: number; namesMetadata: boolean }) => {
      if (namesMetadata) return 'It answered, and named where its description is.';
      return status === 401
        ? 'It wants a sign-in, but names no description in WWW-Authenticate, or does not let this page read that header.'
        : 'It answered, but asked for no sign-in.';
    },
  },
  /** Plain text for whoever runs the server. */
  report: {
    title: 'A browser app could not read how to sign in at this service.',
    origin: (origin: string) => `The app runs at: ${origin}`,
    looked: (address: string) => `Looked for at: ${address}`,
    asked: 'Asked, each with GET and without cookies:',
    status: (status: number) => `Status: ${status}.`,
    noStatus: 'No answer came that script may read.',
    needs: (headers: string) => `If it did answer, browsers need there: ${headers}`,
    headers: 'Headers that the answers of the metadata, token and registration addresses need:',
    preflight:
      'Requests with Authorization or a JSON body are preceded by OPTIONS: answer it with these headers and a 2xx status.',
    redirects: 'Redirects are not followed.',
  },
};
