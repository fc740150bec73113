import { createBodyStore } from './body-store.ts';
import type { Trace, TraceBody, TraceEvent, TraceStep, TraceTag } from './event.ts';
import { readStoredTrace, type StoredTrace } from './stored-trace.ts';

const CAPACITY = 2_000;
/** Where not all of it fits. */
const FEW = 100;
/** How much of the bodies goes along to the next page of the tab, in characters: the storage is small, and this blocks. */
const BODIES_ALONG = 1024 * 1024;

/** Where a tab keeps its trace while the page is away at an authorization server: sessionStorage, or nothing. */
export interface TraceStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
const STORAGE_KEY = 'trace';

/** The last 2,000 events of this tab, oldest first, and a way to hear of new ones. Events and bodies hold masked values only. */
export interface Recorder {
  /** Gives the event's id. */
  record(tag: TraceTag, step: TraceStep, body?: TraceBody): number;
  /** What was recorded, to be handed to another recorder. */
  kept(): StoredTrace;
  /** Takes in what the worker has recorded for this tab. */
  append(recorded: unknown): void;
  /** The same array until something is recorded, so that React may compare it. */
  events(): readonly TraceEvent[];
  bodyOf(id: number): TraceBody | undefined;
  /** `listener` is told of each event; of none where many things changed at once. */
  subscribe(listener: (event?: TraceEvent) => void): () => void;
  clear(): void;
  /** Keeps the trace for the next page of this tab. */
  save(): void;
}

interface RecorderOptions {
  storage?: TraceStorage;
  /** Who acts where this recorder is. */
  by?: TraceEvent['by'];
}

/**
 * A recorder that goes on with what the tab kept. `now` gives milliseconds since 1970. Recording costs a push: what was kept is
 * read, and the list made, when somebody looks.
 */
export function createRecorder(now: () => number, { storage, by = 'page' }: RecorderOptions = {}): Recorder {
  let own: TraceEvent[] = [];
  const bodies = createBodyStore();
  let shown: readonly TraceEvent[] | undefined;
  // Ids are numbered on from what was kept: so many were there at most.
  let kept = storedText(storage);
  let lastId = kept?.lastId ?? 0;
  const listeners = new Set<(event?: TraceEvent) => void>();

  const tell = (event?: TraceEvent): void => {
    shown = undefined;
    for (const listener of listeners) listener(event);
  };
  const add = (event: TraceEvent): void => {
    own.push(event);
    if (own.length >= 2 * CAPACITY) own = own.slice(-CAPACITY);
  };
  const restore = (): void => {
    if (!kept) return;
    const before = readStoredTrace(parsed(kept.text));
    kept = undefined;
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
    kept: () => storedTrace(CAPACITY, BODIES_ALONG),
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
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      own = [];
      kept = undefined;
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
          // Full: less may fit. Blocked: it costs the trace of the page before, nothing that anyone entrusted to us.
        }
      }
    },
  };
}

/** What a recorder has, for a screen or an export. */
export function traceOf({ events, bodyOf }: Pick<Recorder, 'events' | 'bodyOf'>): Trace {
  return { events: events(), bodyOf };
}

/** The number stands before the text, so that the text need not be read to number on. */
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
