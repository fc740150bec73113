import { messages } from '#messages/en.ts';
import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace } from '#trace/event.ts';
import { harOf } from '#trace/export/har.ts';
import { jsonTrace, TRACE_VERSION } from '#trace/export/json-trace.ts';
import { markdownReport } from '#trace/export/markdown-report.ts';
import { importTrace, MAX_TRACE_LENGTH, type ImportedTrace } from '#trace/import-trace.ts';

import { saveFile } from './save-file.ts';

/** The export formats of a trace: HAR for a browser's network panel, a report for people, JSON for this inspector. */
export type TraceFormat = 'har' | 'report' | 'json';

const FILES: Record<TraceFormat, { ending: string; type: string; write: (trace: Trace) => string }> = {
  har: { ending: 'har', type: 'application/json', write: harText },
  report: { ending: 'md', type: 'text/markdown', write: (trace) => markdownReport(trace, inspectorExport.report) },
  json: { ending: 'json', type: 'application/json', write: jsonTrace },
};

/** Downloads a trace. `now`, in milliseconds since 1970, goes into the file name. */
export function saveTrace(trace: Trace, format: TraceFormat, now: number): void {
  const { ending, type, write } = FILES[format];
  const timestamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  saveFile(new Blob([write(trace)], { type }), `content-planner-${timestamp}.${ending}`);
}

/** Reads a chosen file as a trace, or returns why it is not one. Does not read a file that is too large. */
export async function openTrace(file: Blob): Promise<ImportedTrace> {
  if (file.size > MAX_TRACE_LENGTH) return { kind: 'rejected', why: 'too-large' };
  // Undefined if the file was removed since it was chosen, or cannot be read.
  const text = await file.text().catch(() => undefined);
  return text === undefined ? { kind: 'rejected', why: 'unreadable' } : importTrace(text);
}

function harText(trace: Trace): string {
  const creator = { name: messages.appName, version: String(TRACE_VERSION) };
  return JSON.stringify(harOf(trace, { words: inspectorExport.har, creator }), undefined, 1);
}
