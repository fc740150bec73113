import type { HttpClient } from '#connections/http/http-client.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { OAuthError } from '#oauth/errors.ts';

import type { DiscoveryState } from './discovered-service.ts';

/** A search for a service by its URL. */
export interface ServiceSearch {
  state: Observable<DiscoveryState>;
  begin(url: string): Promise<void>;
  /** Cancels the current search and discards its result. */
  reset(): void;
}

/** Creates a search that reads metadata over the network. */
export function createServiceSearch(http: HttpClient): ServiceSearch {
  const state = createObservable<DiscoveryState>({ kind: 'idle' });
  let running: AbortController | undefined;
  return {
    state,
    async begin(url) {
      running?.abort();
      const own = new AbortController();
      running = own;
      state.set({ kind: 'searching', url });
      const tag = { flow: crypto.randomUUID(), kind: 'connect', service: new URL(url).host } as const;
      const { discoverService, ServiceNotFoundError } = await loadChunk(() => import('./discover-service.ts'));
      try {
        const found = await discoverService(http.forFlow(tag, own.signal, { fresh: true }), url);
        if (running === own) state.set({ kind: 'found', url, found });
      } catch (error) {
        const isStopped = error instanceof OAuthError && error.code === 'cancelled';
        if (running !== own || isStopped) return;
        if (!(error instanceof ServiceNotFoundError)) throw error;
        state.set({ kind: 'nothing', url, asked: error.asked });
      }
    },
    reset() {
      running?.abort();
      running = undefined;
      state.set({ kind: 'idle' });
    },
  };
}
