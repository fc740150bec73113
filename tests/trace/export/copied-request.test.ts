import { runInNewContext } from 'node:vm';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Fields, TraceBody } from '#trace/event.ts';
import { asCurl } from '#trace/export/as-curl.ts';
import { asFetch } from '#trace/export/as-fetch.ts';
import { maskBody, maskHeaders, maskUrl } from '#trace/mask.ts';
import { curlArguments } from '#tests/support/shell.ts';
import { REQUEST, traceOfSteps } from '#tests/support/traces.ts';

const FORM = 'application/x-www-form-urlencoded';

interface Sent {
  method?: string;
  url?: string;
  headers?: Fields;
}

function requestOf({ method = 'GET', url = 'https://api.example/x', headers = [] }: Sent) {
  const [event] = traceOfSteps([{ ...REQUEST, method, url, headers }]).events;
  if (event?.type !== 'request') throw new Error('no request');
  return event;
}
const curl = (sent: Sent, body?: TraceBody): string => asCurl(requestOf(sent), body);

/** Returns what a browser's console would pass to fetch. */
function fetched(
  sent: Sent,
  body?: TraceBody,
): { url: string; init: { method: string; headers?: Fields; body?: unknown } } {
  const code = asFetch(requestOf(sent), body);
  const given: unknown[] = [];
  const fetch = (...all: unknown[]): void => void given.push(...all);
  runInNewContext(`(async () => {\n${code}\n})()`, { fetch, URLSearchParams });
  const [url, init] = JSON.parse(
    JSON.stringify(given, (_, one: unknown) => (one instanceof URLSearchParams ? [...one] : one)),
  ) as [string, { method: string }];
  return { url, init };
}

