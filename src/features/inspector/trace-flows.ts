import type { FlowKind, TraceEvent, TraceStep } from '#trace/event.ts';

type Of<Type extends TraceStep['type']> = Extract<TraceEvent, { type: Type }>;

/** What a row of the list stands for: a request together with what came of it, or one event alone. */
export type TraceRow =
  | { kind: 'exchange'; id: number; at: number; request: Of<'request'>; answer?: Of<'response' | 'request-failed'> }
  | { kind: 'redirect'; id: number; at: number; event: Of<'redirect-out' | 'redirect-back'> }
  | { kind: 'check'; id: number; at: number; event: Of<'check'> }
  | { kind: 'adopted'; id: number; at: number }
  /** An answer was lost, and the same token is sent once more. */
  | { kind: 'declared'; id: number; at: number };

export interface Flow {
  id: string;
  kind: FlowKind;
  service: string;
  startedAt: number;
  /** Milliseconds from the first event to the last. */
  took: number;
  hasFailed: boolean;
  rows: readonly TraceRow[];
}

/** The events by flow, the newest flow first, each flow in the order of what happened. */
export function flowsOf(events: readonly TraceEvent[]): Flow[] {
  const flows = new Map<string, { first: TraceEvent; all: TraceEvent[] }>();
  for (const event of events) {
    const flow = flows.get(event.flow);
    if (flow) flow.all.push(event);
    else flows.set(event.flow, { first: event, all: [event] });
  }
  return Array.from(flows.values(), ({ first, all }) => flowOf(first, all)).toReversed();
}

function flowOf(first: TraceEvent, events: readonly TraceEvent[]): Flow {
  return {
    id: first.flow,
    kind: first.kind,
    service: first.service,
    startedAt: first.at,
    took: (events.at(-1)?.at ?? first.at) - first.at,
    hasFailed: hasFailed(events),
    rows: rowsOf(events),
  };
}

function rowsOf(events: readonly TraceEvent[]): TraceRow[] {
  const answers = new Map<number, Of<'response' | 'request-failed'>>();
  for (const event of events) {
    if (event.type === 'response' || event.type === 'request-failed') answers.set(event.request, event);
  }
  return events.flatMap((event): TraceRow[] => {
    const { id, at } = event;
    switch (event.type) {
      case 'request':
        return [{ kind: 'exchange', id, at, request: event, answer: answers.get(id) }];
      case 'redirect-out':
      case 'redirect-back':
        return [{ kind: 'redirect', id, at, event }];
      case 'check':
        return [{ kind: 'check', id, at, event }];
      case 'token-adopted':
        return [{ kind: 'adopted', id, at }];
      case 'retry-declared':
        return [{ kind: 'declared', id, at }];
      case 'response':
      case 'request-failed':
      case 'verifier-made':
      case 'lock-waited':
      case 'stored':
      case 'removed':
      case 'description-reused':
      case 'tampered':
        // Shown with its request; one whose request is no longer in the buffer is left out.
        return [];
    }
  });
}

/** A refusal on the way (a 401 that leads to a refresh, a 404 that leads to the next address) is no failure: the end counts. */
function hasFailed(events: readonly TraceEvent[]): boolean {
  if (events.some((event) => event.type === 'check' && event.outcome === 'failed')) return true;
  const last = events.findLast(
    ({ type }) => type === 'response' || type === 'request-failed' || type === 'redirect-back',
  );
  if (last?.type === 'request-failed') return true;
  if (last?.type === 'redirect-back') return last.parameters.some(([name]) => name === 'error');
  return last?.type === 'response' && last.status >= 400 && last.step !== 'unauthorized-call';
}
