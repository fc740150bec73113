import { useSyncExternalStore } from 'react';

import type { ConnectAttempt } from './connect-attempt.ts';
import type { ConnectionView } from './connection-view.ts';
import type { SignInStarter } from './sign-in-starter.ts';
import type { ConnectionStore } from './store.ts';

/** The connections as screens may see them; undefined until they have been read. */
export function useConnections(store: ConnectionStore): readonly ConnectionView[] | undefined {
  return useSyncExternalStore(store.subscribe, store.views);
}

/** How far a sign-in has come that this tab has started. */
export function useConnectAttempt(starter: SignInStarter): ConnectAttempt {
  return useSyncExternalStore(starter.attempt.subscribe, starter.attempt.get);
}
