/** The service worker: hands each request to whoever answers it. The demo network is a program of its own, in a second file. */
declare const self: ServiceWorkerGlobalScope & {
  birdsong?: { owns(url: URL): boolean; handle(request: Request): Promise<Response> };
};

const birdsongUrl = new URL('birdsong.js', self.location.href).href;
const onlyBirdsong = (url: string): string => {
  if (url !== birdsongUrl) throw new TypeError('not the address of the demo network');
  return url;
};
const policy = globalThis.trustedTypes?.createPolicy('content-planner', { createScriptURL: onlyBirdsong });
importScripts(policy?.createScriptURL(birdsongUrl) ?? birdsongUrl);

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A page that was reloaded past the worker asks to be controlled again.
self.addEventListener('message', (event) => {
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  if (self.birdsong?.owns(new URL(event.request.url))) event.respondWith(self.birdsong.handle(event.request));
});

export {};
