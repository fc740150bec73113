import { isObject } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';

import type { Trace, TraceBody, TraceEvent } from './event.ts';
import { TRACE_FORMAT, TRACE_VERSION } from './export/json-trace.ts';
import { readEvent } from './import/event.ts';
import { readBody } from './import/fields.ts';
import { withCurrentNames } from './import/legacy-names.ts';
import { list, Malformed, object, whole, type Members } from './import/values.ts';

/**
 * The maximum size of a trace, in bytes for a file and in characters for a text. Everything a recorder holds fits, and a larger
 * file is not even read.
 */
export const MAX_TRACE_LENGTH = 16 * 1024 * 1024;
/** The same limit as the recorder's. */
const MAX_EVENTS = 2_000;

/** The result of an import: the trace and the number of events of unknown type that were dropped, or why it was rejected. */
export type ImportedTrace =
  { kind: 'trace'; trace: Trace; dropped: number } | { kind: 'rejected'; why: ImportRejection };

/** The reason an import was rejected. `unreadable` is set by the caller that reads the file. */
export type ImportRejection =
  'unreadable' | 'too-large' | 'not-json' | 'no-trace' | 'other-version' | 'too-many-events' | 'malformed';

/**
 * Imports a trace that json-trace.ts of this or an earlier version wrote, on this device or another. The file is untrusted: each field of each event is
 * validated separately, anything that looks like a secret is masked again, and nothing in it is run, fetched or stored.
 */
export function importTrace(text: string): ImportedTrace {
  if (text.length > MAX_TRACE_LENGTH) return rejected('too-large');
  const file = parseJson(text);
  if (file === undefined) return rejected('not-json');
  try {
    return readTrace(file);
  } catch (error) {
    if (error instanceof Malformed) return rejected('malformed');
    throw error;
  }
}

function readTrace(file: unknown): ImportedTrace {
  if (!isObject(file) || file.format !== TRACE_FORMAT) return rejected('no-trace');
  const { version, events, bodies } = object(file);
  if (version !== TRACE_VERSION && version !== 1) return rejected('other-version');
  if (Array.isArray(events) && events.length > MAX_EVENTS) return rejected('too-many-events');
  const named = version === TRACE_VERSION ? (item: Members) => item : withCurrentNames<Members>;
  const read = list(events, MAX_EVENTS).map((event) => readEvent(named(object(event))));
  const known = read.filter((event) => event !== undefined);
  const bodyOf = readBodies(bodies, named);
  const trace = { events: numbered(known), bodyOf: (id: number) => bodyOf.get(id) };
  return { kind: 'trace', trace, dropped: read.length - known.length };
}

/** Validates that ids increase: bodies and responses are found by them. */
function numbered(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const isGrowing = events.every(({ id }, index) => index === 0 || id > (events[index - 1]?.id ?? id));
  if (!isGrowing) throw new Malformed();
  return events;
}

function readBodies(bodies: unknown, named: (item: Members) => Members): ReadonlyMap<number, TraceBody> {
  return new Map(
    list(bodies, MAX_EVENTS).map((numberedBody) => {
      const [id, body] = list(numberedBody, 2);
      return [whole(id), readBody(named(object(body)))];
    }),
  );
}

const rejected = (why: ImportRejection): ImportedTrace => ({ kind: 'rejected', why });
