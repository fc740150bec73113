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
  needSignIn: (count: number) => `${count} signed out`,
  cleared: {
    title: 'Your browser deleted this app’s data.',
    text: 'Connections and drafts are gone from this device. Browsers do that when storage runs low or site data is cleared. Posts already sent or scheduled on a network are safe. Connect again to continue.',
  },
  storage: {
    blocked: {
      title: 'This browser blocks storage for this site.',
      text: 'Drafts last until you close this tab. You will be signed out when you reload or leave this page. Allow this site to store data, then reload.',
    },
    full: {
      title: 'This device is out of storage.',
      text: 'What you write now lasts until you close this tab. New sign-ins end when you reload or leave this page. Both are saved again once there is space.',
    },
  },
  update: {
    ready: {
      title: `A new version of ${appName} is ready.`,
      text: 'Reload to use it. Drafts and connections are kept.',
    },
    replaced: {
      title: `Another tab has loaded a new version of ${appName}.`,
      text: 'This tab is still on the old version. Reload to continue; drafts and connections are kept.',
    },
    reload: 'Reload',
  },
  closeToast: 'Close',
  keyMapNotLoaded: 'The shortcuts couldn’t be loaded. Reload when you’re online.',
};
