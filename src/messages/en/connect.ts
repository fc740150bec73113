/** Beginning a connection. */
export const connect = {
  connect: (service: string) => `Connect ${service}`,
  connectAnother: 'Connect another account',
  opening: (service: string) => `Opening ${service}…`,
  cancel: 'Cancel',
  starting: (service: string) => `${service} is starting in this browser. This takes a moment, once.`,
  workerMissing: {
    title: (service: string) => `${service} cannot run in this window`,
    text: (service: string) =>
      `${service}, the demo network, lives in a service worker, and this browser or private window has none. Nothing else in Content Planner needs one.`,
    next: 'Open it in a normal window, or in another browser, to try the demo.',
  },
};
