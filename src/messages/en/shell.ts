import { appName } from './app-name.ts';

/** The frame around every screen. */
export const shell = {
  skip: 'Skip to content',
  navigation: 'Main',
  planner: 'Planner',
  connections: 'Connections',
  inspector: 'Flow inspector',
  inspectorShort: 'Inspector',
  settings: 'Settings',
  switchTheme: 'Switch theme',
  needSignIn: (count: number) => (count === 1 ? '1 needs sign-in' : `${count} need sign-in`),
  cleared: {
    title: 'This browser has cleared what the app kept.',
    text: 'Connections and drafts are gone from this device, as happens when room is short or site data is cleared. What you sent, and what waits on a service’s own server, is safe there. Connect again to go on.',
  },
  storage: {
    blocked: {
      title: 'This browser will not let the app keep anything.',
      text: 'Drafts last until you close this tab. Sign-ins end when this page is loaded again or left to sign in elsewhere. Allow this site to store data, then load the page again.',
    },
    full: {
      title: 'This device has no room left.',
      text: 'What you write now lasts until you close this tab. A new sign-in ends when this page is loaded again or left to sign in elsewhere. Both are kept once there is room again.',
    },
  },
  update: {
    ready: {
      title: `A new version of ${appName} is ready.`,
      text: 'Nothing you wrote is lost by loading it: drafts and connections stay.',
    },
    replaced: {
      title: `Another tab has loaded a new version of ${appName}.`,
      text: 'This tab still shows the one before. Load it anew to go on; drafts and connections stay.',
    },
    reload: 'Load the new version',
  },
  closeToast: 'Close',
  keyMapNotLoaded: 'The map of keys could not be loaded. Load the page again when you are online.',
};
