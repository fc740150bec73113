/** What is behind a failure, and what helps. */
export interface FailureWords {
  cause: string;
  fix: string;
}

type FailureCatalogue = Readonly<Partial<Record<string, FailureWords>>>;

const AGAIN = 'Try again in a while.';
const OPERATOR = 'The service’s operator has to look into it.';
const BEGIN_ANEW = 'Sign in again.';

/** By the error’s name, as the server gave it (RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1; and those that add to them). */
export const serverErrors: FailureCatalogue = {
  invalid_request: { cause: 'The server misses something in the request, or finds it malformed.', fix: OPERATOR },
  invalid_client: {
    cause: 'The server does not know this client id.',
    fix: 'Sign in again: the app then registers anew.',
  },
  invalid_grant: {
    cause: 'The code or refresh token is used up, has ended, was revoked, or belongs to another app or address.',
    fix: 'Sign in again; a new grant takes the place of the old one.',
  },
  unauthorized_client: { cause: 'The server knows the app but does not allow it this kind of request.', fix: OPERATOR },
  unsupported_grant_type: { cause: 'The server does not do this kind of exchange.', fix: OPERATOR },
  unsupported_response_type: { cause: 'The server does not give out codes.', fix: OPERATOR },
  invalid_scope: {
    cause: 'A permission that was asked for is unknown, malformed, or more than was granted.',
    fix: 'Ask for fewer permissions.',
  },
  invalid_target: {
    cause: 'The server does not issue tokens for the service that was named.',
    fix: 'Make sure that the service’s address is right.',
  },
  access_denied: { cause: 'You said no, or the server did in your place.', fix: 'Begin again if that was a slip.' },
  server_error: { cause: 'The server had a fault of its own.', fix: AGAIN },
  temporarily_unavailable: { cause: 'The server is overloaded or being looked after.', fix: AGAIN },
  login_required: { cause: 'The server has nobody signed in.', fix: BEGIN_ANEW },
  interaction_required: { cause: 'The server has to show you something first.', fix: BEGIN_ANEW },
  consent_required: { cause: 'Your consent is missing.', fix: BEGIN_ANEW },
  account_selection_required: { cause: 'You have to choose one of your accounts first.', fix: BEGIN_ANEW },
  invalid_request_uri: {
    cause: 'The reference to the request that was handed over has ended or is unknown.',
    fix: 'Begin the sign-in anew: the request is then handed over again.',
  },
  invalid_request_object: { cause: 'The server finds the request object malformed.', fix: OPERATOR },
  request_not_supported: { cause: 'The server takes no request objects.', fix: OPERATOR },
  request_uri_not_supported: { cause: 'The server takes no references to requests.', fix: OPERATOR },
  registration_not_supported: { cause: 'The server takes no registration inside a request.', fix: OPERATOR },
  invalid_redirect_uri: {
    cause: 'The server does not accept the address that answers are to come to.',
    fix: 'The server’s operator has to allow this app’s address.',
  },
  invalid_client_metadata: {
    cause: 'The server does not accept something of how the app describes itself.',
    fix: OPERATOR,
  },
  invalid_software_statement: { cause: 'The server does not accept the software statement.', fix: OPERATOR },
  unapproved_software_statement: { cause: 'The server has not approved this software.', fix: OPERATOR },
  unsupported_token_type: {
    cause: 'The server does not revoke tokens of this kind.',
    fix: 'The token ends by itself.',
  },
  invalid_token: {
    cause: 'The access token has run out, was revoked, or is not meant for this service.',
    fix: 'The app renews it once and asks again. If that fails as well, sign in again.',
  },
  insufficient_scope: {
    cause: 'The token does not cover this call.',
    fix: 'Allow the missing permission; the rest stays as it is.',
  },
  insufficient_user_authentication: {
    cause: 'The service wants you to have signed in more recently, or in a stronger way.',
    fix: 'Sign in again, in the way that the service asks for.',
  },
  use_dpop_nonce: {
    cause: 'The server wants its own nonce in the proof. This is how it hands it out, and no fault.',
    fix: 'Nothing to do: the app sends the request again with the nonce.',
  },
  invalid_dpop_proof: {
    cause: 'The proof of the key was not accepted, often because a clock is wrong.',
    fix: 'Check the clock of this device. The app tries once more with the server’s time.',
  },
};

/** By the status of the answer, where no error is named. */
export const statuses: FailureCatalogue = {
  400: { cause: 'The server finds the request malformed.', fix: OPERATOR },
  401: {
    cause: 'The request had no token, or one that is not accepted.',
    fix: 'The app renews the token once and asks again. If that fails as well, sign in again.',
  },
  403: {
    cause: 'The service knows who asks, and does not allow it.',
    fix: 'Allow the missing permission, or ask the service for access.',
  },
  404: {
    cause: 'There is nothing at this address.',
    fix: 'While looking for a description the app tries the next address. Else make sure that the address is right.',
  },
  405: { cause: 'The address does not take this method.', fix: OPERATOR },
  406: { cause: 'The service has no answer in a form that was asked for.', fix: OPERATOR },
  408: { cause: 'The request took too long to arrive.', fix: AGAIN },
  409: { cause: 'The request clashes with what is there already.', fix: 'Look at what is there, then try again.' },
  410: { cause: 'What was there is gone for good.', fix: 'Make sure that the address is still right.' },
  413: { cause: 'The request is larger than the service takes.', fix: 'Send less.' },
  415: { cause: 'The service does not take content of this type.', fix: OPERATOR },
  421: { cause: 'The request reached a server that does not answer for this host.', fix: OPERATOR },
  422: {
    cause: 'The content is well formed, and not acceptable to the service.',
    fix: 'Look at its answer, and change the content.',
  },
  429: { cause: 'Too many requests for now.', fix: 'Wait as long as Retry-After says; the app does so by itself.' },
  500: { cause: 'The server had a fault of its own.', fix: AGAIN },
  502: { cause: 'A server in between got no usable answer.', fix: AGAIN },
  503: { cause: 'The server is overloaded or being looked after.', fix: AGAIN },
  504: { cause: 'A server in between got no answer in time.', fix: AGAIN },
};

/** Other statuses, by their class. */
export const statusClasses = {
  refused: { cause: 'The server refused the request.', fix: 'Look at its answer: it may say why.' },
  fault: { cause: 'The server had a fault of its own.', fix: AGAIN },
} satisfies FailureCatalogue;

/** By why no answer came, or none that can be used. */
export const reasons: FailureCatalogue = {
  unreachable: {
    cause:
      'No answer came that this page may read: you are offline, the server is, or it does not let browser apps read its answers (CORS). The browser does not say which.',
    fix: 'Look at your connection. If others work, the server’s operator has to send CORS headers.',
  },
  'not-running': {
    cause: 'The service lives in this browser’s service worker, which is not at work in this window.',
    fix: 'Reload the page.',
  },
  'timed-out': { cause: 'No answer came in time.', fix: AGAIN },
  cancelled: { cause: 'The app gave up the request: you cancelled, or left.', fix: 'Begin again when you want to.' },
  'response-too-large': { cause: 'The answer is larger than any honest one would be.', fix: OPERATOR },
  'malformed-response': { cause: 'The answer is not of the form that was asked for.', fix: OPERATOR },
  failed: { cause: 'The request failed before an answer came.', fix: AGAIN },
};

/** Where nothing else is known. */
export const otherFailure: FailureWords = {
  cause: 'The server gave an error that this app has no words for.',
  fix: 'Look at the answer: it may say more.',
};
