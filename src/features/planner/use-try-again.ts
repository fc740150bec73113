import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { type Post, statusOf } from '#planning/post.ts';

import { failureWords } from './failure-text.ts';

interface Attempt {
  postId: string;
  isOver: boolean;
}

/**
 * Tries a post again so that it is noticed: says what came of it, and keeps the focus at its card, whose buttons go while
 * it is being sent, and which may go to another day.
 * @param onTryAgain resolves when it has been tried
 */
export function useTryAgain(
  posts: readonly Post[] | undefined,
  connections: readonly ConnectionView[],
  onTryAgain: (postId: string) => Promise<unknown>,
): {
  /** The post that was tried last. */
  tried: string | undefined;
  tryAgain: (postId: string) => void;
  /** For its card. */
  triedCardRef: RefObject<HTMLElement | null>;
  /** For screen readers: empty until the outcome is there. */
  announcement: string;
} {
  const [attempt, setAttempt] = useState<Attempt>();
  const triedCardRef = useRef<HTMLElement>(null);
  const run = async (postId: string): Promise<void> => {
    setAttempt({ postId, isOver: false });
    try {
      await onTryAgain(postId);
    } finally {
      setAttempt((latest) => (latest?.postId === postId ? { postId, isOver: true } : latest));
    }
  };
  const post = posts?.find(({ id }) => id === attempt?.postId);
  const status = post && statusOf(post);
  useLayoutEffect(() => {
    if (status === undefined) return;
    const card = triedCardRef.current;
    // Whoever has gone on to something else is left there.
    if (card && (document.activeElement === document.body || document.activeElement === card))
      (card.querySelector('button') ?? card).focus();
  }, [status]);
  return {
    tried: attempt?.postId,
    tryAgain: (postId) => void run(postId),
    triedCardRef,
    announcement: post && attempt?.isOver ? messages.planner.triedAgain(outcomeOf(post, connections)) : '',
  };
}

function outcomeOf(post: Post, connections: readonly ConnectionView[]): string {
  const status = statusOf(post);
  if (status === 'sent' || status === 'scheduled') return `${messages.status[status]}.`;
  return failureWords(post, connections)
    .map(({ text }) => text)
    .join(' ');
}
