import { omitUndefined } from '#lib/omit-undefined.ts';
import type { FlowKind, TraceEvent, TraceStep } from '#trace/event.ts';

export type EventOf<Type extends TraceStep['type']> = Extract<TraceEvent, { type: Type }>;

/** A request with its response or failure. */
export interface ProtocolStep {
  kind: 'exchange';
  event: EventOf<'request'>;
  response?: EventOf<'response' | 'request-failed'>;
}
/** An event that is not a request. */
export interface EventStep {
  kind: 'event';
  event: Exclude<TraceEvent, { type: 'request' | 'response' | 'request-failed' }>;
}
/** One step of a flow, identified by the id of its event. */
export type Step = ProtocolStep | EventStep;

/** A flow with all of its steps, in order. */
export interface Flow {
  id: string;
  kind: FlowKind;
  service: string;
  /** The id of the flow that caused this one. */
  cause?: string;
  startedAt: number;
  endedAt: number;
  steps: readonly Step[];
}

/**
 * Creates a function that groups events into flows, newest first. It returns the same object for a flow that has not changed
 * since the last call.
 */
export function createFlowReader(): (events: readonly TraceEvent[]) => Flow[] {
  let known = new Map<string, { events: readonly TraceEvent[]; flow: Flow }>();
  return (events) => {
    const grouped = new Map<string, [TraceEvent, ...TraceEvent[]]>();
    for (const event of events) {
      const group = grouped.get(event.flow);
      if (group) group.push(event);
      else grouped.set(event.flow, [event]);
    }
    const next: typeof known = new Map();
    for (const [id, group] of grouped) {
      const before = known.get(id);
      next.set(id, before && isSame(before.events, group) ? before : { events: group, flow: flowOf(group) });
    }
    known = next;
    return Array.from(next.values(), ({ flow }) => flow)
      .toReversed()
      .toSorted((one, other) => other.startedAt - one.startedAt);
  };
}

/** Compares only length and ends, because events are only appended at the end and dropped from the front. */
function isSame(before: readonly TraceEvent[], now: readonly TraceEvent[]): boolean {
  return before.length === now.length && before[0] === now[0] && before.at(-1) === now.at(-1);
}

function flowOf(events: readonly [TraceEvent, ...TraceEvent[]]): Flow {
  const [first] = events;
  const last = events.at(-1) ?? first;
  const cause = events.find((event) => event.cause !== undefined)?.cause;
  return omitUndefined({
    id: first.flow,
    kind: first.kind,
    service: first.service,
    cause,
    startedAt: first.at,
    endedAt: last.at,
    steps: stepsOf(events),
  });
}

/** Returns the steps of a flow. A response is shown with its request; one whose request was dropped is omitted. */
function stepsOf(events: readonly TraceEvent[]): Step[] {
  const responses = new Map<number, EventOf<'response' | 'request-failed'>>();
  for (const event of events) {
    if (event.type === 'response' || event.type === 'request-failed') responses.set(event.request, event);
  }
  return events.flatMap((event): Step[] => {
    if (event.type === 'response' || event.type === 'request-failed') return [];
    if (event.type !== 'request') return [{ kind: 'event', event }];
    const response = responses.get(event.id);
    return [omitUndefined({ kind: 'exchange', event, response })];
  });
}
