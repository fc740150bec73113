import type { AuthorizedFetch } from '#api/authorized-fetch.ts';
import { ApiError, type ApiErrorCode } from '#api/errors.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { isScopeToken } from '#lib/scope.ts';
import type { Network, RemotePost } from '#networks/network.ts';

import type { DeliveryState, FailedState, PlainReason, Post, StepUpRequirement } from './post.ts';

interface AttemptDeps {
  now: () => number;
  /** Called with a bug in the app. */
  onError: (error: unknown) => void;
}

interface Recipient {
  network: Network;
  call: AuthorizedFetch;
}

/**
 * Sends a post to one network, scheduled or immediately, and returns the resulting state. A rejection by the network
 * does not throw. Sends a past time first: a network that already has the post but whose response was lost recognizes
 * it. If the network rejects the time it does not have the post, so the post is published now.
 */
export async function attempt(
  { now, onError }: AttemptDeps,
  { network, call }: Recipient,
  { text, plannedFor }: Post,
  { idempotencyKey, satisfied }: { idempotencyKey: string; satisfied?: StepUpRequirement },
): Promise<DeliveryState> {
  const publish = async (scheduledFor: number | undefined): Promise<DeliveryState> => {
    try {
      const post = omitUndefined({ text, idempotencyKey, scheduledFor });
      return deliveredState(await network.publish(call, post));
    } catch (error) {
      if (error instanceof ApiError) return failedState(error, network, now(), satisfied);
      onError(error);
      return { kind: 'failed', reason: 'app-error', at: now() };
    }
  };
  const state = await publish(plannedFor);
  const isRejected = state.kind === 'failed' && state.reason === 'refused';
  return isRejected && plannedFor !== undefined && plannedFor <= now() ? publish(undefined) : state;
}

/** Returns the state of a delivery once the network has the post. */
export function deliveredState(remote: RemotePost): DeliveryState {
  const kind = remote.state.kind === 'published' ? 'sent' : 'scheduled';
  return { kind, remoteId: remote.id, at: remote.state.at };
}

function failedState(
  error: ApiError,
  network: Network,
  at: number,
  satisfied: StepUpRequirement | undefined,
): FailedState {
  const about = omitUndefined({ kind: 'failed', at, detail: error.detail } as const);
  if (error.code === 'needs-authentication') {
    const demand = error.demand ?? {};
    return {
      ...about,
      reason: satisfied && isSame(demand, satisfied) ? 'step-up-rejected' : 'needs-authentication',
      demand,
    };
  }
  if (error.code !== 'insufficient-scope') return { ...about, reason: REASONS[error.code] };
  const named = error.missingScope.filter(isScopeToken);
  const missingScope = named.length > 0 ? named : network.scopeToPost;
  // Without a missing scope to request, another sign-in can't help.
  return missingScope.length > 0
    ? { ...about, reason: 'insufficient-scope', missingScope }
    : { ...about, reason: 'forbidden' };
}

/**
 * Returns true if two demands are the same. The user signs in at most once for the same demand; a network that repeats
 * it fails (UI-3).
 */
const isSame = (one: StepUpRequirement, other: StepUpRequirement): boolean =>
  one.acrValues === other.acrValues && one.maxAge === other.maxAge;

type OtherCode = Exclude<ApiErrorCode, 'insufficient-scope' | 'needs-authentication'>;
const REASONS: Record<OtherCode, PlainReason> = {
  'needs-sign-in': 'needs-sign-in',
  forbidden: 'forbidden',
  refused: 'refused',
  'rate-limited': 'rate-limited',
  'http-5xx': 'server-failed',
  'nonce-unreadable': 'nonce-unreadable',
  'invalid-dpop-proof': 'invalid-dpop-proof',
  'nonce-rejected': 'server-failed',
  'malformed-response': 'server-failed',
  unreachable: 'unreachable',
  'timed-out': 'unreachable',
  cancelled: 'unreachable',
  'outside-connection': 'refused',
  'no-connection': 'not-connected',
};
