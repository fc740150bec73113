export const planner = {
  title: 'Planner',
  newPost: 'New post',
  loading: 'Loading your posts',
  empty: {
    title: 'Nothing planned yet',
    text: {
      device: 'Write a post and pick a time. It goes out automatically. Drafts stay on this device.',
      tab: 'Write a post and pick a time. It goes out automatically. Drafts stay in this tab until it closes.',
    },
  },
  today: 'Today',
  upcoming: 'Upcoming',
  drafts: 'Drafts',
  earlier: 'Earlier',
  nothingToday: 'Nothing planned for today.',
  noText: 'Empty draft',
  noTime: 'Unscheduled',
  editDraft: (text: string) => `Edit draft: ${text}`,
  /** "Thu, 26 Nov 2027": a day in a year other than the current one. */
  dayOfYear: (day: string, year: number) => `${day} ${year}`,
  tryAgain: 'Try again',
  /** Before a retry, by the reason for waiting. */
  wait: {
    asked: (network: string, time: string) => `${network} asked us to wait. You can try again in ${time}.`,
    network: (_network: string, time: string) => `Waiting for the network. You can try again in ${time}.`,
    recovery: (network: string, time: string) => `Giving ${network} a moment to recover. You can try again in ${time}.`,
  },
  triedAgain: (outcome: string) => `Tried again. ${outcome}`,
  allowPosting: 'Allow posting',
  reconnect: 'Reconnect',
  signInAgain: 'Sign in again',
  edit: 'Edit',
  openConnections: 'Open Connections',
  numbersNotShown: (network: string) => `Sign in to ${network} again to see likes and replies.`,
  numbersFromBefore: (network: string) => `Sign in to ${network} again to update likes and replies.`,
};
