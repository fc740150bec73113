import { isForgotten, type SignInFailure } from '#connections/failure.ts';
import { messages } from '#messages/en.ts';

const words = messages.faults;

/** What a screen says of a request that failed: what happened, what helps, and the facts for whoever looks into it. */
export interface FaultText {
  /** Plain: the person wished it so. */
  tone: 'plain' | 'bad';
  title: string;
  text: string;
  next: string;
  /** As it stood on the wire: plain text, partly a claim of the server. */
  wire: readonly string[];
}

/** Where a client id comes from, and so who can mend it: a registration of this browser, a person here, services.json. */
export type ClientIdOrigin = 'registered' | 'typed' | 'configured';

/**
 * The words for a failure (UI-3). Total: every code has its own, and names what the app had asked for.
 * @param isOnline whether the browser believes that this device has a network
 */
export function describeFailedRequest(
  service: string,
  failure: SignInFailure,
  isOnline: boolean,
  origin: ClientIdOrigin = 'registered',
): FaultText {
  const { code, step, url, status, serverError, serverDescription } = failure;
  const what = (step === undefined ? words.askedSomething : words.asked[step])(service);
  return {
    tone: code === 'cancelled' ? 'plain' : 'bad',
    ...sentences(service, failure, what, isOnline, origin),
    wire: [
      ...(serverError === undefined ? [] : [words.wire.error(serverError)]),
      ...(serverDescription === undefined ? [] : [words.wire.description(serverDescription)]),
      ...(status === undefined ? [] : [words.wire.status(status)]),
      ...(url === undefined || code === 'cancelled' ? [] : [words.wire.address(url)]),
    ],
  };
}

function sentences(service: string, failure: SignInFailure, what: string, isOnline: boolean, origin: ClientIdOrigin) {
  if (origin === 'registered' && isForgotten(failure)) return words.forgotten(service, what);
  if (origin !== 'registered' && isClientRefused(failure)) return words.clientRefused[origin](service, what);
  if (failure.code === 'unreachable' && !isOnline) return words.offline(what);
  if (failure.code === 'server-error' && failure.step === 'registration')
    return words.registrationRefused(service, what);
  if (failure.code === 'resource-mismatch' && failure.step === 'server-metadata') return words.notListed(service, what);
  return words.codes[failure.code](service, what);
}

/** Whether another try in this window can come to anything. */
export function canWorkHere({ code }: SignInFailure): boolean {
  return code !== 'not-running';
}

/** Whether the server has said that the client id is wrong, or not one of a public client with this redirect URI. */
export function isClientRefused({ code, serverError }: SignInFailure): boolean {
  return code === 'server-error' && isClientError(serverError);
}

/** Whether a server's error is about the client (RFC 6749 §4.1.2.1, §5.2). */
export function isClientError(error: string | undefined): boolean {
  return error === 'invalid_client' || error === 'unauthorized_client';
}
