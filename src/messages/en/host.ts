/** The host where the user is about to sign in. */
export const host = {
  issuer: 'In full:',
  beyondAscii: <Name>(name: Name) => [
    'This address uses letters other than a–z and reads as ',
    name,
    '. Is that the site you expect?',
  ],
  beyondAsciiUnread:
    'This address uses letters other than a–z that can’t be shown. Continue only if you expected this.',
};
