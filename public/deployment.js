// Settings of the service worker for this deployment; written by `npm run configure`.
self.deployment = { birdsong: true };
