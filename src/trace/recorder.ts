import type { TraceEvent, TraceStep, TraceTag } from './event.ts';

const CAPACITY = 2000;

/** Where a tab keeps its trace while the page is away at an authorization server: sessionStorage, or nothing. */
export interface TraceStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
const STORAGE_KEY = 'trace';

/** The last 2,000 events of this tab, oldest first, and a way to hear of new ones. Events hold masked values only. */
export interface Recorder {
  record(tag: TraceTag, step: TraceStep): number;
  /** Takes in what the worker has recorded for this tab. */
  adopt(recorded: readonly TraceEvent[]): void;
  /** The same array until something is recorded, so that React may compare it. */
  events(): readonly TraceEvent[];
  subscribe(listener: () => void): () => void;
  clear(): void;
  /** Keeps the events for the next page of this tab. */
  save(): void;
}

/** A recorder that starts with what the tab kept. `now` gives milliseconds since 1970. */
export function createRecorder(now: () => number, storage?: TraceStorage): Recorder {
  let events: readonly TraceEvent[] = restored(storage);
  const listeners = new Set<() => void>();
  const replace = (next: readonly TraceEvent[]): void => {
    events = next;
    for (const listener of listeners) listener();
  };
  return {
    record(tag, step) {
      const id = (events.at(-1)?.id ?? 0) + 1;
      replace([...events.slice(-(CAPACITY - 1)), { ...tag, ...step, id, at: now() }]);
      return id;
    },
    adopt(recorded) {
      const first = (events.at(-1)?.id ?? 0) + 1 - (recorded[0]?.id ?? 0);
      const own = recorded.filter(isEvent).map((event) => ({
        ...event,
        id: event.id + first,
        ...('request' in event && { request: event.request + first }),
      }));
      if (own.length > 0) replace([...events, ...own].slice(-CAPACITY));
    },
    events: () => events,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => replace([]),
    save() {
      for (const count of [CAPACITY, 100]) {
        try {
          if (events.length === 0) storage?.removeItem(STORAGE_KEY);
          else storage?.setItem(STORAGE_KEY, JSON.stringify(events.slice(-count)));
          return;
        } catch {
          // Full: fewer may fit. Blocked: it costs the trace of the page before, nothing that anyone entrusted to us.
        }
      }
    },
  };
}

function restored(storage?: TraceStorage): readonly TraceEvent[] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEvent) : [];
  } catch {
    return [];
  }
}

function isEvent(value: unknown): value is TraceEvent {
  if (typeof value !== 'object' || value === null) return false;
  return 'id' in value && typeof value.id === 'number' && 'type' in value && 'flow' in value && 'at' in value;
}
