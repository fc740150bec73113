import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { curlOf } from '#features/console/as-curl.ts';
import { readHeaderLines } from '#features/console/header-lines.ts';
import { addEntry, type HistoryEntry } from '#features/console/history.ts';
import { checkRequest, lacksJsonType, type RequestForm } from '#features/console/request.ts';
import { curlArguments } from '#tests/support/shell.ts';

const form = (changes: Partial<RequestForm>): RequestForm => ({
  method: 'POST',
  path: 'posts',
  headers: '',
  body: '',
  ...changes,
});

describe('the headers of a request', () => {
  it('are lines of name and value, with surrounding spaces and empty lines ignored', () => {
    expect(readHeaderLines(' X-Trace :  a:b \r\n\nAccept: text/plain\nx-trace: c\n__proto__: d')).toEqual({
      kind: 'headers',
      headers: Object.fromEntries([
        ['X-Trace', 'a:b, c'],
        ['Accept', 'text/plain'],
        ['__proto__', 'd'],
      ]),
    });
  });

  it.each([
    ['Authorization: Bearer x', 'credential'],
    ['DPoP: x', 'credential'],
    ['cookie: a=b', 'credential'],
    ['Proxy-Authorization: x', 'credential'],
    ['Host: evil.example', 'forbidden'],
    ['Sec-Fetch-Mode: cors', 'forbidden'],
    ['Proxy-X: y', 'forbidden'],
    ['Content-Length: 3', 'forbidden'],
    ['X-HTTP-Method-Override: GET, trace', 'forbidden'],
    ['X Trace: 1', 'invalid-name'],
    [': 1', 'invalid-name'],
    ['Überschrift: 1', 'invalid-name'],
    ['X-Name: 鳥', 'invalid-value'],
    ['X-Name: a\0b', 'invalid-value'],
    ['no colon here', 'no-colon'],
  ])('reject %j as %s, with its line', (line, kind) => {
    expect(readHeaderLines(`X-A: 1\n\n${line}`)).toMatchObject({ kind: 'problem', problem: { kind, line: 3 } });
  });

  it('are accepted by fetch unchanged if not rejected', () => {
    const line = fc.tuple(fc.string(), fc.string({ unit: 'binary' })).map(([name, value]) => `${name}:${value}`);
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const read = readHeaderLines(lines.join('\n'));
        if (read.kind === 'headers') expect(() => new Headers(read.headers)).not.toThrow();
      }),
    );
  });
});

describe('a request', () => {
  const resource = 'https://api.example/v1';

  it('API-2: goes below the resource or nowhere', () => {
    expect(checkRequest(resource, form({ path: ' posts?x=1#part ' }))).toMatchObject({
      kind: 'ready',
      request: { url: 'https://api.example/v1/posts?x=1' },
    });
    for (const path of ['../admin', '/posts', 'https://evil.example/', '//evil.example']) {
      expect(checkRequest(resource, form({ path }))).toMatchObject({ kind: 'refused', url: undefined });
    }
  });

  it('has no body with GET, or if none is written', () => {
    const bodyOf = (changes: Partial<RequestForm>) => {
      const checked = checkRequest(resource, form(changes));
      return checked.kind === 'ready' ? checked.request.body : 'refused';
    };
    expect([bodyOf({ method: 'GET', body: 'x' }), bodyOf({}), bodyOf({ body: 'x' })]).toEqual([
      undefined,
      undefined,
      'x',
    ]);
  });

  it('gets a suggestion to set the type of an unlabelled JSON body', () => {
    expect(lacksJsonType(form({ body: '{"a":1}' }))).toBe(true);
    expect(lacksJsonType(form({ body: '{"a":1}', headers: 'content-type: text/csv' }))).toBe(false);
    expect(lacksJsonType(form({ body: '{"a":1}', method: 'GET' }))).toBe(false);
    expect(lacksJsonType(form({ body: '{a:1}' }))).toBe(false);
    expect(lacksJsonType(form({ body: '' }))).toBe(false);
  });
});

describe('the same request as curl', () => {
  const url = 'https://api.example/v1/posts';

  it('is a readable command', () => {
    expect(curlOf({ method: 'GET', url, headers: {}, body: undefined })).toBe(
      "curl 'https://api.example/v1/posts' \\\n  -H 'Authorization: Bearer ••••'",
    );
    expect(curlOf({ method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body: '{}' })).toBe(
      [
        "curl -X POST 'https://api.example/v1/posts'",
        "  -H 'Authorization: Bearer ••••'",
        "  -H 'Content-Type: application/json'",
        "  --data-raw '{}'",
      ].join(' \\\n'),
    );
  });

  it.each(["it's", "'", "'; rm -rf ~; '", '$(id) `id` $HOME \\ "!"', 'two\nlines\n', '@/etc/passwd', '鳥 🐦 é', ' '])(
    'passes %j to curl unchanged',
    (text) => {
      expect(curlArguments(curlOf({ method: 'PUT', url, headers: { 'X-A': text }, body: text }))).toEqual(
        ['-X', 'PUT', url, '-H', 'Authorization: Bearer ••••', '-H', `X-A: ${text}`].concat(
          ['-H', 'Content-Type: text/plain;charset=UTF-8', '--data-raw', text], // As fetch names it.
        ),
      );
    },
  );

  it('passes any body and URL to curl unchanged', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(text, (body) => {
        expect(curlArguments(curlOf({ method: 'POST', url, headers: {}, body })).at(-1)).toBe(body);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps curl from expanding patterns in the URL, and from dropping an empty header', () => {
    const command = curlOf({
      method: 'GET',
      url: `${url}?ids[]={1}`,
      headers: { 'X-Empty': '' },
      body: undefined,
    });
    expect(curlArguments(command)).toEqual([
      '--globoff',
      `${url}?ids[]={1}`,
      '-H',
      'Authorization: Bearer ••••',
      '-H',
      'X-Empty;',
    ]);
  });
});

describe('the history', () => {
  it('keeps the last 20, newest first', () => {
    let history: readonly HistoryEntry[] = [];
    for (let at = 1; at <= 25; at += 1) {
      history = addEntry(history, { method: 'GET', path: `p${at}`, rest: { kind: 'too-long' }, status: 200, at });
    }
    expect(history.map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, place) => `p${25 - place}`));
    expect(new Set(history.map(({ id }) => id)).size).toBe(20);
  });
});
