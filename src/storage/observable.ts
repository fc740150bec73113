/** A value in memory that tells those who listen when it is replaced; made for React's useSyncExternalStore. */
export interface Observable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** An observable for its owner, who alone may replace the value. */
export interface ObservableValue<T> extends Observable<T> {
  set(next: T): void;
}

/** An observable that holds `value` until it is replaced. */
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
