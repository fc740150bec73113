import type { HttpClient } from '#connections/http/http-client.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { OAuthError } from '#oauth/errors.ts';

import type { DiscoveryAttempt, DiscoveryState } from './discovered-service.ts';

/** A search for a service by its URL. */
export interface ServiceSearch {
  state: Observable<DiscoveryState>;
  /** @param alternative an address to search if the first one does not respond at all */
  begin(url: string, alternative?: string): Promise<void>;
  /** Cancels the current search and discards its result. */
  reset(): void;
}

/** Creates a search that reads metadata over the network. */
export function createServiceSearch(http: HttpClient): ServiceSearch {
  const state = createObservable<DiscoveryState>({ kind: 'idle' });
  let running: AbortController | undefined;
  return {
    state,
    async begin(url, alternative) {
      running?.abort();
      const own = new AbortController();
      running = own;
      state.set({ kind: 'searching', url });
      const tag = { flow: crypto.randomUUID(), kind: 'connect', service: new URL(url).host } as const;
      const { discoverService, ServiceNotFoundError } = await loadChunk(() => import('./discover-service.ts'));
      const asked: DiscoveryAttempt[] = [];
      for (const one of alternative === undefined ? [url] : [url, alternative]) {
        try {
          const found = await discoverService(http.forFlow(tag, own.signal, { fresh: true }), one);
          if (running === own) state.set({ kind: 'found', url: one, found });
          return;
        } catch (error) {
          const isStopped = error instanceof OAuthError && error.code === 'cancelled';
          if (running !== own || isStopped) return;
          if (!(error instanceof ServiceNotFoundError)) throw error;
          asked.push(...error.asked);
          if (!error.asked.every(isSilent)) break;
        }
      }
      state.set({ kind: 'nothing', url, asked });
    },
    reset() {
      running?.abort();
      running = undefined;
      state.set({ kind: 'idle' });
    },
  };
}

const isSilent = (one: DiscoveryAttempt): boolean => one.kind === 'failed' && one.code === 'unreachable';
