import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { TraceStep } from '#trace/event.ts';
import { jsonTrace } from '#trace/export/json-trace.ts';
import { maskBody } from '#trace/mask.ts';
import { importTrace, MAX_TRACE_LENGTH, type ImportedTrace } from '#trace/import-trace.ts';
import { maskUrl } from '#trace/mask.ts';
import { anyTrace, bodiesOf, REQUEST, TAG, traceOfSteps } from '#tests/support/traces.ts';

const EVENT = { ...TAG, type: 'token-adopted', id: 1, at: 5, by: 'page' };
const file = (changes: object): string =>
  JSON.stringify({ format: 'content-planner-trace', version: 2, events: [EVENT], bodies: [], ...changes });
const opened = (text: string) => {
  const imported = importTrace(text);
  if (imported.kind === 'rejected') throw new Error(imported.why);
  return imported;
};

describe('an exported trace', () => {
  test('is imported unchanged, with its events and bodies', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { trace: back, dropped } = opened(jsonTrace(trace));
        expect(back.events).toEqual(trace.events);
        expect(bodiesOf(back)).toEqual(bodiesOf(trace));
        expect(dropped).toBe(0);
      }),
    );
  });

  test('gets today’s names if it has version 1; version 2 may use an old name for something else', () => {
    const events = [
      { ...EVENT, type: 'request', step: 'token-exchange', method: 'POST', url: 'https://as.example/', headers: [] },
      { ...EVENT, id: 2, type: 'request-failed', step: 'token-exchange', request: 1, reason: 'not-running', ms: 3 },
    ];
    expect(opened(file({ version: 1, events })).trace.events).toMatchObject([
      { type: 'request', step: 'token-request' },
      { type: 'request-failed', step: 'token-request', reason: 'worker-unavailable' },
    ]);
    expect(opened(file({ events })).trace.events).toEqual(events);
  });

  test('is imported unchanged if the end of a masked parameter was percent-encoded twice', () => {
    const url = maskUrl('https://api.example/?access_token=a-secret-of-16%2580%26');
    const step = { ...REQUEST, url };
    const back = opened(jsonTrace(traceOfSteps([step]))).trace.events[0];
    expect(back).toMatchObject({ url });
  });

  test('is imported unchanged at the largest size: 2,000 events of 2 KB, and 8 MB of bodies', () => {
    const body = JSON.stringify(
      Array.from({ length: 100 }, (_, at) => ({ [`a${at}`]: 'x'.repeat(20) })),
      undefined,
      2,
    );
    const trace = traceOfSteps(
      Array.from({ length: 2_000 }, () => ({ ...REQUEST, headers: [['x-filling', 'x'.repeat(1_500)]] })),
      Array.from({ length: 2_000 }, () => ({ kind: 'json', text: body })),
    );
    expect(2_000 * body.length).toBeGreaterThan(8_000_000);
    expect(opened(jsonTrace(trace)).trace.events).toHaveLength(2_000);
  });

  test('is imported with the complete lines of a truncated body, at any depth', () => {
    const posts = Array.from({ length: 2_000 }, (_, at) => ({
      id: at,
      text: 'x'.repeat(40),
      replies: [{ to: ['me'] }],
    }));
    const body = maskBody(JSON.stringify({ posts }), 'application/json');
    const { trace } = opened(jsonTrace(traceOfSteps([REQUEST], { 0: body ?? never() })));
    const [cut, back] = [body, trace.bodyOf(1)].map((one) => (one?.kind === 'json' ? one.text.split('\n') : []));
    expect(cut?.length).toBeGreaterThan(1_000);
    expect(back?.slice(0, -2)).toEqual(cut?.slice(0, (back?.length ?? 0) - 2));
    expect((cut?.length ?? 0) - (back?.length ?? 0)).toBeLessThan(3);
    expect(back?.at(-1)).toMatch(/^… \(\d+ characters\)$/);
  });

  test('of a later version keeps the known events and says how many are unknown', () => {
    const events = [
      EVENT,
      { ...EVENT, id: 2, type: 'constructor' },
      { ...EVENT, id: 3, type: '__proto__' },
      { ...EVENT, id: 4, type: 'telepathy' },
    ];
    const { trace, dropped } = opened(file({ events }));
    expect(trace.events).toEqual([EVENT]);
    expect(dropped).toBe(3);
    expect(opened(file({ events: [{ ...EVENT, novelty: 'x' }] })).trace.events).toEqual([EVENT]);
  });
});

