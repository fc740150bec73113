import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';

/** Who an account is, by the claims of its server. */
export type AccountIdentity = NonNullable<ConnectionView['identity']>;
type Account = Pick<ConnectionView, 'identity' | 'service'>;

/** The one name that stands for an account: of its claims the friendliest, else the service's. */
export function accountName({ identity, service }: Account): string {
  return identity?.name ?? identity?.username ?? identity?.email ?? service.name;
}

/** An account in words: "Lowtide Press, @lowtide". */
export function accountText({ identity }: { identity?: AccountIdentity }): string {
  const known = [identity?.name, identity?.username && `@${identity.username}`].filter(Boolean);
  return known.join(', ') || (identity?.email ?? messages.connections.unnamed);
}

/** An account within a sentence: "@lowtide". */
export function shortName({ username, name, email }: AccountIdentity): string {
  return username === undefined ? (name ?? email ?? messages.connections.unnamedShort) : `@${username}`;
}

/** An account with its service: "Birdsong, Lowtide Press, @lowtide". */
export function fullName(account: Account): string {
  return `${account.service.name}, ${accountText(account)}`;
}
