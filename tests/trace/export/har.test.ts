import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace } from '#trace/event.ts';
import { harOf } from '#trace/export/har.ts';
import { harFaults } from '#tests/support/har-schema.ts';
import { anyTrace, REQUEST, traceOfSteps } from '#tests/support/traces.ts';

/** Parses it as a browser does when reading a file. */
const harOfTrace = (trace: Trace) =>
  JSON.parse(
    JSON.stringify(harOf(trace, { words: inspectorExport.har, creator: { name: 'Content Planner', version: '1' } })),
  ) as ReturnType<typeof harOf>;

describe('a trace as an HTTP archive', () => {
  test('is valid by the schema of HAR 1.2, for any trace', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        expect(harFaults(harOfTrace(trace))).toEqual([]);
      }),
    );
  });

  test('is checked by a schema that rejects an invalid archive', () => {
    const har = harOfTrace(traceOfSteps([REQUEST]));
    const [entry] = har.log.entries;
    expect(harFaults({ log: { ...har.log, entries: [{ ...entry, timings: {} }] } })).not.toEqual([]);
    expect(harFaults({ log: { ...har.log, entries: [{ ...entry, startedDateTime: 'yesterday' }] } })).not.toEqual([]);
    expect(harFaults({})).not.toEqual([]);
  });

  test('has an entry for each request with its response and duration, and a page for each flow', () => {
    const trace = traceOfSteps(
      [
        REQUEST,
        {
          type: 'response',
          step: 's',
          request: 1,
          status: 400,
          headers: [['content-type', 'application/json']],
          bodySize: 24,
          ms: 38,
        },
      ],
      {
        0: {
          kind: 'form',
          fields: [
            ['grant_type', 'authorization_code'],
            ['code', '•••••• (8 characters)'],
          ],
        },
        1: { kind: 'json', text: '{\n  "error": "invalid_grant"\n}' },
      },
    );
    const { log } = harOfTrace(trace);
    expect(log.comment).toContain('masked');
    expect(log.pages).toEqual([
      {
        id: 'f-1',
        title: 'Connect Birdsong',
        startedDateTime: '2026-11-26T09:00:00.000Z',
        pageTimings: { onContentLoad: -1, onLoad: -1 },
      },
    ]);
    expect(log.entries).toMatchObject([
      {
        pageref: 'f-1',
        startedDateTime: '2026-11-26T09:00:00.000Z',
        time: 38,
        timings: { blocked: -1, dns: -1, connect: -1, send: 0, wait: 38, receive: 0 },
        request: {
          method: 'POST',
          url: 'https://as.example/token',
          postData: { mimeType: REQUEST.headers[0][1] },
        },
        response: {
          status: 400,
          bodySize: 24,
          content: { size: 24, mimeType: 'application/json', text: '{\n  "error": "invalid_grant"\n}' },
        },
      },
    ]);
    expect(log.entries).toHaveLength(1);
    const sent = new URLSearchParams(log.entries[0]?.request.postData?.text);
    expect(sent.get('code')).toBe('•••••• (8 characters)');
  });

  test('gives a failed request status 0 and the reason, and a pending one status 0', () => {
    const failed = { type: 'request-failed', step: 's', request: 1, reason: 'unreachable', ms: 3 } as const;
    const { log } = harOfTrace(traceOfSteps([REQUEST, failed, REQUEST]));
    expect(log.entries.map(({ time, response }) => [time, response])).toMatchObject([
      [3, { status: 0, _error: 'unreachable' }],
      [0, { status: 0, comment: inspectorExport.har.pending }],
    ]);
    expect(log.entries[1]?.response).not.toHaveProperty('_error');
  });

  test('has an entry with every parameter for the redirect to the server', () => {
    const url = 'https://as.example/authorize?response_type=code&state=xyz';
    const { log } = harOfTrace(
      traceOfSteps([
        {
          type: 'redirect-out',
          url,
          parameters: [
            ['response_type', 'code'],
            ['state', 'xyz'],
          ],
        },
      ]),
    );
    expect(log.entries).toMatchObject([
      {
        request: {
          method: 'GET',
          url,
          queryString: [
            { name: 'response_type', value: 'code' },
            { name: 'state', value: 'xyz' },
          ],
        },
        response: { status: 0 },
      },
    ]);
  });

  test('percent-encodes masked values in a URL', () => {
    const url = 'https://api.example/x?api_key=•••••• (8 characters)';
    const [entry] = harOfTrace(traceOfSteps([{ ...REQUEST, url }])).log.entries;
    expect(entry?.request.url).toMatch(/^[\x21-\x7e]+$/);
    expect(entry?.request.queryString).toEqual([{ name: 'api_key', value: '•••••• (8 characters)' }]);
  });
});