describe('a file that is not a trace', () => {
  const request = { ...EVENT, ...REQUEST };
  const response = { ...EVENT, type: 'response', step: 's', request: 1, status: 200, headers: [], ms: 1 };
  test.for<[what: string, text: string, why: Extract<ImportedTrace, { kind: 'rejected' }>['why']]>([
    ['an empty file', '', 'not-json'],
    ['invalid JSON', '{"format":', 'not-json'],
    ['a web page', '<!doctype html>', 'not-json'],
    ['other JSON', '{"log":{}}', 'no-trace'],
    ['null', 'null', 'no-trace'],
    ['a list', '[]', 'no-trace'],
    ['an inherited format', '{"__proto__":{"format":"content-planner-trace"}}', 'no-trace'],
    ['another version', file({ version: 3 }), 'other-version'],
    ['a version that is not a number', file({ version: '2' }), 'other-version'],
    ['no events', file({ events: undefined }), 'malformed'],
    ['events that are not a list', file({ events: { length: 1 } }), 'malformed'],
    [
      '3,000 events',
      file({ events: Array.from({ length: 3_000 }, (_, at) => ({ ...EVENT, id: at })) }),
      'too-many-events',
    ],
    ['17 MB', file({ service: 'x'.repeat(17 * 1024 * 1024) }), 'too-large'],
    ['an event that is null', file({ events: [null] }), 'malformed'],
    ['an event without a type', file({ events: [{ ...EVENT, type: undefined }] }), 'malformed'],
    ['an event without a flow', file({ events: [{ ...EVENT, flow: undefined }] }), 'malformed'],
    ['an unknown kind of flow', file({ events: [{ ...EVENT, kind: 'toString' }] }), 'malformed'],
    ['a service of 5,000 characters', file({ events: [{ ...EVENT, service: 'x'.repeat(5_000) }] }), 'malformed'],
    ['an impossible time', file({ events: [{ ...EVENT, at: 1e300 }] }), 'malformed'],
    ['a time that is a string', file({ events: [{ ...EVENT, at: '5' }] }), 'malformed'],
    ['an id with a fraction', file({ events: [{ ...EVENT, id: 1.5 }] }), 'malformed'],
    ['a duplicate id', file({ events: [EVENT, EVENT] }), 'malformed'],
    ['descending ids', file({ events: [{ ...EVENT, id: 2 }, EVENT] }), 'malformed'],
    ['a URL that is a script', file({ events: [{ ...request, url: 'javascript:alert(1)' }] }), 'malformed'],
    ['a URL with a password', file({ events: [{ ...request, url: 'https://me:secret@a.example/' }] }), 'malformed'],
    ['a URL that is an object', file({ events: [{ ...request, url: { href: 'https://a.example/' } }] }), 'malformed'],
    ['a method with a space', file({ events: [{ ...request, method: 'GET /' }] }), 'malformed'],
    ['headers that are not a list', file({ events: [{ ...request, headers: { a: 'b' } }] }), 'malformed'],
    ['a header with three values', file({ events: [{ ...request, headers: [['a', 'b', 'c']] }] }), 'malformed'],
    ['a header with one value', file({ events: [{ ...request, headers: [['a']] }] }), 'malformed'],
    [
      '2,000 headers',
      file({ events: [{ ...request, headers: Array.from({ length: 2_000 }, () => ['a', 'b']) }] }),
      'malformed',
    ],
    ['a status that is a string', file({ events: [{ ...response, id: 2, status: '200' }] }), 'malformed'],
    ['a response to itself', file({ events: [response] }), 'malformed'],
    ['a negative duration', file({ events: [{ ...response, id: 2, ms: -1 }] }), 'malformed'],
    [
      'claims that are a list',
      file({ events: [{ ...request, tokens: [{ name: 'a', form: 'jwt', masked: 'b', header: {}, claims: [] }] }] }),
      'malformed',
    ],
    ['a body without an id', file({ bodies: [[null, { kind: 'json', text: '{}' }]] }), 'malformed'],
    [
      'a body of 40 KB',
      file({ bodies: [[1, { kind: 'json', text: JSON.stringify('x'.repeat(40_000)) }]] }),
      'malformed',
    ],
    ['a body of an unknown kind', file({ bodies: [[1, { kind: 'valueOf' }]] }), 'malformed'],
  ])('rejects %s and gives a reason', ([, text, why]) => {
    expect(importTrace(text)).toEqual({ kind: 'rejected', why });
    expect(inspectorExport.rejected[why]).not.toBe('');
  });

  test('names the size when it is too large', () => {
    expect(MAX_TRACE_LENGTH).toBe(16 * 1024 * 1024);
    expect(inspectorExport.rejected['too-large']).toContain('16 MB');
  });
});

/** Reads a trace as a screen and an export do, so that anything unvalidated shows. */
function readAll(imported: ImportedTrace): void {
  if (imported.kind === 'trace') opened(jsonTrace(imported.trace));
}

