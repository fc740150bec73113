import type { Platform } from '#app/boot/platform.ts';
import { createAccessTokens, type AccessTokens } from '#connections/refresh/access-tokens.ts';
import {
  createRequestWorkerRefresh,
  type RequestWorkerRefresh,
  type SendToWorker,
} from '#connections/refresh/ask-worker.ts';
import { createWaitForOthers } from '#connections/refresh/wait-for-other-tabs.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';

export interface AccessTokenEdges extends Pick<Platform, 'http' | 'lock' | 'storageOf'> {
  sendToWorker: SendToWorker;
  /** False if `lock` covers only this tab. */
  hasWebLocks: boolean;
  /** Returns a number from 0 to 1, which spreads the refreshes of several tabs. */
  random: () => number;
}

/**
 * Creates the access tokens that the service worker refreshes, or this page if the worker does not. While the disk accepts no
 * tokens, only the page refreshes, since the worker would read an older token from disk than the one in this page's memory
 * (STO-6). Without Web Locks across the origin, only the page refreshes too, and it uses the journal to wait for other tabs.
 */
export function openAccessTokens(
  { http, lock, storageOf, sendToWorker, hasWebLocks, random }: AccessTokenEdges,
  store: ConnectionStore,
): AccessTokens {
  const ask = createRequestWorkerRefresh(sendToWorker, lock, http.recorder);
  const requestWorkerRefresh: RequestWorkerRefresh = async (request) =>
    storageOf('connections') === 'ok' && ask(request);
  const together = hasWebLocks ? { requestWorkerRefresh } : { waitForOthers: createWaitForOthers(store) };
  return createAccessTokens({ store, http, lock, random, ...together });
}
