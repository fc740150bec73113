type Subscribe = (listener: () => void) => () => void;

/** Returns a subscription that notifies at most once per frame, for screens that render frequent changes. */
export function onceAFrame(subscribe: Subscribe): Subscribe {
  return (listener) => {
    let frame: number | undefined;
    const unsubscribe = subscribe(() => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        listener();
      });
    });
    return () => {
      unsubscribe();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  };
}
