/**
 * The service worker. It routes each request to its handler, refreshes tokens for pages that may close before the response
 * arrives, and serves the app offline. The demo network is a separate program in its own file, and so is the precache list.
 */
import { readRefreshRequest } from '#connections/refresh/ask-worker.ts';
import { openWorkerRefresher } from '#connections/refresh/refresh-in-worker.ts';
import { lazy } from '#lib/lazy.ts';
import { openAppCache, type Precache } from '#offline/app-cache.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Set by deployment.js, which `npm run configure` writes. */
  deployment?: { birdsong: boolean };
  birdsong?: { owns(url: URL): boolean; handle(request: Request): Promise<Response> };
  precache?: Precache;
};

const partUrl = (file: string): string => new URL(file, self.location.href).href;
const parts = new Set(['deployment.js', 'precache.js', 'birdsong.js'].map(partUrl));
const onlyParts = (url: string): string => {
  if (!parts.has(url)) throw new TypeError('not a part of this worker');
  return url;
};
const policy = globalThis.trustedTypes?.createPolicy('content-planner', { createScriptURL: onlyParts });
const load = (file: string): void => importScripts(policy?.createScriptURL(partUrl(file)) ?? partUrl(file));

load('deployment.js');
load('precache.js');
if (self.deployment?.birdsong !== false) load('birdsong.js');

const { precache, caches, registration } = self;
const fetchFile = (request: Request): Promise<Response> => fetch(request);
const appCache = precache && openAppCache({ precache, scope: registration.scope, caches, fetch: fetchFile });

const cacheApp = async (): Promise<void> => appCache?.fill();

self.addEventListener('install', (event) => {
  // The first worker activates immediately and caches the app when the page is idle. An update caches everything before it is
  // offered and waits until the user accepts it, so that pages of one version are never served by another.
  event.waitUntil(registration.active ? cacheApp() : self.skipWaiting());
});
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([self.clients.claim(), appCache?.sweep()])));

/** Fetches from within the worker. Its own requests bypass its `fetch` listener, so pass the demo network's to it here. */
async function fetchFromWorker(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  return self.birdsong?.owns(new URL(request.url)) ? self.birdsong.handle(request) : fetch(request);
}

const refresher = lazy(() => openWorkerRefresher(fetchFromWorker, (error) => self.reportError(error)));

self.addEventListener('message', (event) => {
  switch (event.data) {
    // After a hard reload bypassed the worker, the page asks to be controlled again.
    case 'claim':
      return event.waitUntil(self.clients.claim());
    // Ignore failures: files that cannot be fetched now are fetched when the next page asks.
    case 'keep-app':
      return event.waitUntil(cacheApp().catch(() => undefined));
    case 'take-over':
      return event.waitUntil(self.skipWaiting());
  }
  const refresh = readRefreshRequest(event.data);
  const [port] = event.ports;
  if (!refresh || !port) return;
  event.waitUntil(refresher().handle(refresh, port));
});

self.addEventListener('fetch', (event) => {
  if (self.birdsong?.owns(new URL(event.request.url))) return event.respondWith(self.birdsong.handle(event.request));
  const response = appCache?.respond(event.request);
  if (response) event.respondWith(response);
});
