import { messages } from '#messages/en.ts';
import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace } from '#trace/event.ts';
import { harOf } from '#trace/export/har.ts';
import { jsonTrace, TRACE_VERSION } from '#trace/export/json-trace.ts';
import { markdownReport } from '#trace/export/markdown-report.ts';
import { importTrace, LARGEST_TRACE, type ImportedTrace } from '#trace/import-trace.ts';

import { saveFile } from './save-file.ts';

/** What a trace can be saved as: for the network panel of a browser, for a person, for this inspector. */
export type TraceFormat = 'har' | 'report' | 'json';

const FILES: Record<TraceFormat, { ending: string; type: string; write: (trace: Trace) => string }> = {
  har: { ending: 'har', type: 'application/json', write: harText },
  report: { ending: 'md', type: 'text/markdown', write: (trace) => markdownReport(trace, inspectorExport.report) },
  json: { ending: 'json', type: 'application/json', write: jsonTrace },
};

/** Has the browser save a trace. `now` is in milliseconds since 1970, and names the file. */
export function saveTrace(trace: Trace, format: TraceFormat, now: number): void {
  const { ending, type, write } = FILES[format];
  const moment = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  saveFile(new Blob([write(trace)], { type }), `content-planner-${moment}.${ending}`);
}

/** A file that a person has chosen, as a trace to look at, or why it is none. One that is too large is not read. */
export async function openTrace(file: Blob): Promise<ImportedTrace> {
  if (file.size > LARGEST_TRACE) return { kind: 'refused', why: 'too-large' };
  // Undefined: it went away since it was chosen, or may not be read.
  const text = await file.text().catch(() => undefined);
  return text === undefined ? { kind: 'refused', why: 'unreadable' } : importTrace(text);
}

function harText(trace: Trace): string {
  const creator = { name: messages.appName, version: String(TRACE_VERSION) };
  return JSON.stringify(harOf(trace, { words: inspectorExport.har, creator }), undefined, 1);
}
