import type { ConnectionView } from '#connections/store/connection-view.ts';
import type { WaitCause } from '#connections/store/wait-cause.ts';
import { connectionAt } from '#planning/account.ts';
import type { Delivery, FailedState, Post, StepUpRequirement } from '#planning/post.ts';

/** What helps with a post that is not published everywhere. */
export type RecoveryAction =
  | { kind: 'try-again'; wait?: Wait }
  | { kind: 'reconnect'; connectionId: string }
  | { kind: 'allow-posting'; connectionId: string; scope: readonly string[] }
  /** With the sign-in that the network demands (API-8). */
  | { kind: 'sign-in-again'; connectionId: string; demand: StepUpRequirement };

/** A connection whose token refresh just failed, until when no refresh is attempted, and why. */
export interface Wait {
  connection: ConnectionView;
  until: number;
  because: WaitCause | undefined;
}

type PermissionMissing = Extract<FailedState, { reason: 'insufficient-scope' }>;

/**
 * Returns the state of a permission that a post failed for: not granted, as far as the app knows; granted since; or already
 * granted when the network rejected the post, so requesting it again would not help (API-7).
 */
export function permissionOf(
  { missingScope, at }: PermissionMissing,
  connection: ConnectionView | undefined,
): 'not-granted' | 'granted-since' | 'still-insufficient' {
  const granted = connection?.scope ?? [];
  if (!missingScope.every((scope) => granted.includes(scope))) return 'not-granted';
  return (connection?.details?.obtainedAt ?? 0) > at ? 'granted-since' : 'still-insufficient';
}

/**
 * Returns the actions for the failed deliveries, the most helpful first: at most one sign-in, after which the post resumes
 * automatically, and a retry for deliveries that need no sign-in. Deliveries to disconnected accounts have no action.
 */
export function recoveryActionsFor({ deliveries }: Post, connections: readonly ConnectionView[]): RecoveryAction[] {
  const actions = deliveries.flatMap((delivery) => recoveryActionFor(delivery, connections) ?? []);
  const signIn = actions.find(({ kind }) => kind !== 'try-again');
  const tries = actions.filter((action) => action.kind === 'try-again');
  const again = tries.find(({ wait }) => wait === undefined) ?? firstOver(tries);
  return [signIn, again].filter((action) => action !== undefined);
}

type TryAgain = Extract<RecoveryAction, { kind: 'try-again' }>;

/** Returns the retry with the shortest wait. */
function firstOver(tries: readonly TryAgain[]): TryAgain | undefined {
  return tries.toSorted((a, b) => (a.wait?.until ?? 0) - (b.wait?.until ?? 0))[0];
}

/** Returns whether a failed delivery's account is no longer connected. */
export function isGone(delivery: Delivery, connections: readonly ConnectionView[]): boolean {
  return delivery.state.kind === 'failed' && !connectionAt(delivery, connections);
}

function recoveryActionFor(delivery: Delivery, connections: readonly ConnectionView[]): RecoveryAction | undefined {
  const { state } = delivery;
  if (state.kind !== 'failed') return undefined;
  const connection = connectionAt(delivery, connections);
  if (!connection) return undefined;
  const { id: connectionId, status } = connection;
  if (state.reason === 'insufficient-scope' && permissionOf(state, connection) === 'not-granted')
    return { kind: 'allow-posting', connectionId, scope: state.missingScope };
  if (state.reason === 'needs-authentication') return { kind: 'sign-in-again', connectionId, demand: state.demand };
  const isOver = status.kind === 'needs-sign-in' || status.kind === 'refused';
  if (state.reason === 'needs-sign-in' && isOver) return { kind: 'reconnect', connectionId };
  if (status.kind !== 'waiting') return { kind: 'try-again' };
  return { kind: 'try-again', wait: { connection, until: status.until, because: status.because } };
}
