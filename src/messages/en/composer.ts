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
  kept: 'Draft kept on this device',
  keptInTab: 'Kept in this tab only',
  close: 'Close',
  postTo: 'Post to',
  text: 'Text',
  when: 'When',
  now: 'Now',
  pickTime: 'Pick time',
  date: 'Date',
  time: 'Time',
  zone: (place: string) => `${place} time`,
  preview: 'Preview',
  previewOf: (network: string, account: string) => `${network} preview, ${account}`,
  previewEmpty: 'Your text shows here.',
  previewNone: 'Tick a network to see the post as it will show it.',
  postingNotAllowed: 'posting not allowed',
  needsSignIn: 'Needs sign-in',
  count: (used: string, limit: string) => `${used} / ${limit}`,
  left: (left: string) => `${left} left`,
  tooMany: (over: string) => `${over} too many`,
  sentByServer: (network: string) => `${network}: sent by the server, even if this app is closed.`,
  sentNow: (network: string) => `${network}: sent at once.`,
  postNow: (names: readonly string[], accounts: number) => `Post now${networks(names, accounts)}`,
  schedule: (names: readonly string[], accounts: number) => `Schedule${networks(names, accounts)}`,
  sending: 'Sending…',
  scheduling: 'Scheduling…',
  keepAsDraft: 'Keep as draft',
  deleteDraft: 'Delete draft',
  deleteDialog: {
    title: 'Delete this draft?',
    text: 'Its text is nowhere else and cannot be brought back.',
    keep: 'Keep',
    confirm: 'Delete draft',
  },
  allowPosting: 'Allow posting',
  signInAgain: 'Reconnect',
  goToConnections: 'Open Connections',
  problems: {
    noConnection: { title: 'No network is connected.', text: 'The draft is kept while you connect one.' },
    noTarget: 'Tick a network to post to.',
    postingNotAllowed: (network: string) => `${network} lets ${appName} read, not post.`,
    needsSignIn: (network: string) => `${network} needs sign-in.`,
    textIsKept: 'Your text is kept while you sign in.',
    noText: 'Write something first.',
    tooLong: (network: string, over: string) => `${over} too many for ${network}. Shorten the text.`,
    noTime: 'Give a date and a time.',
    past: 'That time has passed. Pick a later one, or Now.',
  },
};
