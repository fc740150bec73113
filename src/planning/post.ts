import type { AccountRef } from './account.ts';

const FAILURE_REASONS = [
  'needs-sign-in',
  /** The grant does not cover it: the person can be asked for more (API-7). */
  'more-permission',
  /** The network wants a newer or another sign-in before it takes the post (API-8). */
  'needs-authentication',
  /** It got the sign-in it wanted, and wants the same again. */
  'authentication-in-vain',
  /** Refused for a reason that more permission does not mend. */
  'not-allowed',
  'refused',
  'unreachable',
  'server-fault',
  'rate-limited',
  /** The proof of the key was not accepted; often a clock is wrong (DPOP-9). */
  'proof-refused',
  /** A value that the proof needs may not be read here (DPOP-7). */
  'nonce-unreadable',
  'not-connected',
  /** The page closed while it was being sent, too long ago to send it again unasked. It may be out. */
  'interrupted',
  /** Something in the app itself went wrong. */
  'app-fault',
] as const;

/** Why a delivery failed, by what a person can do about it. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Whether a stored value names a reason that this code knows. */
export function isFailureReason(value: unknown): value is FailureReason {
  return FAILURE_REASONS.some((reason) => reason === value);
}

/** How a person has to sign in for a network to take a post, by its own word (RFC 9470 §3). Without a member: just again. */
export interface SignInDemand {
  /** Ways to sign in, best first, space separated. */
  acrValues?: string;
  /** How many seconds ago it may be at most. */
  maxAge?: number;
}

/** What one network makes of a post. Times are milliseconds since 1970. */
export type DeliveryState =
  /** `met`: what the person has signed in for since the last try; the same demand once more leads nowhere. */
  | { kind: 'sending'; since: number; met?: SignInDemand }
  /** The network holds it and sends it by itself at the planned time. */
  | { kind: 'scheduled'; remoteId: string; at: number }
  | { kind: 'sent'; remoteId: string; at: number }
  | FailedState;

type AuthenticationReason = 'needs-authentication' | 'authentication-in-vain';
/** A reason of which there is no more to know. */
export type PlainReason = Exclude<FailureReason, 'more-permission' | AuthenticationReason>;

/** Why a post is not out, and when that was tried. `detail` is the network's own words, capped. */
export type FailedState = { kind: 'failed'; at: number; detail?: string } & (
  | { reason: PlainReason }
  | { reason: AuthenticationReason; demand: SignInDemand }
  | {
      reason: 'more-permission';
      /** Without these the network refuses it; never empty. */ missingScope: readonly string[];
    }
);

/** Whether the network may have the post all the same: its answer was lost, or was about another fault. */
export function mayHaveArrived({ reason }: FailedState): boolean {
  return ['unreachable', 'server-fault', 'interrupted', 'app-fault'].includes(reason);
}

/** One network that a post goes to. The key makes sending again safe: the network knows it for the same post. */
export interface Delivery extends AccountRef {
  /** As shown, so that the card still says where it went after a disconnect. */
  network: string;
  account: string;
  idempotencyKey: string;
  state: DeliveryState;
}

/** A post, or the draft of one. `plannedFor` missing means "now" once it is sent. */
export interface Post {
  version: 1;
  id: string;
  text: string;
  createdAt: number;
  updatedAt: number;
  plannedFor?: number;
  /** The connections ticked in the composer while it is a draft. */
  targets: string[];
  /** Empty while it is a draft. */
  deliveries: Delivery[];
}

/** What a post's card says: the state that most needs a person wins. */
export type PostStatus = 'draft' | 'sending' | 'scheduled' | 'sent' | 'sent-in-part' | 'failed';

/** The status of a whole post from its deliveries. */
export function statusOf({ deliveries }: Pick<Post, 'deliveries'>): PostStatus {
  if (deliveries.length === 0) return 'draft';
  const kinds = deliveries.map(({ state }) => state.kind);
  if (kinds.includes('sending')) return 'sending';
  if (kinds.every((kind) => kind === 'failed')) return 'failed';
  if (kinds.includes('failed')) return 'sent-in-part';
  return kinds.includes('scheduled') ? 'scheduled' : 'sent';
}

/** When the post stands in the list: its planned time, else when it went out, else when it was last written. */
export function timeOf(post: Post): number {
  if (post.plannedFor !== undefined) return post.plannedFor;
  const times = post.deliveries.map(({ state }) => ('at' in state ? state.at : state.since));
  return times.length > 0 ? Math.min(...times) : post.updatedAt;
}
