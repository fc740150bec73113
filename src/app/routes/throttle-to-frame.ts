type Subscribe = (listener: () => void) => () => void;

/** A subscription that is told of changes at most once a frame, for screens that draw many of them. */
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
