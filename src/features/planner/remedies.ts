import type { ConnectionView } from '#connections/connection-view.ts';
import type { Delivery, FailedState, Post } from '#planning/post.ts';

/** What helps a post that is not out everywhere. */
export type Remedy =
  | { kind: 'try-again' }
  | { kind: 'reconnect'; connectionId: string }
  | { kind: 'allow-posting'; connectionId: string; scope: readonly string[] };

type PermissionMissing = Extract<FailedState, { reason: 'more-permission' }>;

/**
 * What has become of a permission that a post failed for: not given, as far as is known; given since; or given already
 * when the network refused, so that asking for it once more leads nowhere (API-7).
 */
export function permissionOf(
  { missingScope, at }: PermissionMissing,
  connection: ConnectionView | undefined,
): 'not-given' | 'given-since' | 'given-in-vain' {
  const granted = connection?.scope ?? [];
  if (!missingScope.every((scope) => granted.includes(scope))) return 'not-given';
  return (connection?.details?.obtainedAt ?? 0) > at ? 'given-since' : 'given-in-vain';
}

/**
 * The remedies for what failed, the most helpful first: at most one sign-in at a time, after which the post goes on by
 * itself, and another try for what may get through without one.
 */
export function remediesOf({ deliveries }: Post, connections: readonly ConnectionView[]): Remedy[] {
  const remedies = deliveries.flatMap((delivery) => remedyOf(delivery, connections) ?? []);
  const signIn = remedies.find(({ kind }) => kind !== 'try-again');
  const again = remedies.find(({ kind }) => kind === 'try-again');
  return [signIn, again].filter((remedy) => remedy !== undefined);
}

function remedyOf({ connectionId, state }: Delivery, connections: readonly ConnectionView[]): Remedy | undefined {
  if (state.kind !== 'failed') return undefined;
  const connection = connections.find(({ id }) => id === connectionId);
  if (!connection) return { kind: 'try-again' };
  if (state.reason === 'more-permission' && permissionOf(state, connection) === 'not-given')
    return { kind: 'allow-posting', connectionId, scope: state.missingScope };
  if (state.reason === 'needs-sign-in' && connection.status.kind === 'needs-sign-in')
    return { kind: 'reconnect', connectionId };
  return { kind: 'try-again' };
}
