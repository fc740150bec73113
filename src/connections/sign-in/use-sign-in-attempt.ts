import { useSyncExternalStore } from 'react';

import type { ConnectAttempt } from './sign-in-attempt.ts';
import type { SignInStarter } from './sign-in-controller.ts';

/** How far a sign-in has come that this tab has started. */
export function useConnectAttempt(starter: SignInStarter): ConnectAttempt {
  return useSyncExternalStore(starter.attempt.subscribe, starter.attempt.get);
}
