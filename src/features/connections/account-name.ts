import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';

/** The identity of an account, according to its server's claims. */
export type AccountIdentity = NonNullable<ConnectionView['identity']>;
type Account = Pick<ConnectionView, 'identity' | 'service'>;

/** Returns the display name of an account: the friendliest of its claims, otherwise the service's name. */
export function accountName({ identity, service }: Account): string {
  return identity?.name ?? identity?.username ?? identity?.email ?? service.name;
}

/** Returns the parts of an account in words, at least one: "Lowtide Press" and "@lowtide". */
export function accountParts({ identity }: { identity?: AccountIdentity | undefined }): readonly string[] {
  const known = [identity?.name, identity?.username && `@${identity.username}`].filter((part) => part !== undefined);
  const shown = known.filter((part) => part !== '');
  return shown.length > 0 ? shown : [identity?.email ?? messages.connections.unnamed];
}

/** Returns an account in words, for an attribute: "Lowtide Press, @lowtide". Elsewhere, the parts are shown isolated. */
export function accountText(account: { identity?: AccountIdentity }): string {
  return accountParts(account).join(', ');
}

/** Returns an account's name for use within a sentence: "@lowtide". */
export function shortName({ username, name, email }: AccountIdentity): string {
  return username === undefined ? (name ?? email ?? messages.connections.unnamedShort) : `@${username}`;
}

/** Returns an account with its service: "Birdsong, Lowtide Press, @lowtide". */
export function fullName(account: Account): string {
  return `${account.service.name}, ${accountText(account)}`;
}
