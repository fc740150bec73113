import { appName } from './app-name.ts';

const networks = (names: readonly string[], accounts: number): string => {
  const [only] = names;
  if (names.length > 1) return ` on ${names.length} networks`;
  if (only === undefined) return '';
  return accounts > 1 ? ` on ${accounts} ${only} accounts` : ` on ${only}`;
};

/** Writing a post. */
export const composer = {
  newPost: 'New post',
  draft: 'Draft',
  kept: 'Saved on this device',
  keptInTab: 'Saved in this tab only',
  close: 'Close',
  postTo: 'Post to',
  text: 'Post',
  when: 'When',
  now: 'Now',
  pickTime: 'Pick a time',
  date: 'Date',
  time: 'Time',
  zone: (place: string) => (place === 'UTC' ? place : `${place} time`),
  preview: 'Preview',
  previewOf: (network: string, account: string) => `${network} preview, ${account}`,
  previewEmpty: 'Your post will appear here.',
  previewNone: 'Choose a network to see a preview.',
  postingNotAllowed: 'read only',
  needsSignIn: 'Signed out',
  count: (used: string, limit: string) => `${used} / ${limit}`,
  left: (left: string) => `${left} left`,
  tooMany: (over: string) => `${over} over`,
  sentByServer: (network: string) => `${network} posts it, even if this app is closed.`,
  sentNow: (network: string) => `${network}: posted immediately.`,
  postNow: (names: readonly string[], accounts: number) => `Post now${networks(names, accounts)}`,
  schedule: (names: readonly string[], accounts: number) => `Schedule${networks(names, accounts)}`,
  sending: 'Sending…',
  scheduling: 'Scheduling…',
  keepAsDraft: 'Save draft',
  deleteDraft: 'Delete draft',
  deleteDialog: {
    title: 'Delete this draft?',
    text: 'This can’t be undone.',
    keep: 'Cancel',
    confirm: 'Delete draft',
  },
  allowPosting: 'Allow posting',
  signInAgain: 'Reconnect',
  goToConnections: 'Open Connections',
  problems: {
    noConnection: { title: 'No network is connected.', text: 'Your draft is saved while you connect one.' },
    noTarget: 'Choose at least one network.',
    postingNotAllowed: (network: string) => `${appName} can read from ${network}, but not post.`,
    needsSignIn: (network: string) => `Sign in to ${network} again.`,
    textIsKept: 'Your draft is saved while you sign in.',
    noText: 'Write something first.',
    tooLong: (network: string, over: string) =>
      `${over} ${over === '1' ? 'character' : 'characters'} too long for ${network}.`,
    noTime: 'Choose a date and time.',
    past: 'That time has passed. Pick a later one or choose Now.',
  },
};
