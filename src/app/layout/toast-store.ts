import { createObservable, type Observable } from '#storage/observable.ts';
import type { ToastContent } from '#ui/toast.tsx';

/** The one thing that was just said to the person, and how to say the next. */
export interface ToastStore extends Observable<ToastContent | undefined> {
  /** `about`: the id of what it is true of. */
  show(text: string, about?: string): void;
  clear(): void;
  /** Takes back what was said about something that is no more. */
  retract(isGone: (about: string) => boolean): void;
}

/** An empty toast store. */
export function createToastStore(): ToastStore {
  const { get, set, subscribe } = createObservable<ToastContent | undefined>(undefined);
  let shown = 0;
  let shownAbout: string | undefined;
  return {
    get,
    subscribe,
    show(text, about) {
      shownAbout = about;
      set({ id: ++shown, text });
    },
    clear: () => set(undefined),
    retract(isGone) {
      if (get() && shownAbout !== undefined && isGone(shownAbout)) set(undefined);
    },
  };
}
