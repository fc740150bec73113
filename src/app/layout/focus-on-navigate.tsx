import { type ReactNode, useEffect, useRef, useState } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** The state of a history entry whose page was gone to by the frame: by the rail, the tab bar or the keys of places. */
export const VIA_NAV = { isGoneTo: true };

/**
 * Moves the focus to the heading of a page that the frame has led to, so that screen readers say where one is. Stands
 * beside the page within its Suspense: it is at work once the page is there.
 */
export function ArrivalFocus(): ReactNode {
  const { key, pathname, state } = useLocation();
  const way = useNavigationType();
  const last = useRef(pathname);
  const [loadedAt] = useState(key);
  const arrival = key !== loadedAt && isMarked(state) ? key : undefined;
  useEffect(() => {
    const wasHere = last.current === pathname;
    last.current = pathname;
    // What was opened within a page is gone back from: the page was there all the time, and says where the focus belongs.
    if (arrival === undefined || (wasHere && way === NavigationType.Pop)) return;
    const main = document.getElementById('main');
    const heading = main?.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? main)?.focus();
  }, [arrival, pathname, way]);
  return null;
}

function isMarked(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'isGoneTo' in state;
}
