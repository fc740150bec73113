import { messages } from '#messages/en.ts';
import { type Post, statusOf } from '#planning/post.ts';

const text = messages.toasts;

/** Returns the toast for a post that was just sent. */
export function toastAfterSending(post: Post): string {
  const status = statusOf(post);
  if (status === 'sent' || status === 'scheduled') return text[status];
  return status === 'sent-in-part' ? text.sentInPart : text.failed;
}

/** Returns the toast for a post that waited for a sign-in and was then retried; undefined for a draft, which was not waiting. */
export function toastAfterSignIn(post: Post, connectionId: string): string | undefined {
  if (statusOf(post) === 'draft') return undefined;
  const there = post.deliveries.find((delivery) => delivery.connectionId === connectionId);
  const isRejected = there?.state.kind === 'failed' && ['insufficient-scope', 'forbidden'].includes(there.state.reason);
  return isRejected ? text.stillNotAllowed : toastAfterSending(post);
}
