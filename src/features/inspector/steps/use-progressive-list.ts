import { useEffect, useState } from 'react';

const PER_FRAME = 60;

/** How many of many items to draw by now: more with each frame, so that none of them takes long. */
export function useProgressiveList(count: number): number {
  const [drawn, setDrawn] = useState(PER_FRAME);
  useEffect(() => {
    if (drawn >= count) return undefined;
    const frame = requestAnimationFrame(() => setDrawn(drawn + PER_FRAME));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return drawn;
}
