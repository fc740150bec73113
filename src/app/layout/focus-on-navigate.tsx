import { type ReactNode, useEffect, useRef, useState } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

import { isObject } from '#lib/guards.ts';

/** The state of a history entry that the app's navigation created: the rail, the tab bar or the navigation shortcuts. */
export const VIA_NAV = { isGoneTo: true };

/**
 * Moves the focus to the heading of a page after navigation from the frame, so that screen readers announce where the user is.
 * Render it next to the page within the same Suspense, so that it runs once the page is rendered.
 */
export function ArrivalFocus(): ReactNode {
  const { key, pathname, state } = useLocation();
  const navigationType = useNavigationType();
  const last = useRef(pathname);
  const [loadedAt] = useState(key);
  const arrival = key !== loadedAt && isMarked(state) ? key : undefined;
  useEffect(() => {
    const wasHere = last.current === pathname;
    last.current = pathname;
    // On Back from an overlay the page stayed mounted and restores focus itself.
    if (arrival === undefined || (wasHere && navigationType === NavigationType.Pop)) return;
    const main = document.getElementById('main');
    const heading = main?.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? main)?.focus();
  }, [arrival, pathname, navigationType]);
  return null;
}

function isMarked(state: unknown): boolean {
  return isObject(state) && 'isGoneTo' in state;
}