describe('a request as curl', () => {
  test('is a command with a line before it for each secret, to be filled in', () => {
    const headers = maskHeaders({ accept: 'application/json', authorization: 'Bearer mF_9.B5f-4.1JqM-long-enough' });
    expect(curl({ headers })).toBe(
      [
        "ACCESS_TOKEN='<access token>'",
        "curl 'https://api.example/x' \\",
        "  -H 'accept: application/json' \\",
        `  -H 'authorization: Bearer '"$ACCESS_TOKEN"`,
      ].join('\n'),
    );
  });

  test('sends a form unchanged, and curl encodes the filled-in values', () => {
    const body = maskBody(
      'grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Fa.example%2F&code_verifier=12345678',
      FORM,
    );
    const command = curl({ method: 'POST', url: 'https://as.example/token' }, body);
    expect(command.split('\n').slice(0, 2)).toEqual(["CODE='<code>'", "CODE_VERIFIER='<code verifier>'"]);
    expect(curlArguments(command.replace('<code>', 'a code&x=y'))).toEqual([
      '-X',
      'POST',
      'https://as.example/token',
      '--data-raw',
      'grant_type=authorization_code',
      '--data-urlencode',
      'code=a code&x=y',
      '--data-raw',
      'redirect_uri=https%3A%2F%2Fa.example%2F',
      '--data-urlencode',
      'code_verifier=<code verifier>',
    ]);
  });

  test('has one variable for each secret, also for two of the same name, or one that appears twice', () => {
    const body = maskBody(
      JSON.stringify({
        a: { token: 'first-token-of-all' },
        b: { token: 'second-token-of-all-x' },
        c: { token: 'first-token-of-all' },
      }),
      'application/json',
    );
    const [one, two, ...rest] = curl({ method: 'POST' }, body).split('\n');
    expect([one, two]).toEqual(["TOKEN='<token>'", "TOKEN_2='<token 2>'"]);
    expect(rest.join('\n').match(/"\$TOKEN\w*"/g)).toEqual(['"$TOKEN"', '"$TOKEN_2"', '"$TOKEN"']);
  });

  test('never reads an environment variable of the user, whatever a trace calls its secrets', () => {
    const mine = {
      AWS_SECRET_ACCESS_KEY: 'mine',
      PATH_TOKEN: 'mine',
      SECRET: 'mine',
      ACCESS_TOKEN: 'mine',
      HOME: '/mine',
    };
    const headers: Fields = [...Object.keys(mine), 'authorization'].map((name) => [name, '•••••• (8 characters)']);
    const all = curlArguments(curl({ headers }), mine);
    expect(all.filter((word) => word.includes('mine'))).toEqual([]);
    expect(all).toContain('authorization: <access token>');
  });

  test('leaves a missing or truncated body to be filled in', () => {
    const cut = maskBody(JSON.stringify({ a: ['x'.repeat(30_000), 'y'.repeat(30_000)] }), 'application/json');
    for (const body of [maskBody('<p>', 'text/html'), cut]) {
      expect(curl({ method: 'POST' }, body)).toBe(
        `BODY='<body>'\ncurl -X POST 'https://api.example/x' \\\n  --data-raw "$BODY"`,
      );
    }
  });

  test('drops the recorder’s own remarks from the headers, and lets no header make curl read a file', () => {
    const headers: Fields = [
      ['…', '3 more'],
      ['@/etc/passwd', 'x'],
      ['a b', 'x'],
      ['a\nb', 'x'],
      ['', 'x'],
      ['accept', '*/*'],
    ];
    expect(curlArguments(curl({ headers }))).toEqual(['https://api.example/x', '-H', 'accept: */*']);
  });

  const hostile = fc.oneof(
    fc.constantFrom(
      "it's",
      "'; rm -rf ~; '",
      '$(id) `id` $HOME \\ "!"',
      'two\nlines',
      '\r\nX-Injected: 1',
      '\u001b[201~',
      '\u0003',
      '\u202e',
      '@file',
      '#',
    ),
    fc.string({ unit: 'binary' }),
  );

  test('quotes whatever a server or a file says as one word, without terminal control characters', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', "'$(id)'", '-o'),
        hostile,
        hostile,
        hostile,
        (method, value, field, member) => {
          const url = `https://api.example/${value}`;
          const command = curl(
            { method, url, headers: [['x-a', value]] },
            { kind: 'json', text: JSON.stringify({ [field]: member }, undefined, 2) },
          );
          expect(command).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          const words = curlArguments(command).filter((word) => word !== '--globoff');
          expect(words).toHaveLength(7);
          expect(words.slice(0, 2)).toEqual(['-X', method]);
          expect([words[3], words[5]]).toEqual(['-H', '--data-raw']);
          expect(JSON.parse(words[6] ?? '')).toEqual(JSON.parse(JSON.stringify({ [field]: member })));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('passes any form to curl with its names and values unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 4 }), (pairs) => {
        const form = new URLSearchParams(pairs);
        const words = curlArguments(curl({ method: 'POST' }, { kind: 'form', fields: [...form] }));
        const sent = words.filter((_, place) => words[place - 1] === '--data-raw').join('&');
        expect([...new URLSearchParams(sent)]).toEqual([...form]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a request as fetch', () => {
  test('is code that says where to insert each secret', () => {
    const headers = maskHeaders({
      authorization: 'DPoP mF_9.B5f-4.1JqM-long-enough',
      dpop: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
    });
    const body = maskBody('code=SplxlOBeZQQYbYS6WxSbIA&scope=a b', FORM);
    expect(asFetch(requestOf({ method: 'POST', headers }), body)).toBe(
      [
        'const response = await fetch("https://api.example/x", {',
        '  method: "POST",',
        '  headers: [',
        '    ["authorization", "DPoP <access token>"],',
        '    ["dpop", "<DPoP proof>"],',
        '  ],',
        '  body: new URLSearchParams([',
        '    ["code", "<code>"],',
        '    ["scope", "a b"],',
        '  ]),',
        '});',
      ].join('\n'),
    );
  });

  test('calls fetch once with what was sent, for any text, in visible characters', () => {
    const hostile = fc.oneof(
      fc.constantFrom('"); alert(1); ("', '`${alert(1)}`', '\u2028', '</script>', '__proto__', '\\'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(hostile, hostile, (one, two) => {
        const url = maskUrl(`https://api.example/?q=${encodeURIComponent(one.replace(/\p{Cs}/gu, ''))}`);
        const body = { kind: 'json', text: JSON.stringify([one, two], undefined, 2) } as const;
        expect(asFetch(requestOf({ url, headers: [['__proto__', one]] }), body)).toMatch(/^[\x20-\x7e\n]*$/);
        const { init, ...sent } = fetched({ method: 'PUT', url, headers: [['__proto__', two]] }, body);
        expect(sent.url).toBe(url);
        expect(init.method).toBe('PUT');
        expect(init.headers).toEqual([['__proto__', two.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')]]);
        expect(JSON.parse(String(init.body))).toEqual(JSON.parse(JSON.stringify([one, two])));
      }),
    );
  });
});
