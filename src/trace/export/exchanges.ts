import type { TraceEvent } from '#trace/event.ts';

/** An event of one type. */
export type EventOf<Type extends TraceEvent['type']> = Extract<TraceEvent, { type: Type }>;

/** The outcome of a request. */
export type FlowResponse = EventOf<'response' | 'request-failed'>;

/** Returns the responses and failures of a trace, by the id of the request event. */
export function responsesOf(events: readonly TraceEvent[]): ReadonlyMap<number, FlowResponse> {
  const responses = new Map<number, FlowResponse>();
  for (const event of events) {
    if (event.type === 'response' || event.type === 'request-failed') responses.set(event.request, event);
  }
  return responses;
}

/** Groups events by flow, in the order in which the flows began. */
export function eventsByFlow(events: readonly TraceEvent[]): readonly (readonly [TraceEvent, ...TraceEvent[]])[] {
  const flows = new Map<string, [TraceEvent, ...TraceEvent[]]>();
  for (const event of events) {
    const flow = flows.get(event.flow);
    if (flow) flow.push(event);
    else flows.set(event.flow, [event]);
  }
  return [...flows.values()];
}

/** Returns the value of a header; undefined if it is missing. Names are recorded in lower case. */
export function headerOf(event: EventOf<'request' | 'response'>, name: string): string | undefined {
  return event.headers.find(([header]) => header === name)?.[1];
}
