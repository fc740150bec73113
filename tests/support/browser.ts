/** The app's own modules in Node, composed as in src/app: a browser with tabs, each of which is one page of the app. */
import { IDBFactory } from 'fake-indexeddb';

import { authorizedFetch, type AuthorizedFetch } from '#api/authorized-fetch.ts';
import type { CallbackPath } from '#app/attack-demos/tamper.ts';
import { createAccessTokens } from '#connections/refresh/access-tokens.ts';
import { openClientDocument } from '#connections/registration/client-metadata-document.ts';
import { openMetadataCache } from '#connections/http/metadata-cache.ts';
import { disconnect } from '#connections/disconnect/disconnect.ts';
import { handleCallback } from '#connections/sign-in/handle-callback.ts';
import { createTabLock } from '#connections/lock.ts';
import { createWaitForOthers } from '#connections/refresh/wait-for-other-tabs.ts';
import { createPendingSignIns } from '#connections/sign-in/pending-sign-in.ts';
import { createPendingLogouts } from '#connections/disconnect/pending-logout.ts';
import { openDpopKeyStore } from '#connections/http/dpop-key-store.ts';
import { createDpopSigner } from '#connections/http/dpop.ts';
import { openRegistrations } from '#connections/registration/registration-store.ts';
import type { Service } from '#connections/services/service.ts';
import type { SignInOutcome, SignInStage } from '#connections/sign-in/sign-in-outcome.ts';
import { startSignIn, type SignInRequest } from '#connections/sign-in/start-sign-in.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { openRevocationQueue } from '#connections/disconnect/revocation-queue.ts';
import { openConsumedStates } from '#connections/sign-in/consumed-states.ts';
import { openVault } from '#connections/store/vault.ts';
import { createHttpClient } from '#connections/http/http-client.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import { openPersistentStore } from '#storage/persistent-store.ts';
import { createRecorder } from '#trace/recorder.ts';

import { MemoryStorage } from './memory-storage.ts';

export const APP_URL = 'http://localhost:4173/';

export interface BrowserOptions {
  now?: () => number;
  /** Wraps the network to inject faults. */
  fetch?: Fetch;
  /** The app's base URL; its client id metadata document is fetched from there with `fetch`. */
  appUrl?: string;
  /** With `false` each tab has locks of its own, as in a browser without Web Locks. */
  hasWebLocks?: boolean;
}

/** Creates a browser with empty storage; its tabs share IndexedDB, locks and broadcasts, and each has its own sessionStorage. */
export function openBrowser(options: BrowserOptions = {}) {
  const { now = Date.now, fetch = globalThis.fetch, appUrl = APP_URL, hasWebLocks = true } = options;
  globalThis.indexedDB = new IDBFactory();
  const webLock = createTabLock();
  const listeners: { tab: number; name: string; listener: (id: string) => void }[] = [];
  let tabs = 0;
  const openTab = (sessionStorage: Storage = new MemoryStorage()) => {
    const tab = tabs++;
    const lock = hasWebLocks ? webLock : createTabLock();
    const openChangeChannel = (name: string): ChangeChannel => ({
      announce: (id) =>
        listeners.filter((other) => other.name === name && other.tab !== tab).forEach(({ listener }) => listener(id)),
      listen: (listener) => listeners.push({ tab, name, listener }),
    });
    const recorder = createRecorder(now, { storage: sessionStorage });
    const requests: Request[] = [];
    const keys = openDpopKeyStore(now);
    const http = createHttpClient({
      fetch: (input, init) => {
        requests.push(new Request(input, init));
        return fetch(input, init);
      },
      recorder,
      now,
      allowLoopbackHttp: true,
      dpop: createDpopSigner(keys, now, sessionStorage),
      metadataCache: openMetadataCache(now),
    });
    const vault = openVault(now);
    const pending = createPendingSignIns(sessionStorage);
    const clientDocument = openClientDocument(appUrl, fetch);
    const pendingLogouts = createPendingLogouts(sessionStorage);
    const registrations = openRegistrations(lock);
    const revocations = openRevocationQueue({
      store: openPersistentStore('revocations'),
      http,
      lock,
      keys: keys,
      channel: openChangeChannel('revocations'),
    });
    const consumedStates = openConsumedStates(now);
    const store = createConnectionStore(vault, openChangeChannel('connections'), now);
    const waitForOthers = !hasWebLocks && { waitForOthers: createWaitForOthers(store) };
    const tokens = createAccessTokens({ store, http, lock, random: () => 0.5, ...waitForOthers });
    const stages: SignInStage[] = [];
    return {
      sessionStorage,
      recorder,
      http,
      vault,
      pending,
      pendingLogouts,
      registrations,
      keys,
      revocations,
      store,
      tokens,
      /** Every request that this tab has sent. */
      requests,
      stages,
      start: (request: Omit<SignInRequest, 'returnTo'> & { returnTo?: string }) =>
        startSignIn(
          { http, pending, keys, consumedStates, registrations, clientDocument, appUrl, clientName: 'Content Planner' },
          { returnTo: '/', ...request },
        ),
      /** `tamper` changes the response, and the client, on the way. */
      finish: async (callback: URL, tamper = (way: CallbackPath): CallbackPath => way): Promise<SignInOutcome> => {
        const response = { redirectUri: callback.origin + callback.pathname, parameters: callback.searchParams };
        const way = tamper({ captured: response, http });
        const outcome = await handleCallback(
          {
            http: way.http,
            vault,
            pending,
            consumedStates,
            lock,
            whenReachable: () => Promise.resolve(),
            onStage: (stage) => stages.push(stage),
          },
          way.captured,
        );
        if (outcome.kind === 'connected') await store.reload(outcome.connectionId);
        return outcome;
      },
      call: (connectionId: string): AuthorizedFetch => authorizedFetch({ store, tokens, http }, connectionId),
      disconnect: (connectionId: string) => disconnect({ store, http, keys, revocations }, connectionId),
    };
  };
  return { openTab };
}

export type Tab = ReturnType<ReturnType<typeof openBrowser>['openTab']>;

/** Returns a service by its resource identifier, with Birdsong's scopes by default. */
export function serviceAt(resource: string, changes: Partial<Service> = {}): Service {
  return {
    id: 'birdsong',
    name: 'Birdsong',
    resource,
    firstScopes: ['openid', 'profile', 'posts:read', 'posts:write', 'stats:read', 'offline_access'],
    permissions: [],
    place: 'on this machine',
    ...changes,
  };
}
