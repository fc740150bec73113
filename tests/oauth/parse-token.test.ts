import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';

import { parseToken } from '#oauth/parse-token.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('M-11: opaque or JWT', () => {
  test('decodes a JWT for display, whoever signed it', async () => {
    const token = await new SignJWT({ sub: 'ada', name: 'Ада 🐦' })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .sign(new Uint8Array(32));
    expect(parseToken(token)).toEqual({
      kind: 'jwt',
      header: { alg: 'HS256', typ: 'at+jwt' },
      claims: { sub: 'ada', name: 'Ада 🐦' },
    });
    expect(parseToken(new UnsecuredJWT({ sub: 'ada' }).encode())).toMatchObject({
      kind: 'jwt',
      header: { alg: 'none' },
    });
  });

  test.each([
    ['a random value', '2YotnFZFEjr1zCsicMWpAA'],
    ['three parts that are not JSON', 'one.two.three'],
    ['JSON that is not an object', `${part([])}.${part({})}.x`],
    ['a header without an algorithm', `${part({ typ: 'JWT' })}.${part({})}.x`],
    ['two parts', `${part({ alg: 'none' })}.${part({})}`],
    ['four parts', `${part({ alg: 'none' })}.${part({})}.x.y`],
    ['an encrypted JWT', `${part({ alg: 'dir' })}.x.y.z.w`],
    ['an empty string', ''],
  ])('%s is opaque', (_name, token) => {
    expect(parseToken(token)).toEqual({ kind: 'opaque' });
  });

  test('does not throw on any text', () => {
    fc.assert(fc.property(fc.string(), (token) => parseToken(token).kind === 'opaque'));
  });
});
