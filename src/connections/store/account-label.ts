import type { Identity } from '#oauth/identity.ts';

/**
 * Returns a label that distinguishes the accounts of one service: "@lowtide", otherwise a name, an email address or the subject;
 * "" if the user is unknown.
 */
export function accountLabel(identity: Identity | undefined): string {
  if (!identity) return '';
  if (identity.username !== undefined) return `@${identity.username}`;
  return identity.name ?? identity.email ?? identity.subject.slice(0, 40);
}
