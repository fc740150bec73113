import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';

import type { TraceBody } from '#trace/event.ts';
import { forgetSecrets, registerSecret } from '#trace/secret-registry.ts';
import { maskBody, maskHeaders, maskParameters, maskUrl, maskValue } from '#trace/mask.ts';
import { readMask } from '#trace/read-mask.ts';

const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';
const SECRETS = ['access_token', 'refresh_token', 'id_token', 'code', 'code_verifier', 'client_secret', 'token'];

const textOf = (body: TraceBody | undefined): string => (body?.kind === 'json' ? body.text : JSON.stringify(body));

beforeEach(forgetSecrets);

describe('secrets are masked when they are recorded', () => {
  test('keeps the length and the last four characters, so that two can be told apart', () => {
    expect(maskParameters(new URLSearchParams({ code: 'SplxlOBeZQQYbYS6WxSbIA', state: 'xyz' }))).toEqual([
      ['code', '••••••SbIA (22 characters)'],
      ['state', 'xyz'],
    ]);
  });

  test('shows only the length of a short secret', () => {
    expect(maskParameters(new URLSearchParams({ code: 'abcdefgh' }))).toEqual([['code', '•••••• (8 characters)']]);
  });

  test('masks the keys of an API by their member names', () => {
    const headers = new Headers({
      'x-api-key': 'sk_live_SECRET',
      'x-auth-token': 'SECRET',
      'idempotency-key': 'post-1',
    });
    const shown = maskHeaders(headers);
    expect(JSON.stringify(shown)).not.toContain('SECRET');
    expect(shown).toContainEqual(['idempotency-key', 'post-1']);
    expect(maskUrl('https://api.example/x?api_key=SECRET&sig=SECRET')).not.toContain('SECRET');
    expect(textOf(maskBody('{"auth":"SECRET","bearer":"SECRET","pwd":"SECRET"}', 'application/json'))).not.toContain(
      'SECRET',
    );
  });

  test('keeps the scheme of credentials in headers', () => {
    const headers = new Headers({ authorization: 'Bearer mF_9.B5f-4.1JqM-long-enough', accept: 'application/json' });
    expect(maskHeaders(headers)).toEqual([
      ['accept', 'application/json'],
      ['authorization', 'Bearer ••••••ough (27 characters)'],
    ]);
  });

  const secret = fc.stringMatching(/^[\w.~+/-]{8,80}$/);
  const name = fc.constantFrom(...SECRETS);

  test('masks every secret of 8 or more characters in a form, a URL, JSON at any depth, and a header', () => {
    fc.assert(
      fc.property(name, secret, (member, value) => {
        const seen = [
          textOf(maskBody(new URLSearchParams({ [member]: value }).toString(), FORM)),
          textOf(
            maskBody(JSON.stringify({ a: [{ [member]: value }], [member]: value }), 'application/json; charset=utf-8'),
          ),
          maskUrl(`https://as.example/callback?${new URLSearchParams({ [member]: value }).toString()}`),
          JSON.stringify(maskHeaders(new Headers({ authorization: `Bearer ${value}`, dpop: value, cookie: value }))),
        ];
        for (const text of seen) expect(text).not.toContain(value);
      }),
    );
  });

  test('masks a JWT anywhere, whatever its member is called', () => {
    const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl';
    expect(textOf(maskBody(JSON.stringify({ note: `see ${jwt}` }), 'application/json'))).not.toContain('eyJzdWIi');
    expect(maskUrl(`https://as.example/?hint=${jwt}#x=${jwt}`)).not.toContain('eyJzdWIi');
  });

  test('drops a body of another type, because secrets cannot be found in it', () => {
    const omitted = (size: number, mediaType: string) => ({ kind: 'omitted', size, mediaType });
    expect(maskBody('<p>secret</p>', 'text/html')).toEqual(omitted(13, 'text/html'));
    expect(maskBody('{"access_token":', 'application/json')).toEqual(omitted(16, 'application/json'));
    expect(maskBody('{"a":1}', null)).toEqual(omitted(7, ''));
    expect(maskBody('', null)).toBeUndefined();
  });

  test('keeps at most 32 KiB of a body', () => {
    const long = Object.fromEntries(Array.from({ length: 200 }, (_, place) => [place, 'x'.repeat(500)]));
    const kept = textOf(maskBody(JSON.stringify(long), 'application/json'));
    expect(kept.slice(0, 32 * 1024)).toContain('xxx');
    expect(kept.slice(32 * 1024)).toMatch(/^… \(\d+ characters\)$/);
  });

  test('does not read a body of more than 256 KiB', () => {
    const body = JSON.stringify({ a: 'x'.repeat(300_000) });
    expect(maskBody(body, 'application/json')).toMatchObject({ kind: 'omitted', size: body.length });
  });

  test('limits an event without its body to 2 KB, whatever a server sends', () => {
    const headers = new Headers(Array.from({ length: 300 }, (_, place) => [`x-${place}`, 'y'.repeat(2_000)]));
    const shown = maskHeaders(headers);
    expect(JSON.stringify(shown).length).toBeLessThan(2_000);
    expect(shown.at(-1)).toEqual(['…', `${300 - shown.length + 1} more`]);
  });

  test('reads the remains of a masked secret back', () => {
    const [[, value] = ['', '']] = maskParameters(new URLSearchParams({ code: 'SplxlOBeZQQYbYS6WxSbIA' }));
    expect(readMask(value)).toEqual({ tail: 'SbIA', length: 22 });
    expect(readMask('anything else')).toBeUndefined();
  });

  test('keeps the first word of a credential only if it is a scheme', () => {
    const headers = { authorization: 'DPoP aaaaaaaa', 'x-api-key': 'SECRET-ONE two', cookie: 'SECRET three' };
    expect(maskHeaders(headers)).toEqual([
      ['authorization', 'DPoP •••••• (8 characters)'],
      ['x-api-key', '•••••• (14 characters)'],
      ['cookie', '•••••• (12 characters)'],
    ]);
  });

  test('masks lists, objects and long numbers with a secret name, but keeps error codes', () => {
    const body = { accessToken: ['SECRET'], token: { value: 'SECRET' }, otp: 123456789, error: { code: 404 } };
    const shown = textOf(maskBody(JSON.stringify(body), 'application/json'));
    expect(shown).not.toMatch(/SECRET|123456789/);
    expect(shown).toContain('"code": 404');
  });

  test('keeps a URL as written except for its secrets, including those in a nested URL', () => {
    const url = 'https://api.example/x?q=a%26b+c&flag&redirect_uri=https%3A%2F%2Fapp.example%2F';
    expect(maskUrl(url)).toBe(url);
    expect(maskUrl(`https://as.example/?redirect_uri=${encodeURIComponent('https://app.example/?code=SECRET')}`)).toBe(
      'https://as.example/?redirect_uri=https://app.example/?code=•••••• (6 characters)',
    );
  });

  test('does not mask a masked value again', () => {
    const once = maskParameters(new URLSearchParams({ code: 'SplxlOBeZQQYbYS6WxSbIA' }));
    expect(maskHeaders({ authorization: once[0]?.[1] ?? '' })[0]?.[1]).toBe(once[0]?.[1]);
    // Exactly as much as a mask may show.
    expect(maskHeaders({ dpop: '••••••SECRET (6 characters)' })[0]?.[1]).not.toContain('SECRET');
  });

  test('drops a deeply nested body, because indentation would multiply its size by a thousand', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(maskBody(nested(64), 'application/json')).toMatchObject({ kind: 'json' });
    expect(maskBody(nested(65), 'application/json')).toMatchObject({ kind: 'omitted', size: 130 });
  });
});

