import { createObservable, type Observable } from '#storage/observable.ts';
import type { ToastContent } from '#ui/toast.tsx';

/** The one thing that was just said to the person, and how to say the next. */
export interface ToastStore extends Observable<ToastContent | undefined> {
  show(text: string): void;
  clear(): void;
}

/** An empty toast store. */
export function createToastStore(): ToastStore {
  const { get, set, subscribe } = createObservable<ToastContent | undefined>(undefined);
  let shown = 0;
  return { get, subscribe, show: (text) => set({ id: ++shown, text }), clear: () => set(undefined) };
}