describe('hostile files', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((events) => file({ events })),
    fc.array(fc.jsonValue()).map((events) => file({ events })),
    fc.jsonValue().map((bodies) => file({ bodies })),
  );

  test('never throw, whatever they contain', () => {
    fc.assert(
      fc.property(hostile, (text) => readAll(importTrace(text))),
      { numRuns: 500 },
    );
  });

  test('with any one value of a real trace replaced are rejected, or open as a valid trace', () => {
    fc.assert(
      fc.property(anyTrace, fc.jsonValue(), fc.nat(), (trace, value, seed) => {
        const whole = JSON.parse(jsonTrace(trace)) as { events: Record<string, unknown>[] };
        const event = whole.events[seed % Math.max(1, whole.events.length)] ?? {};
        const names = Object.keys(event);
        event[names[seed % Math.max(1, names.length)] ?? ''] = value;
        readAll(importTrace(JSON.stringify(whole)));
      }),
      { numRuns: 500 },
    );
  });

  test('do not reach the prototype of anything', () => {
    const text = file({}).replace(
      '"id":1',
      '"id":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}',
    );
    const { trace } = opened(text);
    expect(trace.events).toEqual([EVENT]);
    expect(Object.getPrototypeOf(trace.events[0])).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
    const claims = JSON.parse('{"__proto__":{"polluted":1},"sub":"ada"}') as unknown;
    const token = { name: 'id_token', form: 'jwt', masked: '•••••• (9 characters)', header: {}, claims };
    const { trace: withToken } = opened(file({ events: [{ ...EVENT, ...REQUEST, tokens: [token] }] }));
    const [event] = withToken.events;
    const read = event?.type === 'request' && event.tokens?.[0]?.form === 'jwt' ? event.tokens[0].claims : {};
    expect(Object.keys(read)).toEqual(['__proto__', 'sub']);
    expect(read).not.toHaveProperty('polluted');
  });

  test('nested a hundred thousand deep are rejected, and such bodies are dropped', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(importTrace(deep)).toMatchObject({ kind: 'rejected' });
    const claims = `{"a":`.repeat(10_000) + '1' + '}'.repeat(10_000);
    const event = JSON.stringify({
      ...EVENT,
      ...REQUEST,
      tokens: [{ name: 'a', form: 'jwt', masked: 'b', header: {}, claims: 0 }],
    });
    expect(
      importTrace(
        file({ events: [] }).replace('"events":[]', `"events":[${event.replace('"claims":0', `"claims":${claims}`)}]`),
      ),
    ).toEqual({ kind: 'rejected', why: 'malformed' });
    const body = '['.repeat(16_000) + ']'.repeat(16_000);
    const { trace } = opened(file({ bodies: [[1, { kind: 'json', text: body }]] }));
    expect(trace.bodyOf(1)).toEqual({ kind: 'omitted', size: 32_000, mediaType: 'application/json' });
  });
});

describe('have their unmasked secrets masked', () => {
  const secret = 'canary-that-nobody-may-see';
  const jwt = `eyJhbGciOiJub25lIn0.${secret}.c2lnbmF0dXJl`;
  const form = { kind: 'form', fields: [['code', secret]] } as const;
  const steps: TraceStep[] = [
    {
      ...REQUEST,
      url: `https://as.example/t?access_token=${secret}`,
      headers: [
        ['Authorization', `Bearer ${secret}`],
        ['dpop', jwt],
      ],
    },
    {
      type: 'response',
      step: 's',
      request: 1,
      status: 200,
      headers: [['set-cookie', secret]],
      ms: 1,
      tokens: [{ name: 'access_token', form: 'opaque', masked: secret }],
    },
    {
      type: 'response',
      step: 's',
      request: 1,
      status: 200,
      headers: [],
      ms: 1,
      tokens: [{ name: 'id_token', form: 'jwt', masked: jwt, header: { x: jwt }, claims: { access_token: [secret] } }],
    },
    {
      type: 'redirect-out',
      url: `https://as.example/a?redirect_uri=${encodeURIComponent(`https://app.example/?code=${secret}`)}`,
      parameters: [['id_token_hint', secret]],
    },
    { type: 'redirect-back', url: `https://app.example/#access_token=${secret}`, parameters: [['code', secret]] },
    { type: 'check', rule: 'r', outcome: 'failed', expected: `code=${secret}`, actual: `Bearer ${secret}` },
    { type: 'tampered', what: 'code', from: `code=${secret}`, to: jwt },
    { type: 'stored', where: 'IndexedDB', what: jwt, names: [jwt] },
  ];

  test.for(steps)('in $type', (step) => {
    const { trace } = opened(jsonTrace(traceOfSteps([REQUEST, step])));
    expect(trace.events).toHaveLength(2);
    expect(JSON.stringify(trace.events)).not.toContain(secret);
  });

  test.for([
    form,
    { kind: 'json', text: JSON.stringify({ a: [{ refresh_token: secret, note: `see ${jwt}` }] }) },
    { kind: 'json', text: `{"access_token": "${secret}"` },
    { kind: 'json', text: `{\n  "access_token": [\n    "a",\n    "${secret}",\n    "${secret}… (40000 characters)` },
    { kind: 'json', text: `{\n  "access_token" "${secret}",\n  "… (40000 characters)` },
    { kind: 'omitted', size: 1, mediaType: `text/plain; access_token=${secret}` },
  ] as const)('in a body: %j', (body) => {
    const { trace } = opened(jsonTrace(traceOfSteps([REQUEST], { 0: body })));
    expect(trace.bodyOf(1)).toBeDefined();
    expect(JSON.stringify(trace.bodyOf(1))).not.toContain(secret);
  });
});

function never(): never {
  throw new Error('no body');
}
