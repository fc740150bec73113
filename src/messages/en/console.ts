import { appName } from './app-name.ts';

/** The console: a request to a connected service, and the response. */
export const resourceConsole = {
  title: 'Console',
  lede: (service: string) => `Send a request to ${service} with this connection’s token and see the response.`,
  back: 'Back to Connections',
  as: 'Signed in as',
  gone: {
    title: 'This connection no longer exists',
    text: 'It was disconnected, or the address is wrong.',
  },
  needsSignIn: (service: string) => `Sign in to ${service} again.`,
  reconnect: 'Reconnect',
  request: 'Request',
  method: 'Method',
  path: 'Path',
  sentTo: 'URL',
  headers: 'More headers',
  headersHint: 'One per line: “Name: value”. The token is added automatically.',
  body: 'Body',
  noBody: 'GET requests have no body.',
  characterLimit: (service: string, count: string) => `Up to ${count} characters per post on ${service}.`,
  jsonSuggestion: 'This looks like JSON but will be sent as plain text.',
  addJsonType: 'Add Content-Type: application/json',
  send: 'Send',
  sending: 'Sending…',
  cancel: 'Cancel',
  copyCurl: 'Copy as curl',
  copied: 'Copied. The token is masked.',
  notCopied: 'Copying was blocked.',
  problems: {
    path: (resource: string) => `This path is outside ${resource}. The token isn’t sent anywhere else.`,
    pathWithSlash: (resource: string) =>
      `A leading slash leaves ${resource}. Remove it: the token isn’t sent anywhere else.`,
    header: {
      'no-colon': (line: number) => `Line ${line} has no colon. Write “Name: value”.`,
      'invalid-name': (line: number, name: string) =>
        `Line ${line}: “${name}” isn’t a valid header name. Use letters, digits and -, without spaces.`,
      'invalid-value': (line: number, name: string) =>
        `Line ${line}: the value of ${name} contains characters not allowed in headers.`,
      credential: (line: number, name: string) =>
        `Line ${line}: ${name} is set by the app, which sends this connection’s token.`,
      forbidden: (line: number, name: string) => `Line ${line}: ${name} is set by the browser. A page can’t change it.`,
    },
  },
  answer: 'Response',
  noAnswerYet: 'Nothing sent yet.',
  facts: { status: 'Status', took: 'Time', size: 'Size' },
  summary: (status: string, took: string, size: string) => `Response: ${status}, ${took}, ${size}`,
  bytes: (count: string) => `${count} bytes`,
  kilobytes: (count: string) => `${count} KB`,
  megabytes: (count: string) => `${count} MB`,
  answerHeaders: 'Headers',
  answerHeadersHint: 'Only headers the service exposes.',
  noHeaders: 'The service exposes no headers.',
  answerBody: 'Body',
  emptyBody: 'The response has no body.',
  binary: (type: string, size: string) => `Not shown: it is ${type}, ${size}.`,
  unknownType: 'of unknown type',
  cut: 'Showing the first 256 KB.',
  refusedToken: {
    title: 'The token was rejected.',
    /** By whether the token could be refreshed in between. */
    text: {
      'refreshed-token': (service: string) =>
        `${service} rejected a fresh token too. This endpoint may need a different one; if others fail, reconnect.`,
      token: (service: string) =>
        `${service} rejected it, and it can’t be refreshed. This endpoint may need a different one; if others fail, reconnect.`,
    },
  },
  demand: {
    title: 'This needs a fresh sign-in.',
    text: (service: string) => `${service} wants you to sign in again first, perhaps with a stronger method.`,
    again: 'Sign in again',
  },
  more: {
    named: 'This needs more permission:',
    choices: (service: string) => `${service} doesn’t say which permission it needs. Not allowed yet:`,
    perhaps: 'More permission may be needed. Not allowed yet:',
    allow: 'Allow this',
    chooseFirst: 'Choose at least one.',
    alreadyGranted: {
      title: 'Everything it asks for is already allowed.',
      text: (service: string) => `${service} still rejects it. Contact its support.`,
    },
  },
  history: {
    title: 'History',
    hint: 'The last 20 requests, kept while this page is open. Click one to reuse it.',
    none: 'None yet.',
    failed: 'failed',
    tooLong: 'Headers and body too long to keep.',
    again: (method: string, path: string) => `Reuse ${method} ${path}`,
    root: '/',
  },
  failures: {
    withStatus: (title: string, status: number) => `${title.replace(/\.$/, '')} (${status}).`,
    broken: {
      title: `Something went wrong in ${appName}.`,
      text: 'It isn’t known whether the request was sent.',
    },
    notRenewed: (service: string) => ({
      title: `The token for ${service} has expired.`,
      text: 'It couldn’t be renewed right now. You stay signed in, and the app retries automatically (Connections says when). Then send this again.',
    }),
    /** Added to a failure whose request may have had its effect. */
    mayHaveBeenProcessed: {
      read: 'The request may still have been processed.',
      /** For a request that changes something. */
      change: (method: string) =>
        `The ${method} request may still have been processed, even more than once: a browser resends it by itself when a connection breaks. Check before you send it again.`,
    },
    codes: {
      'needs-sign-in': (service: string) => ({
        title: `Sign in to ${service} again.`,
        text: 'This connection has no usable token any more. Sign in again to get a new one.',
      }),
      'needs-authentication': (service: string) => ({
        title: `${service} wants a fresh sign-in.`,
        text: 'Sign in again first, perhaps with a stronger method.',
      }),
      'insufficient-scope': (service: string) => ({
        title: `${service} requires more permission.`,
        text: 'The token doesn’t cover this request.',
      }),
      forbidden: (service: string) => ({
        title: `${service} doesn’t allow this.`,
        text: 'More permission wouldn’t change that.',
      }),
      refused: (service: string) => ({ title: `${service} rejected the request.`, text: 'It was not accepted.' }),
      'rate-limited': (service: string) => ({
        title: `${service} is limiting requests.`,
        text: 'Try again in a few minutes.',
      }),
      'nonce-unreadable': (service: string) => ({
        title: `${service} hides a value that browser apps need.`,
        text: 'The server requires a DPoP nonce but doesn’t let this page read it. Its operator has to send Access-Control-Expose-Headers: DPoP-Nonce.',
      }),
      'invalid-dpop-proof': (service: string) => ({
        title: `${service} rejected the proof of this browser’s key.`,
        text: 'The token works only with this browser’s key (DPoP). This device’s clock may be wrong. Or the request arrived twice: a browser resends it by itself when a connection breaks, and a proof counts only once.',
      }),
      'nonce-rejected': (service: string) => ({
        title: `${service} accepts no DPoP nonce.`,
        text: 'It wants a nonce in the proof, but rejects the one that it sent, or sent one that isn’t valid. Try again; if it keeps failing, its operator has to fix it.',
      }),
      'http-5xx': (service: string) => ({ title: `${service} had an error.`, text: 'Try again in a few minutes.' }),
      unreachable: (service: string) => ({
        title: `No readable response from ${service}.`,
        text: 'You may be offline, the server may be down, or it doesn’t let browser apps use this URL, method or header (CORS). It may also have redirected, which isn’t followed. The browser doesn’t say which.',
      }),
      'timed-out': (service: string) => ({
        title: `${service} took too long.`,
        text: 'The response wasn’t complete after 30 seconds.',
      }),
      cancelled: () => ({
        title: 'You stopped waiting.',
        text: 'The request may already have been sent.',
      }),
      'malformed-response': (service: string) => ({
        title: `The response from ${service} is too large.`,
        text: 'It is over 5 MB, so the app stopped reading.',
      }),
      'outside-connection': () => ({
        title: 'Nothing was sent.',
        text: 'The path is outside this connection’s API.',
      }),
      'no-connection': (service: string) => ({
        title: `${service} is no longer connected.`,
        text: 'It was disconnected, perhaps in another tab.',
      }),
    },
  },
};
