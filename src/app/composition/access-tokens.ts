import type { Platform } from '#app/boot/platform.ts';
import { sendToWorker } from '#app/service-worker/post-message.ts';
import { createAccessTokens, type AccessTokens } from '#connections/refresh/access-tokens.ts';
import { createRequestWorkerRefresh, type RequestWorkerRefresh } from '#connections/refresh/ask-worker.ts';
import { createWaitForOthers } from '#connections/refresh/wait-for-other-tabs.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';

/**
 * Access tokens that the service worker refreshes, and this page where it does not: also while the disk takes no tokens, since the
 * worker would find an older one there than the one in this page's memory (STO-6). Without locks over all of this origin the page
 * alone does, and waits for other tabs by what the journal says of them.
 */
export function openAccessTokens(
  { http, lock, storageOf }: Pick<Platform, 'http' | 'lock' | 'storageOf'>,
  store: ConnectionStore,
): AccessTokens {
  const ask = createRequestWorkerRefresh(sendToWorker, lock, http.recorder);
  const requestWorkerRefresh: RequestWorkerRefresh = async (request) =>
    storageOf('connections') === 'kept' && ask(request);
  const together = 'locks' in navigator ? { requestWorkerRefresh } : { waitForOthers: createWaitForOthers(store) };
  return createAccessTokens({ store, http, lock, random: Math.random, ...together });
}
