/** The planner. */
export const planner = {
  title: 'Planner',
  newPost: 'New post',
  loading: 'Reading your posts',
  empty: {
    title: 'Nothing planned yet',
    text: {
      device: 'Write a post, pick its time, and it goes out by itself. Drafts stay on this device.',
      tab: 'Write a post, pick its time, and it goes out by itself. Drafts stay in this tab until it closes.',
    },
  },
  today: 'Today',
  upcoming: 'Upcoming',
  drafts: 'Drafts',
  earlier: 'Earlier',
  nothingToday: 'Nothing today.',
  noText: 'No text yet',
  noTime: 'No time yet',
  editDraft: (text: string) => `Edit draft: ${text}`,
  /** "Thu, 26 Nov 2027": a day of another year than this one. */
  dayOfYear: (day: string, year: number) => `${day} ${year}`,
  tryAgain: 'Try again',
  /** Before another try, by why there is a wait. */
  wait: {
    asked: (network: string, time: string) => `${network} asks to wait. Try again in ${time}.`,
    network: (_network: string, time: string) => `Waiting for the network. Try again in ${time}.`,
    recovery: (network: string, time: string) => `${network} gets a moment to recover. Try again in ${time}.`,
  },
  triedAgain: (outcome: string) => `Tried again. ${outcome}`,
  allowPosting: 'Allow posting',
  reconnect: 'Reconnect',
  signInAgain: 'Sign in again',
  edit: 'Edit',
  openConnections: 'Open Connections',
  numbersNotShown: (network: string) => `${network} needs sign-in: its numbers are not shown.`,
  numbersFromBefore: (network: string) => `${network} needs sign-in: its numbers are from before.`,
};
