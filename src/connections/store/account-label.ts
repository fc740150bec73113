import type { Identity } from '#oauth/identity.ts';

/** How a person is told from others of the same service: "@lowtide", else a name, an address, or the server's own id; "" for nobody known. */
export function accountLabel(identity: Identity | undefined): string {
  if (!identity) return '';
  if (identity.username !== undefined) return `@${identity.username}`;
  return identity.name ?? identity.email ?? identity.subject.slice(0, 40);
}
