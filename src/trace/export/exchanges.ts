import type { TraceEvent } from '#trace/event.ts';

/** An event of one type. */
export type EventOf<Type extends TraceEvent['type']> = Extract<TraceEvent, { type: Type }>;

/** How a request ended. */
export type FlowResponse = EventOf<'response' | 'request-failed'>;

/** The answers of a trace, by the id of the request's event. */
export function responsesOf(events: readonly TraceEvent[]): ReadonlyMap<number, FlowResponse> {
  const answers = new Map<number, FlowResponse>();
  for (const event of events) {
    if (event.type === 'response' || event.type === 'request-failed') answers.set(event.request, event);
  }
  return answers;
}

/** The events of each flow, in the order in which the flows began. */
export function eventsByFlow(events: readonly TraceEvent[]): readonly (readonly [TraceEvent, ...TraceEvent[]])[] {
  const flows = new Map<string, [TraceEvent, ...TraceEvent[]]>();
  for (const event of events) {
    const flow = flows.get(event.flow);
    if (flow) flow.push(event);
    else flows.set(event.flow, [event]);
  }
  return [...flows.values()];
}

/** A header's value; undefined where it is missing. Names are in lower case, as they are recorded. */
export function headerOf(event: EventOf<'request' | 'response'>, name: string): string | undefined {
  return event.headers.find(([header]) => header === name)?.[1];
}
