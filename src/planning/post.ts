import type { AccountRef } from './account.ts';

export const FAILURE_REASONS = [
  'needs-sign-in',
  /** The grant does not cover it; the user can be asked for more scopes (API-7). */
  'insufficient-scope',
  /** The network requires a newer or different sign-in before it accepts the post (API-8). */
  'needs-authentication',
  /** The user signed in as required, and the network demands the same again. */
  'step-up-rejected',
  /** Rejected for a reason that more scopes do not fix. */
  'forbidden',
  'refused',
  'unreachable',
  'server-failed',
  'rate-limited',
  /** The DPoP proof was rejected: a clock is wrong (DPOP-9), or the request arrived twice. */
  'invalid-dpop-proof',
  /** CORS hides the nonce that the proof needs (DPOP-7). */
  'nonce-unreadable',
  'not-connected',
  /**
   * The page closed while the post was being sent, too long ago to resend without asking. It may have been published.
   */
  'interrupted',
  /** A bug in the app itself. */
  'app-error',
] as const;

/** Why a delivery failed, grouped by what the user can do about it. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Returns true if a value is a failure reason. */
export function isFailureReason(value: unknown): value is FailureReason {
  return FAILURE_REASONS.some((reason) => reason === value);
}

/** The sign-in that a network demands before it accepts a post (RFC 9470 §3). Without members: any new sign-in. */
export interface StepUpRequirement {
  /** Acceptable authentication contexts, best first, space-separated. */
  acrValues?: string;
  /** The maximum age of the sign-in, in seconds. */
  maxAge?: number;
}

/** The state of a post at one network. Times are in milliseconds since 1970. */
export type DeliveryState =
  /**
   * `met`: the demand the user has signed in for since the last attempt; if the network repeats it, signing in again
   * won't help.
   */
  | { kind: 'sending'; since: number; met?: StepUpRequirement }
  /** The network holds the post and publishes it at the planned time. */
  | { kind: 'scheduled'; remoteId: string; at: number }
  | { kind: 'sent'; remoteId: string; at: number }
  | FailedState;

type AuthenticationReason = 'needs-authentication' | 'step-up-rejected';
/** A reason without further details. */
export type PlainReason = Exclude<FailureReason, 'insufficient-scope' | AuthenticationReason>;

/** Why a delivery failed, and when it was attempted. `detail` is the network's own message, truncated. */
export type FailedState = { kind: 'failed'; at: number; detail?: string } & (
  | { reason: PlainReason }
  | { reason: AuthenticationReason; demand: StepUpRequirement }
  | {
      reason: 'insufficient-scope';
      /** The scopes without which the network rejects the post; never empty. */
      missingScope: readonly string[];
    }
);

/**
 * Returns true if the network may have the post despite the failure: its response was lost, or the error was unrelated. A
 * rejected proof may belong to a second copy of the request, which a browser sends by itself when a kept connection dies.
 */
export function mayHaveArrived({ reason }: FailedState): boolean {
  return ['unreachable', 'server-failed', 'invalid-dpop-proof', 'interrupted', 'app-error'].includes(reason);
}

/** The delivery of a post to one network. The key makes a retry safe: the network recognizes the post by it. */
export interface Delivery extends AccountRef {
  /** As displayed, so that the card still names the network after a disconnect. */
  network: string;
  account: string;
  idempotencyKey: string;
  state: DeliveryState;
}

/** A post or a draft. Without `plannedFor`, it is published immediately when sent. */
export interface Post {
  version: 1;
  id: string;
  text: string;
  createdAt: number;
  updatedAt: number;
  plannedFor?: number;
  /** The ids of the connections selected in the composer while it is a draft. */
  targets: string[];
  /** Empty while it is a draft. */
  deliveries: Delivery[];
}

/** The status on a post's card: the state that needs the user's attention most wins. */
export type PostStatus = 'draft' | 'sending' | 'scheduled' | 'sent' | 'sent-in-part' | 'failed';

/** Derives a post's status from its deliveries. */
export function statusOf({ deliveries }: Pick<Post, 'deliveries'>): PostStatus {
  if (deliveries.length === 0) return 'draft';
  const kinds = deliveries.map(({ state }) => state.kind);
  if (kinds.includes('sending')) return 'sending';
  if (kinds.every((kind) => kind === 'failed')) return 'failed';
  if (kinds.includes('failed')) return 'sent-in-part';
  return kinds.includes('scheduled') ? 'scheduled' : 'sent';
}

/**
 * Returns the time that a post is sorted by: its planned time, else when it was first sent, else when it was last
 * edited.
 */
export function timeOf(post: Post): number {
  if (post.plannedFor !== undefined) return post.plannedFor;
  const times = post.deliveries.map(({ state }) => ('at' in state ? state.at : state.since));
  return times.length > 0 ? Math.min(...times) : post.updatedAt;
}
