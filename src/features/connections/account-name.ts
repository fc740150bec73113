import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';

/** The identity of an account, according to its server's claims. */
export type AccountIdentity = NonNullable<ConnectionView['identity']>;
type Account = Pick<ConnectionView, 'identity' | 'service'>;

/** Returns the display name of an account: the friendliest of its claims, otherwise the service's name. */
export function accountName({ identity, service }: Account): string {
  return identity?.name ?? identity?.username ?? identity?.email ?? service.name;
}

/** Returns an account in words: "Lowtide Press, @lowtide". */
export function accountText({ identity }: { identity?: AccountIdentity }): string {
  const known = [identity?.name, identity?.username && `@${identity.username}`].filter(Boolean);
  return known.join(', ') || (identity?.email ?? messages.connections.unnamed);
}

/** Returns an account's name for use within a sentence: "@lowtide". */
export function shortName({ username, name, email }: AccountIdentity): string {
  return username === undefined ? (name ?? email ?? messages.connections.unnamedShort) : `@${username}`;
}

/** Returns an account with its service: "Birdsong, Lowtide Press, @lowtide". */
export function fullName(account: Account): string {
  return `${account.service.name}, ${accountText(account)}`;
}
