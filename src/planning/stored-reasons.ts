import { FAILURE_REASONS, type FailureReason, type Post } from './post.ts';

/**
 * The reasons that format 1 of a post stores under an earlier name. They keep it on disk: an app of an earlier version, in another
 * tab, makes a draft of a post whose reason it does not know, and forgets its deliveries.
 */
const STORED_NAMES: Partial<Record<FailureReason, string>> = {
  'insufficient-scope': 'more-permission',
  'step-up-rejected': 'authentication-in-vain',
  forbidden: 'not-allowed',
  'server-failed': 'server-fault',
  'invalid-dpop-proof': 'proof-refused',
  'app-error': 'app-fault',
};

const storedNameOf = (reason: FailureReason): string => STORED_NAMES[reason] ?? reason;

/** Returns the failure reason that a stored name stands for; undefined if it is unknown. */
export function readReason(stored: unknown): FailureReason | undefined {
  return FAILURE_REASONS.find((reason) => storedNameOf(reason) === stored);
}

/** Returns a post in its stored form, which differs from {@link Post} only in the names of the failure reasons. */
export function toStoredPost(post: Post): unknown {
  const deliveries = post.deliveries.map(({ state, ...delivery }) => ({
    ...delivery,
    state: state.kind === 'failed' ? { ...state, reason: storedNameOf(state.reason) } : state,
  }));
  return { ...post, deliveries };
}
