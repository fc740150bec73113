import type { FlowKind, TraceEvent, TraceStep } from '#trace/event.ts';

export type EventOf<Type extends TraceStep['type']> = Extract<TraceEvent, { type: Type }>;

/** A request together with what came of it. */
export interface ProtocolStep {
  kind: 'exchange';
  event: EventOf<'request'>;
  response?: EventOf<'response' | 'request-failed'>;
}
/** Something that happened at once. */
export interface EventStep {
  kind: 'moment';
  event: Exclude<TraceEvent, { type: 'request' | 'response' | 'request-failed' }>;
}
/** One step of a flow, known by the id of its event. */
export type Step = ProtocolStep | EventStep;

/** One errand: everything that happened for it, in order. */
export interface Flow {
  id: string;
  kind: FlowKind;
  service: string;
  /** The flow that this one was needed for. */
  cause?: string;
  startedAt: number;
  endedAt: number;
  steps: readonly Step[];
}

/** Reads the flows out of events, the newest first. A flow that has not changed since the last call is the same object. */
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

/** Events are only added at the end and given up from the front. */
function isSame(before: readonly TraceEvent[], now: readonly TraceEvent[]): boolean {
  return before.length === now.length && before[0] === now[0] && before.at(-1) === now.at(-1);
}

function flowOf(events: readonly [TraceEvent, ...TraceEvent[]]): Flow {
  const [first] = events;
  const last = events.at(-1) ?? first;
  const cause = events.find((event) => event.cause !== undefined)?.cause;
  return {
    id: first.flow,
    kind: first.kind,
    service: first.service,
    ...(cause !== undefined && { cause }),
    startedAt: first.at,
    endedAt: last.at,
    steps: stepsOf(events),
  };
}

/** An answer is shown with its request; one whose request was given up is left out. */
function stepsOf(events: readonly TraceEvent[]): Step[] {
  const answers = new Map<number, EventOf<'response' | 'request-failed'>>();
  for (const event of events) {
    if (event.type === 'response' || event.type === 'request-failed') answers.set(event.request, event);
  }
  return events.flatMap((event): Step[] => {
    if (event.type === 'response' || event.type === 'request-failed') return [];
    if (event.type !== 'request') return [{ kind: 'moment', event }];
    const response = answers.get(event.id);
    return [{ kind: 'exchange', event, ...(response && { response }) }];
  });
}
