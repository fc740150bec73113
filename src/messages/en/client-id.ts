/** A client id from a service's developer page, and the screen for changing it. */
export const clientId = {
  title: 'Change client ID',
  lede: (service: string) => `${service}’s authorization server identifies this app by its client ID.`,
  save: 'Save and sign in',
  back: 'Back to Connections',
  empty: 'Enter a client ID first.',
  kept: 'Existing connections keep working until you sign in with the new ID.',
  readingRedirectUri: 'Looking up the redirect URI',
  label: 'Client ID',
  publicOnly: 'From the service’s developer page. Public clients only: never paste a secret here.',
  redirectUri: 'Redirect URI (enter it exactly)',
  copy: 'Copy',
  copyRedirectUri: 'Copy redirect URI',
};
