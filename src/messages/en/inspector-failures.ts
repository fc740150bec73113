/** The cause of a failure, and what helps. */
export interface FailureText {
  cause: string;
  fix: string;
}

type FailureCatalogue = Readonly<Partial<Record<string, FailureText>>>;

const AGAIN = 'Try again later.';
const OPERATOR = 'The service’s operator has to look into it.';
const BEGIN_ANEW = 'Sign in again.';

/** By the server's error code (RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1; and their extensions). */
export const serverErrors: FailureCatalogue = {
  invalid_request: { cause: 'A required parameter is missing or invalid.', fix: OPERATOR },
  invalid_client: {
    cause: 'The server doesn’t recognise this client ID.',
    fix: 'Sign in again: the app then registers again.',
  },
  invalid_grant: {
    cause:
      'The code or refresh token was already used, has expired, was revoked, or belongs to another app or redirect URI.',
    fix: 'Sign in again; a new grant replaces the old one.',
  },
  unauthorized_client: { cause: 'The server knows the app but doesn’t allow it this kind of request.', fix: OPERATOR },
  unsupported_grant_type: { cause: 'Grant type not supported.', fix: OPERATOR },
  unsupported_response_type: { cause: 'The server doesn’t support the authorization code flow.', fix: OPERATOR },
  invalid_scope: {
    cause: 'A requested scope is unknown, malformed, or more than was granted.',
    fix: 'Request fewer permissions.',
  },
  invalid_target: {
    cause: 'The server doesn’t issue tokens for the requested service.',
    fix: 'Check the service’s address.',
  },
  access_denied: {
    cause: 'You said no, or the server did on your behalf.',
    fix: 'Start again if you clicked by mistake.',
  },
  server_error: { cause: 'The server had an internal error.', fix: AGAIN },
  temporarily_unavailable: { cause: 'The server is overloaded or under maintenance.', fix: AGAIN },
  login_required: { cause: 'Nobody is signed in there.', fix: BEGIN_ANEW },
  interaction_required: { cause: 'The server needs you to do something first.', fix: BEGIN_ANEW },
  consent_required: { cause: 'Your consent is missing.', fix: BEGIN_ANEW },
  account_selection_required: { cause: 'You have to choose one of your accounts first.', fix: BEGIN_ANEW },
  invalid_request_uri: {
    cause: 'The reference to the pushed request has expired or is unknown.',
    fix: 'Start the sign-in again: the request is then pushed again.',
  },
  invalid_request_object: { cause: 'The request object is malformed.', fix: OPERATOR },
  request_not_supported: { cause: 'The server doesn’t accept request objects.', fix: OPERATOR },
  request_uri_not_supported: { cause: 'The server doesn’t accept request_uri.', fix: OPERATOR },
  registration_not_supported: { cause: 'The server doesn’t accept registration inside a request.', fix: OPERATOR },
  invalid_redirect_uri: {
    cause: 'The server doesn’t accept the redirect URI.',
    fix: 'The server’s operator has to allow this app’s redirect URI.',
  },
  invalid_client_metadata: {
    cause: 'The server doesn’t accept part of the app’s client metadata.',
    fix: OPERATOR,
  },
  invalid_software_statement: { cause: 'The server doesn’t accept the software statement.', fix: OPERATOR },
  unapproved_software_statement: { cause: 'The server hasn’t approved this software.', fix: OPERATOR },
  unsupported_token_type: {
    cause: 'The server doesn’t revoke tokens of this type.',
    fix: 'Nothing to do: the token expires on its own.',
  },
  invalid_token: {
    cause: 'The access token has expired, was revoked, or isn’t meant for this service.',
    fix: 'The app refreshes it once and retries. If that fails too, sign in again.',
  },
  insufficient_scope: {
    cause: 'The token doesn’t cover this call.',
    fix: 'Allow the missing permission; the others don’t change.',
  },
  insufficient_user_authentication: {
    cause: 'The service requires a more recent or stronger sign-in.',
    fix: 'Sign in again with the method the service asks for.',
  },
  use_dpop_nonce: {
    cause: 'The server requires its own nonce in the proof and sends it this way. This is normal.',
    fix: 'Nothing to do: the app sends the request again with the nonce. If the server rejects that too, its operator has to fix it.',
  },
  invalid_dpop_proof: {
    cause:
      'The DPoP proof was rejected: a clock may be wrong, or the request arrived twice, because a browser resends it when a connection breaks.',
    fix: 'Check this device’s clock. The app retries once with the server’s time.',
  },
};

