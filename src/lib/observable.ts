/** Subscribers that are notified of something. */
export interface Listeners<T> {
  subscribe(listener: (about?: T) => void): () => void;
  /** Calls each subscriber, in the order in which they subscribed. */
  notify(about?: T): void;
}

/** Creates an empty set of listeners, which hear `about` what they are notified. */
export function createListeners<T = never>(): Listeners<T> {
  const listeners = new Set<(about?: T) => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify(about) {
      for (const listener of listeners) listener(about);
    },
  };
}

/**
 * A value in memory that notifies its subscribers when it is replaced; compatible with React's useSyncExternalStore.
 */
export interface Observable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** An observable whose value its owner can replace. */
export interface ObservableValue<T> extends Observable<T> {
  set(next: T): void;
}

/** Creates an observable with an initial value. */
export function createObservable<T>(value: T): ObservableValue<T> {
  const { subscribe, notify } = createListeners();
  return {
    get: () => value,
    set(next) {
      value = next;
      notify();
    },
    subscribe,
  };
}
