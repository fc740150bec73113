import { appName } from './app-name.ts';

/** A screen that cannot be shown. */
export const broken = {
  /** An error in the app itself. */
  fault: {
    title: 'This screen stopped working',
    text: 'Something went wrong in the app. What you wrote is saved. Reload the page to continue.',
    reload: 'Reload',
  },
  /** The screen's script did not load: no network, or a newer version has been deployed. */
  notLoaded: {
    title: 'This screen couldn’t be loaded',
    text: `You may be offline, or ${appName} was updated while this page was open. What you wrote is saved.`,
    reload: 'Reload',
  },
  home: 'Go to the planner',
};
