import type { Fetch } from '#oauth/flow-context.ts';

import { workerReady, type WorkerControl } from './registration.ts';

/**
 * Returns the platform's fetch, except that a request to this origin waits for the service worker. Everything that the app calls
 * on this origin belongs to the demo network, and a request that bypasses the worker would leak its token to the static host
 * (API-2, STO-4). For the same reason such a request never sets `keepalive`: Firefox sends keepalive requests past the worker.
 *
 * @param worker the worker that must control this page
 * @returns the fetch; it throws OAuthError `worker-unavailable` if the worker never controls this page
 */
export function fetchThroughWorker(worker: WorkerControl): Fetch {
  return async (input, init) => {
    if (new URL(input instanceof Request ? input.url : input).origin !== location.origin) return fetch(input, init);
    if (worker.state.get() !== 'ready') await workerReady(worker, init?.signal ?? undefined);
    return fetch(input, { ...init, keepalive: false });
  };
}
