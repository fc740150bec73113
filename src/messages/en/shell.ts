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
  storage: {
    blocked: {
      title: 'This browser will not let the app keep anything.',
      text: 'Drafts and sign-ins last until you close this tab. Allow this site to store data, then load the page again.',
    },
    full: {
      title: 'This device has no room left.',
      text: 'What you write and sign in to now lasts until you close this tab. It is kept as soon as there is room again.',
    },
  },
  keyMapNotLoaded: 'The map of keys could not be loaded. Load the page again when you are online.',
};
