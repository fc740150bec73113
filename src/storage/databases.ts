/** Every database of the app, so that all of them can be erased. The demo network has its own. */
export const DATABASES = [
  'connections',
  'used-sign-ins',
  'registrations',
  'discovery',
  'services',
  'posts',
  'proof-keys',
  'revocations',
] as const;

export type DatabaseName = (typeof DATABASES)[number];
