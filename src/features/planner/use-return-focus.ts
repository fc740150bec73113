import { type RefObject, useEffect, useRef } from 'react';

/** What the composer was opened by: the button for a new post, or a post's card. */
export type Opener = { kind: 'new-post' } | { kind: 'card'; postId: string };

/**
 * Hands the focus back to what opened the composer, once it has closed; to the page's heading where that is gone.
 * @param opener undefined where the composer was not open before
 * @returns for the two that may have opened it
 */
export function useReturnFocus(opener: Opener | undefined): {
  newPostRef: RefObject<HTMLButtonElement | null>;
  cardRef: RefObject<HTMLElement | null>;
} {
  const newPostRef = useRef<HTMLButtonElement>(null);
  const cardRef = useRef<HTMLElement>(null);
  const kind = opener?.kind;
  useEffect(() => {
    if (kind === undefined) return;
    const inCard = cardRef.current?.querySelector('button') ?? cardRef.current;
    const target = kind === 'new-post' ? newPostRef.current : inCard;
    if (target) target.focus();
    else focusHeading();
  }, [kind]);
  return { newPostRef, cardRef };
}

function focusHeading(): void {
  const heading = document.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1; // by the program alone: not a stop for Tab
  heading.focus();
}
