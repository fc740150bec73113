import { type RefObject, useEffect, useRef } from 'react';

/** What opened the composer: the button for a new post, or a post's card. */
export type Opener = { kind: 'new-post' } | { kind: 'card'; postId: string };

/**
 * Returns the focus to what opened the composer once it has closed, or to the page's heading if that is gone.
 * @param opener undefined if the composer was not open before
 * @returns refs for the two possible openers
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
  heading.tabIndex = -1; // focusable by script only, not a tab stop
  heading.focus();
}
