/** What has just happened. */
export const toasts = {
  connected: (service: string, account: string) =>
    account === '' ? `Connected to ${service}` : `Connected to ${service} as ${account}`,
  sent: 'Sent',
  scheduled: 'Scheduled',
  failed: 'Not sent. Its card says why.',
  notSaved: 'This browser would not save the draft. Its text is only on this screen.',
};
