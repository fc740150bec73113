/** A client id that somebody has from a service's developer page. */
export const clientId = {
  label: 'Client id',
  publicOnly: 'From the service’s developer page. Public clients only: never paste a secret here.',
  redirectUri: 'Redirect URI to enter there, exactly',
  copy: 'Copy',
  copyRedirectUri: 'Copy redirect URI',
};
