import { appName } from './app-name.ts';

/** Starting a connection. */
export const connect = {
  connect: (service: string) => `Connect ${service}`,
  connectAnother: 'Connect another account',
  connectAnotherOf: (service: string) => `Connect another ${service} account`,
  addService: 'Add a service',
  changeClientId: 'Change client ID',
  changeClientIdOf: (service: string) => `Change ${service}’s client ID`,
  remove: (service: string) => `Remove ${service}`,
  abandoned: {
    title: (service: string) => `Your last sign-in to ${service} wasn’t finished.`,
    text: (service: string) =>
      `If you cancelled, just connect again. If ${service} said it doesn’t recognise this app, register again.`,
    again: 'Register again and connect',
    typedText: (service: string) =>
      `If you cancelled, just connect again. If ${service} said it doesn’t recognise this app, the client ID may be wrong.`,
  },
  servicesFile: {
    title: (count: number) =>
      count === 1 ? 'There is a mistake in services.json.' : `There are ${count} mistakes in services.json.`,
    text: 'The operator of this app has to fix it. Everything else works.',
    place: (line: number, field: string) => (field === '' ? `Line ${line}` : `Line ${line}, ${field}`),
  },
  opening: (service: string) => `Opening ${service}…`,
  cancel: 'Cancel',
  starting: (service: string) => `Starting ${service} in your browser (first time only)…`,
  workerMissing: {
    title: (service: string) => `${service} can’t run in this window`,
    text: (service: string) =>
      `${service}, the demo network, runs in a service worker, which isn’t available in this window. Everything else in ${appName} works without it.`,
    why: {
      insecure: 'Browsers allow service workers only on HTTPS pages and on localhost. Open the app over HTTPS.',
      blocked:
        'This browser blocks site data for this page, and service workers with it. Allow the site to store data, then reload the page.',
      missing: 'Some private windows have none. To try the demo, use a normal window or another browser.',
    },
    next: 'To try the demo, use a normal window or another browser.',
  },
};
