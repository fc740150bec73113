import { useSyncExternalStore } from 'react';

import type { SignInAttempt } from './sign-in-attempt.ts';
import type { SignInController } from './sign-in-controller.ts';

/** How far a sign-in has come that this tab has started. */
export function useSignInAttempt(signIns: SignInController): SignInAttempt {
  return useSyncExternalStore(signIns.attempt.subscribe, signIns.attempt.get);
}
