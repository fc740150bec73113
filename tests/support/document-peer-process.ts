/** The process that document-peer.ts starts: sends its URL, then responds to `requests` and `stop`. */
// The library accepts documents only if it is told that its fetch reaches public addresses only.
Object.assign(globalThis, { Cloudflare: { compatibilityFlags: { global_fetch_strictly_public: true } } });

const { startBirdsong } = await import('#tests/support/birdsong-server.ts');
const server = await startBirdsong({ acceptsClientDocuments: true });
process.on('message', (message) => {
  if (message === 'requests') process.send?.(server.requests);
  if (message === 'stop') {
    server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  }
});
process.send?.({ issuer: server.issuer, resource: server.resource });

export {};
