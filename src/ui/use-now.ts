import { useEffect, useState } from 'react';

/**
 * Returns the current time, for countdowns. It ticks only while the component is mounted and the page is visible.
 * @param every the interval between ticks, in milliseconds
 * @param clock returns the time in milliseconds since 1970
 */
export function useNow(every = 1_000, clock: () => number = Date.now): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const tick = (): void => {
      setNow(clock());
    };
    const start = (): void => {
      timer = setInterval(tick, every);
    };
    const follow = (): void => {
      clearInterval(timer);
      if (document.visibilityState === 'hidden') return;
      tick();
      start();
    };
    if (document.visibilityState !== 'hidden') start();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [every, clock]);
  return now;
}
