import type { ConnectionView } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';

type Account = Pick<ConnectionView, 'identity' | 'service'>;

/** The one name that stands for an account: of its claims the friendliest, else the service's. */
export function accountName({ identity, service }: Account): string {
  return identity?.name ?? identity?.username ?? identity?.email ?? service.name;
}

/** An account in words: "Lowtide Press, @lowtide". */
export function accountText({ identity }: Account): string {
  const known = [identity?.name, identity?.username && `@${identity.username}`].filter(Boolean);
  return known.join(', ') || (identity?.email ?? messages.connections.unnamed);
}
