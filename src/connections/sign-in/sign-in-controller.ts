import { isForgotten, signInFailureOf } from '#connections/failure.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { createObservable, type Observable } from '#lib/observable.ts';

import type { SignInAttempt } from './sign-in-attempt.ts';
import type { SignInRequest } from './start-sign-in.ts';

/** Starts sign-ins for the screens, one at a time, and reports their progress until the page leaves. */
export interface SignInController {
  attempt: Observable<SignInAttempt>;
  /** The services with a sign-in from this tab that never returned; they may have forgotten this client (REF-7). */
  abandoned: Observable<readonly string[]>;
  /** Updates `abandoned`, for a page that is shown again. */
  refreshAbandoned(): void;
  start(request: Omit<SignInRequest, 'signal'>): Promise<void>;
  cancel(): void;
}

/**
 * Creates a sign-in controller.
 * @param prepare returns the authorization URL
 * @param leave navigates the page to it
 * @param findAbandoned returns the services with a sign-in that has not returned
 */
export function createSignInController(
  prepare: (request: SignInRequest) => Promise<string>,
  leave: (url: string) => void,
  findAbandoned: () => readonly string[],
): SignInController {
  const abandoned = createObservable(findAbandoned());
  const attempt = createObservable<SignInAttempt>({ kind: 'idle' });
  let running: AbortController | undefined;
  /** Returns true once the user has been told that retrying will register the client again (REF-7). */
  const isToldForgotten = (serviceId: string): boolean => {
    const last = attempt.get();
    return last.kind === 'failed' && last.serviceId === serviceId && isForgotten(last);
  };
  return {
    attempt,
    abandoned,
    refreshAbandoned: () => abandoned.set(findAbandoned()),
    async start(request) {
      running?.abort();
      const own = new AbortController();
      running = own;
      const about = omitUndefined({
        serviceId: request.service.id,
        connectionId: request.connectionId,
      });
      const reRegisters = isToldForgotten(request.service.id) && { isForgotten: true };
      abandoned.set(abandoned.get().filter((serviceId) => serviceId !== request.service.id));
      attempt.set({ kind: 'working', ...about });
      try {
        const url = await prepare({ ...request, ...reRegisters, signal: own.signal });
        if (!own.signal.aborted) leave(url);
      } catch (error) {
        if (running !== own || own.signal.aborted) return;
        const failure = signInFailureOf(error);
        attempt.set(failure ? { kind: 'failed', ...about, ...failure } : { kind: 'idle' });
        if (!failure) throw error;
      }
    },
    cancel() {
      running?.abort();
      attempt.set({ kind: 'idle' });
    },
  };
}
