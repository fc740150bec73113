import { appName } from './app-name.ts';

/** The flow inspector. */
export const inspector = {
  title: 'Flow inspector',
  lede: 'Every request the app makes, as it happens. Secrets are masked. It stays in this tab only.',
  clear: 'Clear',
  empty: {
    title: 'No flows yet',
    text: 'Each request of a sign-in or a post appears here as it happens, and stays in this tab only.',
    connect: 'Connect Birdsong',
  },
  lanes: [appName, 'Authorization service', 'Resource service'],
  flows: {
    connect: (service: string) => `Connect ${service}`,
    refresh: (service: string) => `Refresh ${service}`,
    call: (service: string) => `Call ${service}`,
    'step-up': (service: string) => `More permission at ${service}`,
    lesson: (service: string) => `What if, at ${service}`,
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
  retryDeclared: 'One more try with the same token',
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
    signOut: {
      text: 'You sign out on the provider’s own page. It learns which app sends you, and no token is in the address.',
      rfc: 'OpenID Connect RP-Initiated Logout 1.0 §2',
    },
    signOutBack: {
      text: 'The provider leads the browser back. Whether you signed out there or chose to stay, it does not say.',
      rfc: 'OpenID Connect RP-Initiated Logout 1.0 §3',
    },
    tokenAdopted: {
      text: 'Two tabs with one refresh token take turns, so that it is never used twice. This tab found the work done.',
      rfc: 'RFC 9700 §4.14.2',
    },
    retryDeclared: {
      text: 'The answer to the last refresh was lost, with its tab or on the way. The server may have replaced the token: this is tried once.',
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
      text: 'Every address in the description is well formed, and is encrypted or on this machine',
      rfc: 'RFC 8414 §2',
    },
    'pkce-is-supported': { text: 'The server supports PKCE with S256', rfc: 'RFC 9700 §2.1.1' },
    'registration-is-kept': { text: 'The server registered what was asked for', rfc: 'RFC 7591 §3.2.1' },
    'resource-is-listed': { text: 'The server lists the service that named it', rfc: 'RFC 9728 §4' },
    'server-is-named': {
      text: 'The service’s description names a sign-in server that the app accepts',
      rfc: 'RFC 9728 §2, §7.6',
    },
    'response-is-usable': {
      text: 'The answer carries a state, and a code or an error, and no tokens',
      rfc: 'RFC 6749 §4.1.2, §4.1.2.1',
    },
    'state-is-fresh': { text: 'The answer came within the time a sign-in may take', rfc: 'RFC 9700 §2.1' },
    'state-is-unused': { text: 'The answer has not been used before, in any tab', rfc: 'RFC 9700 §4.2.4' },
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
    'access-token-hash-holds': {
      text: 'The id token belongs to the access token it came with',
      rfc: 'OpenID Connect Core §3.1.3.8',
    },
    'userinfo-subject-matches': {
      text: 'The account’s name is about the person who signed in',
      rfc: 'OpenID Connect Core §5.3.2',
    },
    'same-person': {
      text: 'The person who signed in is the one whose connection is renewed',
      rfc: 'OpenID Connect Core §5.7',
    },
  } as Partial<Record<string, { text: string; rfc?: string }>>,
};
