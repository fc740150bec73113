import { appName } from './app-name.ts';

/** The console: a request to a connected service, and its answer. */
export const resourceConsole = {
  title: 'Console',
  lede: (service: string) => `Sends a request to ${service} with this connection’s token, and shows what comes back.`,
  back: 'Back to Connections',
  as: 'Sends as',
  gone: {
    title: 'This connection is not here any more',
    text: 'It was disconnected, or the address is not right.',
  },
  needsSignIn: (service: string) => `${service} needs sign-in.`,
  reconnect: 'Reconnect',
  request: 'Request',
  method: 'Method',
  path: 'Path',
  sentTo: 'Goes to',
  headers: 'More headers',
  headersHint: 'One on each line, as “Name: value”. The token’s own header is added when it is sent.',
  body: 'Body',
  noBody: 'GET carries no body.',
  characterLimit: (service: string, count: string) => `One post at ${service} may have ${count} characters.`,
  jsonSuggestion: 'This is JSON, and would go out as plain text.',
  addJsonType: 'Add Content-Type: application/json',
  send: 'Send',
  sending: 'Sending…',
  cancel: 'Cancel',
  copyCurl: 'Copy as curl',
  copied: 'Copied. The token is masked in it.',
  notCopied: 'This browser would not copy it.',
  problems: {
    path: (resource: string) => `This leads out of ${resource}. The token goes nowhere else, so it is not sent.`,
    pathWithSlash: (resource: string) =>
      `With a slash in front it leads out of ${resource}. Leave the slash away: the token goes nowhere else.`,
    header: {
      'no-colon': (line: number) => `Line ${line} has no colon. Write “Name: value”.`,
      'invalid-name': (line: number, name: string) =>
        `Line ${line}: “${name}” is no header name. Letters, digits and - are safe; spaces are not allowed.`,
      'invalid-value': (line: number, name: string) =>
        `Line ${line}: the value of ${name} has signs that a header can’t carry, such as letters beyond Latin.`,
      credential: (line: number, name: string) =>
        `Line ${line}: ${name} is left to the app, which sends this connection’s token and nothing else.`,
      forbidden: (line: number, name: string) => `Line ${line}: ${name} is left to the browser. A page can’t set it.`,
    },
  },
  answer: 'Answer',
  noAnswerYet: 'Nothing sent yet.',
  facts: { status: 'Status', took: 'Time', size: 'Size' },
  summary: (status: string, took: string, size: string) => `Answer: ${status}, ${took}, ${size}`,
  bytes: (count: string) => `${count} bytes`,
  kilobytes: (count: string) => `${count} KB`,
  megabytes: (count: string) => `${count} MB`,
  answerHeaders: 'Headers',
  answerHeadersHint: 'Those that the service lets this app read.',
  noHeaders: 'The service lets this app read none.',
  answerBody: 'Body',
  emptyBody: 'The answer has no body.',
  binary: (type: string, size: string) => `Not shown: it is ${type}, ${size}.`,
  unknownType: 'of no type that is known',
  cut: 'Cut: the first 256 KB are shown.',
  refusedToken: {
    title: 'The token was refused.',
    text: (service: string) =>
      `${service} refused a new one too. This address may need another kind of token. If others are refused as well, reconnect.`,
  },
  demand: {
    title: 'This needs a fresh sign-in.',
    text: (service: string) => `${service} wants you to sign in again, or in a stronger way, before it answers this.`,
    again: 'Sign in again',
  },
  more: {
    named: 'This needs more permission:',
    choices: (service: string) => `${service} does not say what it needs. What is not allowed yet:`,
    perhaps: 'It may need more permission. What is not allowed yet:',
    allow: 'Allow this',
    chooseFirst: 'Choose at least one.',
    inVain: {
      title: 'All that it asks for is allowed already.',
      text: (service: string) => `${service} refuses it all the same. Ask whoever runs it.`,
    },
  },
  history: {
    title: 'Sent from here',
    hint: 'The last 20, as long as this page is open. A click fills one in again, with its headers and body.',
    none: 'None yet.',
    failed: 'failed',
    tooLong: 'Its headers and body are too long to be kept.',
    again: (method: string, path: string) => `Fill in ${method} ${path}`,
    root: '(the resource itself)',
  },
  failures: {
    withStatus: (title: string, status: number) => `${title.replace(/\.$/, '')} (${status}).`,
    broken: {
      title: `Something in ${appName} itself went wrong.`,
      text: 'Whether the request was sent is not known.',
    },
    notRenewed: (service: string) => ({
      title: `The token for ${service} is over.`,
      text: 'A new one could not be had just now. The sign-in is kept, and the app asks again by itself: Connections says when. Then send this again.',
    }),
    codes: {
      'needs-sign-in': (service: string) => ({
        title: `${service} needs sign-in.`,
        text: 'It refused the token, and there is no way to a new one but to sign in again.',
      }),
      'needs-authentication': (service: string) => ({
        title: `${service} wants a fresh sign-in.`,
        text: 'It does not answer this before you have signed in again, or in a stronger way.',
      }),
      'insufficient-scope': (service: string) => ({
        title: `${service} wants more permission.`,
        text: 'The token does not cover this request.',
      }),
      forbidden: (service: string) => ({
        title: `${service} does not allow it.`,
        text: 'More permission would not change that.',
      }),
      refused: (service: string) => ({ title: `${service} refused the request.`, text: 'It was not accepted.' }),
      'rate-limited': (service: string) => ({
        title: `${service} is limiting requests.`,
        text: 'Try again in a few minutes.',
      }),
      'nonce-unreadable': (service: string) => ({
        title: `${service} hides a value that browser apps need.`,
        text: 'It wants its one-time value (DPoP nonce) sent back, and does not let this page read it. Whoever runs it has to send Access-Control-Expose-Headers: DPoP-Nonce.',
      }),
      'proof-refused': (service: string) => ({
        title: `${service} did not accept the proof of this browser’s key.`,
        text: 'The token works only with a key of this browser (DPoP). Most often a proof is refused because a clock is wrong: check this device’s, then send again.',
      }),
      'server-fault': (service: string) => ({ title: `${service} had a fault.`, text: 'Try again in a few minutes.' }),
      unreachable: (service: string) => ({
        title: `No answer from ${service} that this app may read.`,
        text: 'This device is offline, the server is out of reach, or it does not let browser apps use this address, method or header (CORS). It may also have led to another address, which is not followed. The browser does not say which.',
      }),
      'timed-out': (service: string) => ({
        title: `${service} took too long.`,
        text: 'The answer was not complete after 30 seconds. The request may have had its effect.',
      }),
      cancelled: () => ({
        title: 'You stopped waiting.',
        text: 'If the request had gone out already, it may have had its effect.',
      }),
      'malformed-response': (service: string) => ({
        title: `${service} sent too much.`,
        text: 'More than 5 MB came, so the app stopped reading.',
      }),
      'outside-connection': () => ({
        title: 'Nothing was sent.',
        text: 'The path leads out of the connection’s resource.',
      }),
      'no-connection': (service: string) => ({
        title: `${service} is not connected any more.`,
        text: 'It was disconnected, perhaps in another tab.',
      }),
    },
  },
};
