import type { Platform } from '#app/boot/platform.ts';
import { sendToWorker } from '#app/service-worker/post-message.ts';
import { createAccessTokens, type AccessTokens } from '#connections/refresh/access-tokens.ts';
import { createRequestWorkerRefresh, type RequestWorkerRefresh } from '#connections/refresh/ask-worker.ts';
import { createWaitForOthers } from '#connections/refresh/wait-for-other-tabs.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';

/**
 * Creates the access tokens that the service worker refreshes, or this page if the worker does not. While the disk accepts no
 * tokens, only the page refreshes, since the worker would read an older token from disk than the one in this page's memory
 * (STO-6). Without Web Locks across the origin, only the page refreshes too, and it uses the journal to wait for other tabs.
 */
export function openAccessTokens(
  { http, lock, storageOf }: Pick<Platform, 'http' | 'lock' | 'storageOf'>,
  store: ConnectionStore,
): AccessTokens {
  const ask = createRequestWorkerRefresh(sendToWorker, lock, http.recorder);
  const requestWorkerRefresh: RequestWorkerRefresh = async (request) =>
    storageOf('connections') === 'ok' && ask(request);
  const together = 'locks' in navigator ? { requestWorkerRefresh } : { waitForOthers: createWaitForOthers(store) };
  return createAccessTokens({ store, http, lock, random: Math.random, ...together });
}
