/** The planner. */
export const planner = {
  title: 'Planner',
  newPost: 'New post',
  loading: 'Reading your posts',
  empty: {
    title: 'Nothing planned yet',
    text: 'Write a post, pick its time, and it goes out by itself. Drafts stay on this device.',
  },
  today: 'Today',
  upcoming: 'Upcoming',
  drafts: 'Drafts',
  earlier: 'Earlier',
  nothingToday: 'Nothing today.',
  noText: 'No text yet',
  noTime: 'No time yet',
  editDraft: (text: string) => `Edit draft: ${text}`,
  tryAgain: 'Try again',
  edit: 'Edit',
  openConnections: 'Open Connections',
};