/** By the response status, for responses without an error code. */
export const statuses: FailureCatalogue = {
  400: { cause: 'The request is malformed.', fix: OPERATOR },
  401: {
    cause: 'The request had no token, or the token was rejected.',
    fix: 'The app refreshes the token once and retries. If that fails too, sign in again.',
  },
  403: {
    cause: 'The service knows who you are and doesn’t allow this.',
    fix: 'Allow the missing permission, or ask the service for access.',
  },
  404: {
    cause: 'There is nothing at this URL.',
    fix: 'When looking for metadata, the app tries the next URL. Otherwise, check the URL.',
  },
  405: { cause: 'This URL doesn’t accept this method.', fix: OPERATOR },
  406: { cause: 'The service has no response of an accepted type.', fix: OPERATOR },
  408: { cause: 'The request took too long to arrive.', fix: AGAIN },
  409: { cause: 'The request conflicts with existing data.', fix: 'Check the existing data, then try again.' },
  410: { cause: 'The content is permanently gone.', fix: 'Check that the URL is still right.' },
  413: { cause: 'The request is larger than the service accepts.', fix: 'Send less.' },
  415: { cause: 'The service doesn’t accept content of this type.', fix: OPERATOR },
  421: { cause: 'The request reached a server that isn’t responsible for this host.', fix: OPERATOR },
  422: {
    cause: 'The content is well formed, but the service rejects it.',
    fix: 'See the response, and change the content.',
  },
  429: { cause: 'Too many requests.', fix: 'Wait as long as Retry-After says; the app does this automatically.' },
  500: { cause: 'The server had an internal error.', fix: AGAIN },
  502: { cause: 'A gateway got an invalid response.', fix: AGAIN },
  503: { cause: 'The server is overloaded or under maintenance.', fix: AGAIN },
  504: { cause: 'A gateway got no response in time.', fix: AGAIN },
};

/** Other statuses, by class. */
export const statusClasses = {
  refused: { cause: 'The server rejected the request.', fix: 'See the response: it may say why.' },
  fault: { cause: 'The server had an internal error.', fix: AGAIN },
} satisfies FailureCatalogue;

/** By why there was no usable response. */
export const reasons: FailureCatalogue = {
  unreachable: {
    cause:
      'No readable response: you are offline, the server is down, or it blocks browser apps (CORS). The browser doesn’t say which.',
    fix: 'Check your connection. If other sites work, the server’s operator has to send CORS headers.',
  },
  unreadable: {
    cause: 'The server responded, but doesn’t let browser apps read the response (CORS).',
    fix: 'The server’s operator has to send CORS headers.',
  },
  redirected: {
    cause: 'The server redirects the request. Redirects aren’t followed.',
    fix: 'The server’s operator has to put the response at this exact URL.',
  },
  'worker-unavailable': {
    cause: 'The service runs in this browser’s service worker, which isn’t running in this window.',
    fix: 'Reload the page.',
  },
  'timed-out': { cause: 'No response in time.', fix: AGAIN },
  cancelled: { cause: 'Cancelled.', fix: 'Start again whenever you like.' },
  'response-too-large': { cause: 'The response is unreasonably large.', fix: OPERATOR },
  'malformed-response': { cause: 'The response doesn’t have the requested format.', fix: OPERATOR },
  failed: { cause: 'The request failed before a response arrived.', fix: AGAIN },
};

/** For any other failure. */
export const otherFailure: FailureText = {
  cause: 'The server returned an error this app doesn’t know.',
  fix: 'See the response: it may say more.',
};
