import { appName } from './app-name.ts';

/** A screen that cannot be shown. */
export const broken = {
  /** A fault of the app itself. */
  fault: {
    title: 'This screen stopped working',
    text: 'Something in the app itself went wrong. What you wrote is kept. Load the page anew to go on.',
    reload: 'Load anew',
  },
  /** Its script did not come: no network, or a newer version has taken the place of this one. */
  notLoaded: {
    title: 'This screen could not be loaded',
    text: `The browser may be offline, or ${appName} was updated while this page was open. Nothing is lost: what you wrote is kept.`,
    reload: 'Load the page again',
  },
  home: 'Go to the planner',
};
