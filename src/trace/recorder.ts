import { parseJson } from '#lib/json.ts';
import { createListeners } from '#lib/observable.ts';

import { createBodyStore } from './body-store.ts';
import type { Trace, TraceBody, TraceEvent, TraceStep, TraceTag } from './event.ts';
import { readStoredTrace, type StoredTrace } from './stored-trace.ts';

const CAPACITY = 2_000;
/** The number of events to save if not all of them fit. */
const FEW = 100;
/** The maximum size of the bodies saved for the tab's next page, in characters: the storage is small, and writing blocks. */
const BODIES_ALONG = 1024 * 1024;

/** The storage for a tab's trace while the page is away at an authorization server: sessionStorage, or none. */
export interface TraceStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
const STORAGE_KEY = 'trace';

/**
 * The last 2,000 events of this tab, oldest first, with notifications of new ones. Events and bodies contain masked values
 * only.
 */
export interface Recorder {
  /** Records an event and returns its id. */
  record(tag: TraceTag, step: TraceStep, body?: TraceBody): number;
  /** Returns what was recorded, to pass to another recorder. */
  snapshot(): StoredTrace;
  /** Appends what the worker has recorded for this tab. */
  append(recorded: unknown): void;
  /** Returns the events; the same array until something is recorded, so that React can compare it. */
  events(): readonly TraceEvent[];
  bodyOf(id: number): TraceBody | undefined;
  /** Calls `listener` with each new event, or without one after a bulk change. */
  subscribe(listener: (event?: TraceEvent) => void): () => void;
  clear(): void;
  /** Saves the trace for the next page of this tab. */
  save(): void;
}

interface RecorderOptions {
  storage?: TraceStorage | undefined;
  /** Whether this recorder runs in the page or the worker. */
  by?: TraceEvent['by'];
}

/**
 * Creates a recorder that continues the trace stored for this tab. `now` returns milliseconds since 1970. Recording is cheap:
 * the stored trace is parsed, and the list built, only when they are first read.
 */
export function createRecorder(now: () => number, { storage, by = 'page' }: RecorderOptions = {}): Recorder {
  let own: TraceEvent[] = [];
  const bodies = createBodyStore();
  let shown: readonly TraceEvent[] | undefined;
  // New ids continue from the last id of the stored trace.
  let unread = storedText(storage);
  let lastId = unread?.lastId ?? 0;
  const { subscribe, notify } = createListeners<TraceEvent>();

  const tell = (event?: TraceEvent): void => {
    shown = undefined;
    notify(event);
  };
  const add = (event: TraceEvent): void => {
    own.push(event);
    if (own.length >= 2 * CAPACITY) own = own.slice(-CAPACITY);
  };
  const restore = (): void => {
    if (!unread) return;
    const before = readStoredTrace(parseJson(unread.text));
    unread = undefined;
    own = [...before.events, ...own];
    for (const [id, body] of before.bodies) bodies.set(id, body);
  };
  const events = (): readonly TraceEvent[] => {
    restore();
    return (shown ??= own.slice(-CAPACITY));
  };
  const storedTrace = (count: number, room: number): StoredTrace => {
    const last = events().slice(-count);
    return { events: last, bodies: bodies.latest(room, last[0]?.id ?? 0) };
  };

  return {
    record(tag, step, body) {
      lastId += 1;
      const event = { ...tag, ...step, id: lastId, at: now(), by };
      add(event);
      if (body) bodies.set(lastId, body);
      tell(event);
      return lastId;
    },
    snapshot: () => storedTrace(CAPACITY, BODIES_ALONG),
    append(recorded) {
      const taken = readStoredTrace(recorded);
      const first = lastId + 1 - (taken.events[0]?.id ?? 0);
      for (const event of taken.events) {
        lastId = event.id + first;
        add({ ...event, id: lastId, ...('request' in event && { request: event.request + first }) });
      }
      for (const [id, body] of taken.bodies) bodies.set(id + first, body);
      if (taken.events.length > 0) tell();
    },
    events,
    bodyOf(id) {
      restore();
      return bodies.get(id);
    },
    subscribe,
    clear() {
      own = [];
      unread = undefined;
      bodies.clear();
      tell();
    },
    save() {
      for (const [count, room] of [
        [CAPACITY, BODIES_ALONG],
        [CAPACITY, 0],
        [FEW, 0],
      ] as const) {
        try {
          if (events().length === 0) storage?.removeItem(STORAGE_KEY);
          else storage?.setItem(STORAGE_KEY, `${lastId} ${JSON.stringify(storedTrace(count, room))}`);
          return;
        } catch {
          // If storage is full, a smaller trace may fit. If it is blocked, only the previous page's trace is lost, and no user
          // data.
        }
      }
    },
  };
}

/** Returns the contents of a recorder for display or export. */
export function traceOf({ events, bodyOf }: Pick<Recorder, 'events' | 'bodyOf'>): Trace {
  return { events: events(), bodyOf };
}

/** Reads the stored trace. The last id precedes the JSON, so that ids can continue before it is parsed. */
function storedText(storage?: TraceStorage): { lastId: number; text: string } | undefined {
  try {
    const stored = storage?.getItem(STORAGE_KEY) ?? '';
    const space = stored.indexOf(' ');
    const lastId = Number(stored.slice(0, Math.max(space, 0)));
    return lastId > 0 && Number.isSafeInteger(lastId) ? { lastId, text: stored.slice(space + 1) } : undefined;
  } catch {
    return undefined;
  }
}
