import type { ToastContent } from '#ui/toast.tsx';

/** The one thing that was just said to the person, and how to say the next. */
export interface ToastStore {
  current(): ToastContent | undefined;
  subscribe(listener: () => void): () => void;
  show(text: string): void;
  clear(): void;
}

/** An empty toast store. */
export function createToastStore(): ToastStore {
  let toast: ToastContent | undefined;
  let shown = 0;
  const listeners = new Set<() => void>();
  const become = (next: ToastContent | undefined): void => {
    toast = next;
    for (const listener of listeners) listener();
  };
  return {
    current: () => toast,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: (text) => become({ id: ++shown, text }),
    clear: () => become(undefined),
  };
}
