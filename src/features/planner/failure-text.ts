import type { ConnectionView } from '#connections/store/connection-view.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { messages } from '#messages/en.ts';
import { connectionAt } from '#planning/account.ts';
import { mayHaveArrived, type FailedState, type Post } from '#planning/post.ts';

import { destinationsOf } from './destinations.ts';
import { permissionOf } from './recovery-actions.ts';

const t = messages.status;

/** Why a post is missing on one network. */
export interface FailureText {
  /** The delivery's connection. */
  connectionId: string;
  text: string;
  /** The network's own words. */
  detail?: string;
  /** When it was tried, in milliseconds since 1970. */
  at: number;
}

/** Returns what keeps a post from being published, network by network. */
export function failureTexts(post: Post, connections: readonly ConnectionView[]): FailureText[] {
  const destinations = destinationsOf(post, connections);
  return post.deliveries.flatMap((delivery, index) => {
    const { connectionId, network, state } = delivery;
    if (state.kind !== 'failed') return [];
    const name = t.named(network, destinations[index]?.account ?? '');
    return [{ connectionId, ...reasonOf(state, connectionAt(delivery, connections), name), at: state.at }];
  });
}

function reasonOf(
  state: FailedState,
  connection: ConnectionView | undefined,
  name: string,
): { text: string; detail?: string } {
  // After a disconnect, earlier failures no longer matter.
  if (!connection) return { text: t.gone(name) };
  const own = omitUndefined({ detail: state.detail });
  if (state.reason === 'step-up-rejected') return { text: t.authentication.rejected(name), ...own };
  if (state.reason === 'needs-authentication') {
    const signInKind = state.demand.acrValues === undefined ? 'again' : 'otherWay';
    return { text: t.authentication[signInKind](name), ...own };
  }
  if (state.reason !== 'insufficient-scope') {
    const reason = t.reasons[state.reason](name);
    const isUnsaid = mayHaveArrived(state) && state.reason !== 'interrupted';
    return { text: isUnsaid ? `${reason} ${t.mayHaveArrived(name)}` : reason, ...own };
  }
  const permission = permissionOf(state, connection);
  const text = t.permission[permission](name);
  // The app explains a first rejection better than the network; quote the network only once asking has not helped.
  return permission === 'still-insufficient' ? { text, ...own } : { text };
}
