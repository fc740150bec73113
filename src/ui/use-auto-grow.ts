import { type RefObject, useLayoutEffect } from 'react';

/**
 * Grows a textarea with its text in browsers that lack `field-sizing: content` (Firefox 140, Safari). The stylesheet's least and
 * greatest height hold.
 * @param ref the textarea, whose text this component's own renders change
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
