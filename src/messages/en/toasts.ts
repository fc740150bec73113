/** What has just happened. */
export const toasts = {
  connected: (service: string, account: string) =>
    account === '' ? `Connected to ${service}` : `Connected to ${service} as ${account}`,
  sent: 'Sent',
  scheduled: 'Scheduled',
  /** After a sign-in meant to allow posting. */
  stillNotAllowed: 'Posting is still not allowed.',
  failed: 'Not sent. See the post for the reason.',
  sentInPart: 'Not sent everywhere. See the post for the reason.',
  draftGone: 'That draft no longer exists.',
  notSaved: 'The browser couldn’t save this draft. Copy the text before you leave.',
};
