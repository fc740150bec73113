import { createObservable, type Observable } from '#lib/observable.ts';
import type { ToastContent } from '#ui/toast.tsx';

/** The current toast, and ways to show and remove one. */
export interface ToastStore extends Observable<ToastContent | undefined> {
  /** Shows a toast. `about`: the id of what it is about. */
  show(text: string, about?: string): void;
  clear(): void;
  /** Removes the toast if what it is about no longer exists. */
  retract(isGone: (about: string) => boolean): void;
}

/** Creates an empty toast store. */
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
