import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { type Post, statusOf } from '#planning/post.ts';

import { failureTexts } from './failure-text.ts';

interface Attempt {
  postId: string;
  isDone: boolean;
}

/**
 * Retries a post accessibly: announces the result, and keeps the focus on the post's card, whose buttons disappear during sending
 * and which may move to another day.
 * @param onTryAgain resolves once the post has been retried
 */
export function useTryAgain(
  posts: readonly Post[] | undefined,
  connections: readonly ConnectionView[],
  onTryAgain: (postId: string) => Promise<unknown>,
): {
  /** The post that was retried last. */
  tried: string | undefined;
  tryAgain: (postId: string) => void;
  /** Ref for its card. */
  triedCardRef: RefObject<HTMLElement | null>;
  /** For screen readers: empty until there is a result. */
  announcement: string;
} {
  const [attempt, setAttempt] = useState<Attempt>();
  const triedCardRef = useRef<HTMLElement>(null);
  const run = async (postId: string): Promise<void> => {
    setAttempt({ postId, isDone: false });
    try {
      await onTryAgain(postId);
    } finally {
      setAttempt((latest) => (latest?.postId === postId ? { postId, isDone: true } : latest));
    }
  };
  const post = posts?.find(({ id }) => id === attempt?.postId);
  const status = post && statusOf(post);
  useLayoutEffect(() => {
    if (status === undefined) return;
    const card = triedCardRef.current;
    // If the user has moved on, don't take the focus away.
    if (card && (document.activeElement === document.body || document.activeElement === card))
      (card.querySelector('button') ?? card).focus();
  }, [status]);
  return {
    tried: attempt?.postId,
    tryAgain: (postId) => void run(postId),
    triedCardRef,
    announcement: post && attempt?.isDone ? messages.planner.triedAgain(outcomeOf(post, connections)) : '',
  };
}

function outcomeOf(post: Post, connections: readonly ConnectionView[]): string {
  const status = statusOf(post);
  if (status === 'sent' || status === 'scheduled') return `${messages.status[status]}.`;
  return failureTexts(post, connections)
    .map(({ text }) => text)
    .join(' ');
}
