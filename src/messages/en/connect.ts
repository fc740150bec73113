import { appName } from './app-name.ts';

/** Beginning a connection. */
export const connect = {
  connect: (service: string) => `Connect ${service}`,
  connectAnother: 'Connect another account',
  connectAnotherOf: (service: string) => `Connect another ${service} account`,
  addService: 'Add a service',
  changeClientId: 'Change client id',
  changeClientIdOf: (service: string) => `Change ${service}’s client id`,
  remove: (service: string) => `Take ${service} off the list`,
  unanswered: {
    title: (service: string) => `The last sign-in with ${service} did not come back.`,
    text: (service: string) =>
      `If you turned back yourself, just connect. If ${service}’s page said that it does not know this app, register it there anew.`,
    again: 'Register anew and connect',
    typedText: (service: string) =>
      `If you turned back yourself, just connect. If ${service}’s page said that it does not know this app, the client id may be wrong.`,
  },
  servicesFile: {
    title: (count: number) =>
      count === 1 ? 'There is a mistake in services.json.' : `There are ${count} mistakes in services.json.`,
    text: 'For whoever runs this app to mend. Everything else works.',
    place: (line: number, field: string) => (field === '' ? `Line ${line}` : `Line ${line}, ${field}`),
  },
  opening: (service: string) => `Opening ${service}…`,
  cancel: 'Cancel',
  starting: (service: string) => `${service} is starting in this browser. This takes a moment, once.`,
  workerMissing: {
    title: (service: string) => `${service} cannot run in this window`,
    text: (service: string) => `${service}, the demo network, needs a service worker. Nothing else in ${appName} does.`,
    why: {
      insecure: 'Browsers run service workers only on https pages and on this computer’s own. Open the app by https.',
      blocked:
        'This browser blocks the data of this site, and service workers with it. Allow the site to store data, then reload the page.',
      missing:
        'This browser or window runs none. Some private windows don’t: open the app in a normal window, or in another browser.',
    },
    next: 'Open it in a normal window, or in another browser, to try the demo.',
  },
};
