import type { Trace } from '#trace/event.ts';

/** What a file of ours says that it is. */
export const TRACE_FORMAT = 'content-planner-trace';
/** Counts up when a reader of the version before could not make sense of a file. */
export const TRACE_VERSION = 1;

/** A trace as JSON that import-trace.ts reads back: its events, and the bodies that are still there by the id of their event. */
export function jsonTrace({ events, bodyOf }: Trace): string {
  const bodies = events.flatMap(({ id }) => {
    const body = bodyOf(id);
    return body ? [[id, body]] : [];
  });
  return `${JSON.stringify({ format: TRACE_FORMAT, version: TRACE_VERSION, events, bodies }, undefined, 1)}\n`;
}
