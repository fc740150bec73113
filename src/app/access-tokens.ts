import { createAccessTokens, type AccessTokens } from '#connections/access-token.ts';
import type { ConnectionStore } from '#connections/store.ts';
import { createAskWorker } from '#connections/worker-renewal.ts';

import type { Foundation } from './foundation.ts';
import { sendToWorker } from './send-to-worker.ts';

/**
 * Access tokens that the service worker renews, and this page where it does not. Without locks over all of this origin two would
 * renew at once: then the page alone does.
 */
export function openAccessTokens(
  { wire, lock }: Pick<Foundation, 'wire' | 'lock'>,
  store: ConnectionStore,
): AccessTokens {
  const askWorker = 'locks' in navigator && { askWorker: createAskWorker(sendToWorker, lock, wire.recorder) };
  return createAccessTokens({ store, wire, lock, random: Math.random, ...askWorker });
}
