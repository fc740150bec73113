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
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
