/** A host where somebody is about to sign in. */
export const host = {
  issuer: 'In full:',
  beyondAscii: <Name>(name: Name) => [
    'This name has letters beyond a–z. It reads as ',
    name,
    '. Is that the one you expect?',
  ],
  beyondAsciiUnread: 'This name has letters beyond a–z that cannot be shown. Go on only if you expect that.',
};
