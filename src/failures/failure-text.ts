import { isForgotten, type SignInFailure } from '#connections/failure.ts';
import { messages } from '#messages/en.ts';
import { authorizationErrors } from '#messages/en/authorization-errors.ts';

const text = messages.failures;

/** The text for a failed request: what happened, what to do next, and the protocol details for troubleshooting. */
export interface FaultText {
  /** `plain` if the user cancelled. */
  tone: 'plain' | 'bad';
  title: string;
  text: string;
  next: string;
  /** The protocol details as plain text; some are claims of the server. */
  wire: readonly string[];
}

/** The source of the client id, and so who can correct it: a registration by this browser, the user, or services.json. */
export type ClientIdOrigin = 'registered' | 'typed' | 'configured';

/**
 * Returns the text for a failure (UI-3). Every code has its own text, which names what the app requested.
 * @param isOnline whether the browser reports a network connection
 */
export function describeFailedRequest(
  service: string,
  failure: SignInFailure,
  isOnline: boolean,
  origin: ClientIdOrigin = 'registered',
): FaultText {
  const { code, step, url, status, serverError, serverDescription } = failure;
  const what = (step === undefined ? text.askedSomething : text.asked[step])(service);
  return {
    tone: code === 'cancelled' ? 'plain' : 'bad',
    ...sentences(service, failure, what, isOnline, origin),
    wire: [
      ...(serverError === undefined ? [] : [text.wire.error(serverError)]),
      ...(serverDescription === undefined ? [] : [text.wire.description(serverDescription)]),
      ...(status === undefined ? [] : [text.wire.status(status)]),
      ...(url === undefined || code === 'cancelled' ? [] : [text.wire.address(url)]),
    ],
  };
}

function sentences(service: string, failure: SignInFailure, what: string, isOnline: boolean, origin: ClientIdOrigin) {
  if (origin === 'registered' && isForgotten(failure)) return text.forgotten(service, what);
  if (origin !== 'registered' && isClientRejected(failure)) return text.clientRefused[origin](service, what);
  const isUnread = failure.code === 'unreachable' || failure.code === 'unreadable';
  if (isUnread && !isOnline) return text.offline(what);
  if (failure.code === 'oauth-error' && failure.step === 'registration') return text.registrationRefused(service, what);
  const meaning = failure.step === 'par' ? authorizationErrors[failure.serverError ?? ''] : undefined;
  if (meaning !== undefined) return text.requestRejected(service, what, meaning);
  if (failure.code === 'resource-mismatch' && failure.step === 'server-metadata') return text.notListed(service, what);
  if (failure.code === 'unreachable' && AFTER_METADATA.has(failure.step))
    return text.unreachableAfterMetadata(service, what);
  if (failure.code === 'invalid-dpop-proof' && failure.serverError === 'use_dpop_nonce')
    return text.nonceRejected(service, what);
  return text.codes[failure.code](service, what, failure);
}

/** The requests of a sign-in whose addresses come from metadata that was read just before: the network worked then. */
const AFTER_METADATA: ReadonlySet<SignInFailure['step']> = new Set(['registration', 'par', 'token-request', 'jwks']);

/** Returns true if a retry in this window can succeed. */
export function canWorkHere({ code }: SignInFailure): boolean {
  return code !== 'worker-unavailable';
}

/**
 * Returns true if the server reported that the client id is wrong or does not belong to a public client with this redirect URI.
 */
export function isClientRejected({ code, serverError }: SignInFailure): boolean {
  return code === 'oauth-error' && isClientError(serverError);
}

/** Returns true if a server's error concerns the client (RFC 6749 §4.1.2.1, §5.2). */
export function isClientError(error: string | undefined): boolean {
  return error === 'invalid_client' || error === 'unauthorized_client';
}
