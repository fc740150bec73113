/** The client after the callback: calls, refresh and the redirect to a sign-in, composed as in src/app/composition/. */
import { authorizedFetch, type AuthorizedFetch } from '#api/authorized-fetch.ts';
import { ApiError } from '#api/errors.ts';
import type { Platform } from '#app/boot/platform.ts';
import { browserEdges } from '#app/composition/browser-edges.ts';
import { openConnections } from '#app/composition/connections.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';

import { benchService } from './service.ts';

/** The client behind the page's `window.peer`. */
export function createClient(platform: Platform) {
  const { http } = platform;
  const { store, tokens, startSignIn } = openConnections({ ...platform, ...browserEdges() });
  const callsOf = (connectionId: string): AuthorizedFetch =>
    authorizedFetch({ store: underOwnHost(store), tokens, http }, connectionId);
  let calls: AuthorizedFetch | undefined;
  const newest = (): string | undefined => store.views()?.at(-1)?.id;
  return {
    /** Reads the vault. `connectionId` was connected just now. */
    async begin(connectionId: string | undefined): Promise<void> {
      if (connectionId !== undefined) await store.reloadAndBroadcast(connectionId);
      await store.ready;
      const id = connectionId ?? newest();
      if (id !== undefined) calls = callsOf(id);
    },
    async signIn(): Promise<void> {
      const url = await startSignIn({ service: benchService, scope: benchService.firstScopes, returnTo: '/' });
      location.assign(url);
    },
    async api(path: string): Promise<number> {
      if (!calls) return 401;
      try {
        const { status } = await calls(path);
        return status;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === 'needs-sign-in' || error.code === 'no-connection') return 401;
        if (error.status !== undefined) return error.status;
        throw error;
      }
    },
  };
}

/**
 * With `?tab=N` this page calls the resource under a host name of its own: Chromium opens six connections per host, and tabs
 * that queue behind each other would hide the race under test.
 */
function underOwnHost(store: ConnectionStore): ConnectionStore {
  const tab = new URLSearchParams(location.search).get('tab');
  if (tab === null) return store;
  const host = new URL(benchService.resource);
  host.hostname = `tab${tab}.${host.hostname}`;
  return {
    ...store,
    find(id) {
      const connection = store.find(id);
      return connection && { ...connection, service: { ...connection.service, resource: host.origin } };
    },
  };
}
