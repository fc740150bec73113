/** What has just happened. */
export const toasts = {
  connected: (service: string, account: string) =>
    account === '' ? `Connected to ${service}` : `Connected to ${service} as ${account}`,
  sent: 'Sent',
  scheduled: 'Scheduled',
  /** After a sign-in that was to allow it. */
  stillNotAllowed: 'Posting is still not allowed.',
  failed: 'Not sent. Its card says why.',
  sentInPart: 'Not sent everywhere. Its card says why.',
  draftGone: 'That draft is not here any more.',
  notSaved: 'This browser would not save the draft. Its text is only on this screen.',
};
