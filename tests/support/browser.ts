/** The app's own modules in Node, composed as in src/app: a browser with tabs, each of which is one page of the app. */
import { IDBFactory } from 'fake-indexeddb';

import type { CallbackPath } from '#app/attack-demos/tamper.ts';
import { openPlatform, type Platform } from '#app/boot/platform.ts';
import { openConnections } from '#app/composition/connections.ts';
import { disconnect } from '#connections/disconnect/disconnect.ts';
import { handleCallback } from '#connections/sign-in/handle-callback.ts';
import { createTabLock } from '#connections/lock.ts';
import type { WorkerState } from '#app/service-worker/registration.ts';
import type { Service } from '#connections/services/service.ts';
import type { SignInOutcome, SignInStage } from '#connections/sign-in/sign-in-outcome.ts';
import type { SignInRequest } from '#connections/sign-in/start-sign-in.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';
import { createObservable } from '#lib/observable.ts';

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

/** The worker of a browser that has none. */
const noWorker: Platform['worker'] = { state: createObservable<WorkerState>('missing'), settled: Promise.resolve() };

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
    const requests: Request[] = [];
    const recordedFetch: Fetch = (input, init) => {
      requests.push(new Request(input, init));
      return fetch(input, init);
    };
    const platform = openPlatform(recordedFetch, sessionStorage, now, {
      worker: noWorker,
      lock,
      allowLoopbackHttp: true,
    });
    const { http, vault, pending, pendingLogouts, keys, consumedStates } = platform;
    const { store, tokens, registrations, revocations, startSignIn, fetchFor } = openConnections({
      ...platform,
      appUrl,
      fetch,
      openChannel: openChangeChannel,
      sendToWorker: () => false,
      hasWebLocks,
      random: () => 0.5,
      leave: () => {},
    });
    const stages: SignInStage[] = [];
    return {
      sessionStorage,
      recorder: http.recorder,
      http,
      vault,
      pending,
      pendingLogouts,
      registrations,
      keys,
      lock,
      revocations,
      store,
      tokens,
      /** Every request that this tab has sent. */
      requests,
      stages,
      start: (request: Omit<SignInRequest, 'returnTo'> & { returnTo?: string }) =>
        startSignIn({ returnTo: '/', ...request }),
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
      call: fetchFor,
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
