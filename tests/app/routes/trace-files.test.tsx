import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { openTrace, saveTrace, type TraceFormat } from '#app/routes/trace-files.ts';
import { MAX_TRACE_LENGTH } from '#trace/import-trace.ts';
import { harFaults } from '#tests/support/har-schema.ts';
import { REQUEST, traceOfSteps } from '#tests/support/traces.ts';

const TRACE = traceOfSteps([REQUEST]);
const NOW = Date.UTC(2026, 10, 26, 9, 38, 20);

describe('saving a trace', () => {
  const saved: { name: string; content: Blob }[] = [];
  let offered: Blob | undefined;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      offered = blob as Blob;
      return 'blob:offered';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      if (this.href === 'blob:offered' && offered) saved.push({ name: this.download, content: offered });
    });
  });
  afterEach(() => {
    saved.length = 0;
    vi.useRealTimers();
  });

  test.each<[TraceFormat, string, string]>([
    ['har', 'content-planner-2026-11-26T09-38-20.har', 'application/json'],
    ['report', 'content-planner-2026-11-26T09-38-20.md', 'text/markdown'],
    ['json', 'content-planner-2026-11-26T09-38-20.json', 'application/json'],
  ])('as %s downloads one file, named by the time, and releases its URL', async (format, name, type) => {
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    saveTrace(TRACE, format, NOW);
    expect(saved.map((file) => [file.name, file.content.type])).toEqual([[name, type]]);
    expect(await saved[0]?.content.text()).toContain('https://as.example/token');
    vi.runAllTimers();
    expect(revoked).toHaveBeenCalledWith('blob:offered');
  });

  test('as an archive writes a valid one, and as JSON one that can be opened again', async () => {
    saveTrace(TRACE, 'har', NOW);
    saveTrace(TRACE, 'json', NOW);
    const [har, json] = saved.map(({ content }) => content);
    expect(harFaults(JSON.parse((await har?.text()) ?? ''))).toEqual([]);
    expect(await openTrace(json ?? new Blob())).toMatchObject({ kind: 'trace', trace: { events: TRACE.events } });
  });
});

describe('opening a file', () => {
  test('that is too large does not read it', async () => {
    const text = vi.fn<() => Promise<string>>();
    const file = Object.assign(new Blob(), { text });
    Object.defineProperty(file, 'size', { value: MAX_TRACE_LENGTH + 1 });
    expect(await openTrace(file)).toEqual({ kind: 'rejected', why: 'too-large' });
    expect(text).not.toHaveBeenCalled();
  });

  test('that was deleted since it was chosen says that it cannot be read', async () => {
    const text = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    expect(await openTrace(Object.assign(new Blob(['{}']), { text }))).toEqual({ kind: 'rejected', why: 'unreadable' });
  });
});
