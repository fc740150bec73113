import { useEffect, useState } from 'react';

const PER_FRAME = 60;

/** Returns how many items of a long list to render so far: more with each frame, so that no frame takes long. */
export function useProgressiveList(count: number): number {
  const [drawn, setDrawn] = useState(PER_FRAME);
  useEffect(() => {
    if (drawn >= count) return undefined;
    const frame = requestAnimationFrame(() => setDrawn(drawn + PER_FRAME));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return drawn;
}
