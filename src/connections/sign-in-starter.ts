import { createObservable, type Observable } from '#storage/observable.ts';

import type { ConnectAttempt } from './connect-attempt.ts';
import { signInFailureOf } from './sign-in-failure.ts';
import type { SignInRequest } from './start-sign-in.ts';

/** Starts sign-ins for the screens, one at a time, and says how far the way to the service's page has come. */
export interface SignInStarter {
  attempt: Observable<ConnectAttempt>;
  begin(request: Omit<SignInRequest, 'signal'>): Promise<void>;
  cancel(): void;
}

/**
 * @param start finds the address to go to
 * @param leave sends the page there
 */
export function createSignInStarter(
  start: (request: SignInRequest) => Promise<string>,
  leave: (url: string) => void,
): SignInStarter {
  const attempt = createObservable<ConnectAttempt>({ kind: 'idle' });
  let running: AbortController | undefined;
  return {
    attempt,
    async begin(request) {
      running?.abort();
      const own = new AbortController();
      running = own;
      const about = {
        serviceId: request.service.id,
        ...(request.connectionId !== undefined && { connectionId: request.connectionId }),
      };
      attempt.set({ kind: 'working', ...about });
      try {
        const url = await start({ ...request, signal: own.signal });
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
