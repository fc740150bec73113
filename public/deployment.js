// What the service worker is told of this deployment; `npm run configure` writes it.
self.deployment = { birdsong: true };