test('masks a recorded URL again once a value in it is known to be a secret', () => {
  const address = 'https://api.example/keys/q7Lk2Vt9Xw4Rb8Zn';
  expect(maskUrl(address)).toBe(address);
  registerSecret('q7Lk2Vt9Xw4Rb8Zn');
  expect(maskUrl(address)).toBe('https://api.example/keys/••••••b8Zn (16 characters)');
});

describe('a known secret', () => {
  const secret = 'q7Lk2Vt9Xw4Rb8Zn';

  test('shows none of its beginning where a long text is truncated', () => {
    registerSecret(secret);
    const before = 'x'.repeat(32 * 1024 - 10);
    expect(maskValue('note', before + secret)).toBe(`${before}••••••b8Zn`);
    expect(textOf(maskBody(JSON.stringify({ note: before + secret }), 'application/json'))).not.toContain('q7Lk');
  });

  test('is masked in the type of a dropped body', () => {
    registerSecret(secret);
    expect(maskBody('text', `text/${secret}`)).toMatchObject({ mediaType: 'text/••••••b8Zn (16 characters)' });
    expect(JSON.stringify(maskBody('text', `text/${'x'.repeat(90)}${secret}`))).not.toContain('q7Lk');
  });

  test('is masked as the name of a parameter or a field', () => {
    registerSecret(secret);
    const names = [secret, 'x'.repeat(95) + secret];
    for (const name of names) {
      const seen = [
        maskUrl(`https://api.example/?${name}=1&${name}=&${name}`),
        maskParameters(new URLSearchParams({ [name]: '1' })),
        maskBody(`${name}=1`, FORM),
      ];
      for (const shown of seen) expect(JSON.stringify(shown)).not.toContain('q7Lk');
    }
  });
});
