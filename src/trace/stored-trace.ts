import { isObject } from '#lib/guards.ts';

import type { TraceBody, TraceEvent } from './event.ts';

/** A trace in transit from one page of a tab to the next, or from the worker to a page. Only this app writes and reads it. */
export interface StoredTrace {
  events: readonly TraceEvent[];
  bodies: readonly (readonly [id: number, body: TraceBody])[];
}

/** Returns the valid events and bodies of a stored trace; an empty trace for any other value. */
export function readStoredTrace(value: unknown): StoredTrace {
  if (!isObject<keyof StoredTrace>(value)) return { events: [], bodies: [] };
  const { events, bodies } = value;
  return {
    events: Array.isArray(events) ? events.filter(isEvent) : [],
    bodies: Array.isArray(bodies) ? bodies.filter(isNumberedBody) : [],
  };
}

function isEvent(value: unknown): value is TraceEvent {
  return isObject(value) && typeof value.id === 'number' && 'type' in value && 'flow' in value && 'at' in value;
}

function isNumberedBody(value: unknown): value is [number, TraceBody] {
  if (!Array.isArray(value) || typeof value[0] !== 'number') return false;
  const body: unknown = value[1];
  return isObject(body) && 'kind' in body;
}
