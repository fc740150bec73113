import { createIndexedDbStore } from './indexeddb-store.ts';
import { createBirdsong } from './program.ts';
import type { Birdsong } from './program.ts';
import { provideRequestBody } from './request-body-stream.ts';

/** The part of Birdsong that the app's service worker uses: checking which URLs it owns, and handling requests. */
export type BirdsongInWorker = Pick<Birdsong, 'owns' | 'handle'>;

declare const self: ServiceWorkerGlobalScope & { birdsong?: BirdsongInWorker };

provideRequestBody();

const now = (): number => Date.now();

// Built as a separate classic script, which the app's worker loads with importScripts. Where the base URL cannot be an issuer,
// as on http://planner.localhost, the app's worker must still start, and runs without Birdsong.
try {
  self.birdsong = createBirdsong({
    base: new URL('birdsong', self.registration.scope),
    store: createIndexedDbStore({ factory: indexedDB, keyRange: IDBKeyRange, name: 'birdsong', now }),
    now,
    onError: (error) => self.reportError(error),
  });
} catch (error) {
  self.reportError(error);
}
