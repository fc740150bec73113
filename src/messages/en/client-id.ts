/** A client id that somebody has from a service's developer page; and the screen where it is changed. */
export const clientId = {
  title: 'Change client id',
  lede: (service: string) => `The client id is what ${service}’s sign-in server knows this app by.`,
  save: 'Save and sign in',
  back: 'Back to Connections',
  empty: 'Enter a client id first.',
  kept: 'What is connected stays as it is until you sign in with the new one.',
  readingRedirectUri: 'Asking the service where it sends people back to',
  label: 'Client id',
  publicOnly: 'From the service’s developer page. Public clients only: never paste a secret here.',
  redirectUri: 'Redirect URI to enter there, exactly',
  copy: 'Copy',
  copyRedirectUri: 'Copy redirect URI',
};
