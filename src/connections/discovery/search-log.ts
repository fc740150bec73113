import { signInFailureOf, type SignInFailure } from '#connections/failure.ts';
import type { OAuthError } from '#oauth/errors.ts';

import type { DiscoveryAttempt } from './discovered-service.ts';

/** The requests of one search and their results. */
export type SearchLog = ReturnType<typeof createSearchLog>;

/** Creates an empty log. */
export function createSearchLog() {
  const asked = new Map<string, DiscoveryAttempt>();
  let last: SignInFailure | undefined;
  /** Records an attempt; duplicates are recorded once. */
  const note = (one: DiscoveryAttempt): void => void asked.set(JSON.stringify(one), one);
  const noteFailure = (failure: SignInFailure): void => {
    last = failure;
    note({ kind: 'failed', ...failure });
  };
  return {
    note,
    noteMissed(error: OAuthError): void {
      const failure = signInFailureOf(error);
      if (failure) noteFailure(failure);
    },
    /** Runs one step of the search. Records a failure and returns undefined, unless the search was cancelled. */
    async orNote<T>(task: () => Promise<T>): Promise<T | undefined> {
      try {
        return await task();
      } catch (error) {
        const failure = signInFailureOf(error);
        if (!failure || failure.code === 'cancelled') throw error;
        noteFailure(failure);
        return undefined;
      }
    },
    lastFailure: () => last,
    asked: (): readonly DiscoveryAttempt[] => [...asked.values()],
  };
}
