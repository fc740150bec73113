import { createIndexedDbStore } from './indexeddb-store.ts';
import { createBirdsong } from './program.ts';
import type { Birdsong } from './program.ts';
import { provideRequestBody } from './request-body-stream.ts';

/** What the app's service worker sees of Birdsong: it asks whose a request is, and hands it over. */
export type BirdsongInWorker = Pick<Birdsong, 'owns' | 'handle'>;

declare const self: ServiceWorkerGlobalScope & { birdsong?: BirdsongInWorker };

provideRequestBody();

const now = (): number => Date.now();

// Built as a classic script of its own, which the app's worker takes in with importScripts. Where no issuer can live, as on
// http://planner.localhost, the app's worker must start all the same, and goes without Birdsong.
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
