/** A secret that was sent or received is recognized wherever a server repeats it. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';

import { forgetSecrets, redactKnown, registerSecret } from '#trace/secret-registry.ts';

const hidden = (text: string): string => redactKnown(text, ({ length }) => `[${length}]`);

beforeEach(forgetSecrets);

describe('a secret is recognized percent-encoded (RFC 3986 §2.1)', () => {
  const token = 'q7Lk+2Vt9/Xw4Rb8Zn==';

  test.for([
    ['as it is', 'q7Lk%2B2Vt9%2FXw4Rb8Zn%3D%3D'],
    ['in lower case', 'q7Lk%2b2Vt9%2fXw4Rb8Zn%3d%3d'],
    ['partly, as in a path', 'q7Lk%2B2Vt9/Xw4Rb8Zn%3D%3D'],
    ['partly, as in a query', 'q7Lk%2B2Vt9%2FXw4Rb8Zn=='],
    ['twice, in a nested URL', 'q7Lk%252B2Vt9%252FXw4Rb8Zn%253D%253D'],
  ])('%s', ([, written = '']) => {
    registerSecret(token);
    expect(hidden(`<https://api.example/keys/${written}>; rel="next"`)).toBe(
      '<https://api.example/keys/[20]>; rel="next"',
    );
  });

  test('with any printable ASCII characters (RFC 6749 §A.12)', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21-\x7e]{40,80}$/), (secret) => {
        forgetSecrets();
        registerSecret(secret);
        for (const written of [secret, encodeURIComponent(secret), new URLSearchParams({ '': secret }).toString()]) {
          expect(hidden(`/ü/${written}/`)).toMatch(/^\/ü\/=?\[\d+\]\/$/);
        }
      }),
    );
  });

  test('however long a hostile server makes it', () => {
    registerSecret('+'.repeat(100_000));
    expect(hidden('%2B'.repeat(100_000))).toBe('[100000]');
  });

  test('but a URL without it is unchanged', () => {
    registerSecret(token);
    expect(hidden('https://api.example/keys/a%2Bb%20c')).toBe('https://api.example/keys/a%2Bb%20c');
  });
});

describe('a secret that is a prefix of another', () => {
  const access = 'access-7Lk2Vt9';
  const refresh = `${access}.refresh-Xw4Rb8Zn`;

  test.for([
    ['first', [access, refresh]],
    ['last', [refresh, access]],
  ] as const)('learned %s, leaves nothing of the longer one readable', ([, secrets]) => {
    secrets.forEach(registerSecret);
    expect(hidden(`no ${refresh}, no ${access}`)).toBe('no [31], no [14]');
  });
});

test('the latest 16 secrets are known, however long the older ones are', () => {
  const oldest = 'the-oldest-and-the-longest-of-them';
  registerSecret(oldest);
  for (let place = 10; place < 26; place += 1) registerSecret(`a-later-one-${place}`);
  expect(hidden(`${oldest} a-later-one-10 a-later-one-25`)).toBe(`${oldest} [14] [14]`);
});

test('forgotten secrets are no longer recognized', () => {
  registerSecret('q7Lk2Vt9Xw4Rb8Zn');
  forgetSecrets();
  expect(hidden('q7Lk2Vt9Xw4Rb8Zn')).toBe('q7Lk2Vt9Xw4Rb8Zn');
});
