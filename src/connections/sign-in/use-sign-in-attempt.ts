import { useSyncExternalStore } from 'react';

import type { SignInAttempt } from './sign-in-attempt.ts';
import type { SignInController } from './sign-in-controller.ts';

/** Returns the progress of the sign-in that this tab started. */
export function useSignInAttempt(signIns: SignInController): SignInAttempt {
  return useSyncExternalStore(signIns.attempt.subscribe, signIns.attempt.get);
}
