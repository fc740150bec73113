import { isForgotten, signInFailureOf } from '#connections/failure.ts';
import { createObservable, type Observable } from '#storage/observable.ts';

import type { SignInAttempt } from './sign-in-attempt.ts';
import type { SignInRequest } from './start-sign-in.ts';

/** Starts sign-ins for the screens, one at a time, and says how far the way to the service's page has come. */
export interface SignInController {
  attempt: Observable<SignInAttempt>;
  /** The services that a sign-in of this tab left for and never came back from: they may have forgotten this app (REF-7). */
  abandoned: Observable<readonly string[]>;
  /** Looks for such sign-ins anew, when the page is back. */
  refreshAbandoned(): void;
  start(request: Omit<SignInRequest, 'signal'>): Promise<void>;
  cancel(): void;
}

/**
 * @param prepare finds the address to go to
 * @param leave sends the page there
 * @param findAbandoned the services that a sign-in has not come back from
 */
export function createSignInController(
  prepare: (request: SignInRequest) => Promise<string>,
  leave: (url: string) => void,
  findAbandoned: () => readonly string[],
): SignInController {
  const abandoned = createObservable(findAbandoned());
  const attempt = createObservable<SignInAttempt>({ kind: 'idle' });
  let running: AbortController | undefined;
  /** Whether somebody has read that a service does not know this app, and that to go on is to register anew (REF-7). */
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
      const about = {
        serviceId: request.service.id,
        ...(request.connectionId !== undefined && { connectionId: request.connectionId }),
      };
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
