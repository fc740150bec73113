import { createAccessTokens, type AccessTokens } from '#connections/access-token.ts';
import { createWaitForOthers } from '#connections/other-tabs.ts';
import type { ConnectionStore } from '#connections/store.ts';
import { createAskWorker } from '#connections/worker-renewal.ts';

import type { Foundation } from './foundation.ts';
import { sendToWorker } from './send-to-worker.ts';

/**
 * Access tokens that the service worker renews, and this page where it does not. Without locks over all of this origin the page
 * alone does, and waits for other tabs by what the journal says of them.
 */
export function openAccessTokens(
  { wire, lock }: Pick<Foundation, 'wire' | 'lock'>,
  store: ConnectionStore,
): AccessTokens {
  const together =
    'locks' in navigator
      ? { askWorker: createAskWorker(sendToWorker, lock, wire.recorder) }
      : { waitForOthers: createWaitForOthers(store) };
  return createAccessTokens({ store, wire, lock, random: Math.random, ...together });
}
