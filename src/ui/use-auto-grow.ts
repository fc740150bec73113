import { type RefObject, useLayoutEffect } from 'react';

/**
 * Grows a textarea with its text in browsers that lack `field-sizing: content` (Firefox 140, Safari). The stylesheet's minimum
 * and maximum height still apply.
 * @param ref the textarea; its text must change only when the calling component renders
 */
export function useAutoGrow(ref: RefObject<HTMLTextAreaElement | null>): void {
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area || CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    const borders = area.offsetHeight - area.clientHeight;
    area.style.height = `${area.scrollHeight + borders}px`;
  });
}
