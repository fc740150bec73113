import { sanitizeText } from '#oauth/sanitize-text.ts';

import { isFrom, type CapturedResponse, type HandleCallbackDeps } from './handle-callback.ts';
import { toContext } from './pending-sign-in.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';

/**
 * Returns the error of a response without a state (RFC 6749 §4.1.2.1), if exactly one pending sign-in can be meant. Nothing
 * proves who wrote it, so it changes nothing. Loaded late, since no token request waits for it.
 */
export function unprovenError(
  { pending, http }: Pick<HandleCallbackDeps, 'pending' | 'http'>,
  { parameters, redirectUri }: CapturedResponse,
): SignInOutcome | undefined {
  const error = sanitizeText(parameters.get('error'), 100);
  const description = sanitizeText(parameters.get('error_description'));
  const iss = parameters.get('iss');
  const [signIn, ...others] = pending.returningTo(redirectUri, http.now());
  if (error === undefined || !signIn || others.length > 0 || !isFrom(signIn, iss === null ? {} : { iss }))
    return undefined;
  return { kind: 'unproven-error', ...toContext(signIn), error, ...(description !== undefined && { description }) };
}
