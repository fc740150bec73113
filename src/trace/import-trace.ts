import type { Trace, TraceBody, TraceEvent } from './event.ts';
import { TRACE_FORMAT, TRACE_VERSION } from './export/json-trace.ts';
import { readEvent } from './import/event.ts';
import { readBody } from './import/fields.ts';
import { list, Malformed, object, whole } from './import/values.ts';

/** In bytes of a file, or characters: all that the recorder holds fits in, and what is larger is not even read. */
export const LARGEST_TRACE = 16 * 1024 * 1024;
/** As many as the recorder holds. */
const MOST_EVENTS = 2_000;

/** What became of a file: a trace to look at, with how many events were of an unknown type; or why it is none. */
export type ImportedTrace = { kind: 'trace'; trace: Trace; dropped: number } | { kind: 'refused'; why: ImportRefusal };

/** `unreadable` is the word of whoever reads the file. */
export type ImportRefusal =
  'unreadable' | 'too-large' | 'not-json' | 'no-trace' | 'other-version' | 'too-many-events' | 'malformed';

/**
 * Reads a trace that json-trace.ts wrote, here or elsewhere. All of it is hostile until it is checked: each field of each event
 * is read by itself, what can be told for a secret is masked again, and nothing in it is run, fetched or kept.
 */
export function importTrace(text: string): ImportedTrace {
  if (text.length > LARGEST_TRACE) return refused('too-large');
  const file = parsed(text);
  if (file === undefined) return refused('not-json');
  try {
    return readTrace(file.value);
  } catch (error) {
    if (error instanceof Malformed) return refused('malformed');
    throw error;
  }
}

function readTrace(file: unknown): ImportedTrace {
  if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== TRACE_FORMAT) {
    return refused('no-trace');
  }
  const { version, events, bodies } = object(file);
  if (version !== TRACE_VERSION) return refused('other-version');
  if (Array.isArray(events) && events.length > MOST_EVENTS) return refused('too-many-events');
  const read = list(events, MOST_EVENTS).map((event) => readEvent(object(event)));
  const known = read.filter((event) => event !== undefined);
  const bodyOf = readBodies(bodies);
  const trace = { events: numbered(known), bodyOf: (id: number) => bodyOf.get(id) };
  return { kind: 'trace', trace, dropped: read.length - known.length };
}

/** Ids grow: a body, and the answer to a request, are found by them. */
function numbered(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const isGrowing = events.every(({ id }, place) => place === 0 || id > (events[place - 1]?.id ?? id));
  if (!isGrowing) throw new Malformed();
  return events;
}

function readBodies(bodies: unknown): ReadonlyMap<number, TraceBody> {
  return new Map(
    list(bodies, MOST_EVENTS).map((numberedBody) => {
      const [id, body] = list(numberedBody, 2);
      return [whole(id), readBody(body)];
    }),
  );
}

/** What a text of JSON says, `null` among it; undefined where it is none. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const refused = (why: ImportRefusal): ImportedTrace => ({ kind: 'refused', why });
