/**
 * The service worker: a switchboard. It hands each request to whoever answers it, and renews tokens for pages that may be gone
 * before the answer is there. The demo network is a program of its own, in a second file.
 */
import { openRenewalDesk, type RenewalDesk } from '#connections/renewal-desk.ts';
import { readRenewalRequest } from '#connections/worker-renewal.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Of deployment.js, which `npm run configure` writes. */
  deployment?: { birdsong: boolean };
  birdsong?: { owns(url: URL): boolean; handle(request: Request): Promise<Response> };
};

const parts = {
  deployment: new URL('deployment.js', self.location.href).href,
  birdsong: new URL('birdsong.js', self.location.href).href,
};
const policy = globalThis.trustedTypes?.createPolicy('content-planner', {
  createScriptURL(url) {
    if (!Object.values(parts).includes(url)) throw new TypeError('not the address of a part of the worker');
    return url;
  },
});
const load = (url: string): void => importScripts(policy?.createScriptURL(url) ?? url);

load(parts.deployment);
if (self.deployment?.birdsong !== false) load(parts.birdsong);

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** A worker's own requests do not pass its `fetch` listener: the demo network's are handed to it here. */
async function fetchFromWorker(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  return self.birdsong?.owns(new URL(request.url)) ? self.birdsong.handle(request) : fetch(request);
}

let desk: RenewalDesk | undefined;

self.addEventListener('message', (event) => {
  // A page that was reloaded past the worker asks to be controlled again.
  if (event.data === 'claim') return event.waitUntil(self.clients.claim());
  const renewal = readRenewalRequest(event.data);
  const [port] = event.ports;
  if (!renewal || !port) return;
  desk ??= openRenewalDesk(fetchFromWorker, (error) => self.reportError(error));
  event.waitUntil(desk.answer(renewal, port));
});

self.addEventListener('fetch', (event) => {
  if (self.birdsong?.owns(new URL(event.request.url))) event.respondWith(self.birdsong.handle(event.request));
});
