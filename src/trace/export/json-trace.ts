import type { Trace } from '#trace/event.ts';

/** The `format` member that identifies our files. */
export const TRACE_FORMAT = 'content-planner-trace';
/** The version, incremented when a reader of the previous version could no longer read a file. */
export const TRACE_VERSION = 2;

/** Returns a trace as JSON that import-trace.ts can read: its events, and the bodies still available by event id. */
export function jsonTrace({ events, bodyOf }: Trace): string {
  const bodies = events.flatMap(({ id }) => {
    const body = bodyOf(id);
    return body ? [[id, body]] : [];
  });
  return `${JSON.stringify({ format: TRACE_FORMAT, version: TRACE_VERSION, events, bodies }, undefined, 1)}\n`;
}
