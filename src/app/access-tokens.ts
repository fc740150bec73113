import { createAccessTokens, type AccessTokens } from '#connections/access-token.ts';
import { createWaitForOthers } from '#connections/other-tabs.ts';
import type { ConnectionStore } from '#connections/store.ts';
import { createAskWorker, type AskWorker } from '#connections/worker-renewal.ts';

import type { Foundation } from './foundation.ts';
import { sendToWorker } from './send-to-worker.ts';

/**
 * Access tokens that the service worker renews, and this page where it does not: also while the disk takes nothing, since the
 * worker would find an older token there than the one in this page's memory (STO-6). Without locks over all of this origin the page
 * alone does, and waits for other tabs by what the journal says of them.
 */
export function openAccessTokens(
  { wire, lock, storage }: Pick<Foundation, 'wire' | 'lock' | 'storage'>,
  store: ConnectionStore,
): AccessTokens {
  const ask = createAskWorker(sendToWorker, lock, wire.recorder);
  const askWorker: AskWorker = async (request) => storage.get() === 'kept' && ask(request);
  const together = 'locks' in navigator ? { askWorker } : { waitForOthers: createWaitForOthers(store) };
  return createAccessTokens({ store, wire, lock, random: Math.random, ...together });
}
