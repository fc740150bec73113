import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { requiresDpop, hasMalformedChallenge, parseChallenges, tokenChallenge } from '#oauth/challenge.ts';

describe('API-4: parsing WWW-Authenticate (RFC 9110 §11.6.1)', () => {
  test.each([
    ['Bearer', [{ scheme: 'bearer', parameters: {} }]],
    [
      'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
      [
        {
          scheme: 'bearer',
          parameters: { realm: 'example', error: 'invalid_token', error_description: 'The access token expired' },
        },
      ],
    ],
    ['Bearer resource_metadata=https', [{ scheme: 'bearer', parameters: { resource_metadata: 'https' } }]],
    [
      'Bearer, DPoP algs="ES256 PS256"',
      [
        { scheme: 'bearer', parameters: {} },
        { scheme: 'dpop', parameters: { algs: 'ES256 PS256' } },
      ],
    ],
    [
      'Basic realm="a, b=\\"c\\"", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        { scheme: 'basic', parameters: { realm: 'a, b="c"' } },
        { scheme: 'newauth', parameters: { realm: 'apps', type: '1', title: 'Login to "apps"' } },
      ],
    ],
    [
      'Negotiate YWJjZGVm==, BEARER Scope="a b"',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'bearer', parameters: { scope: 'a b' } },
      ],
    ],
    [
      'Bearer error = "x" , , Digest',
      [
        { scheme: 'bearer', parameters: { error: 'x' } },
        { scheme: 'digest', parameters: {} },
      ],
    ],
  ])('%s', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });

  test('prefers the Bearer challenge that names a reason', () => {
    const header = 'Bearer realm="gateway", Bearer error="insufficient_scope", scope="a"';
    expect(tokenChallenge(header)?.parameters).toEqual({ error: 'insufficient_scope', scope: 'a' });
    expect(tokenChallenge('Basic, Bearer realm="one", Bearer realm="two"')?.parameters).toEqual({ realm: 'one' });
  });

  const bearer = (parameters: Record<string, string> = {}) => ({ scheme: 'bearer', parameters });
  test.each<[string, object[]]>([
    ['"quoted"', []],
    ['=', []],
    ['a="1", b="2"', []],
    ['Bearer realm="open', [bearer()]],
    ['Bearer a=1 b=2', [bearer({ a: '1', b: '2' })]],
    ['Bearer a="1", a="2"', [bearer({ a: '1' })]],
    ['Bearer @', [bearer()]],
    ['Bearer realm="x"y', [bearer({ realm: 'x' })]],
    ['Bearer scope=a b', [bearer({ scope: 'a' })]],
    ['Bearer resource_metadata=https://api.example/m?x', [bearer({ resource_metadata: 'https://api.example/m?x' })]],
    [
      'Bearer error="insufficient_scope", scope="a", resource_metadata=https://api.example/m',
      [bearer({ error: 'insufficient_scope', scope: 'a', resource_metadata: 'https://api.example/m' })],
    ],
    ['Bearer realm="a" error="b", scope="c"', [bearer({ realm: 'a', error: 'b', scope: 'c' })]],
    ['Basic @@, Bearer error="x"', [{ scheme: 'basic', parameters: {} }, bearer({ error: 'x' })]],
    ['@@, Bearer error="x"', [bearer({ error: 'x' })]],
    ['Bearer a="1" DPoP', [bearer({ a: '1' })]],
  ])('B5: what can be read of a malformed header is read: %s', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
    expect(hasMalformedChallenge(header)).toBe(true);
  });

  test.each([
    [', Bearer realm="x"', [bearer({ realm: 'x' })]],
    [',, ,Bearer,, Bearer realm="x" , ,', [bearer(), bearer({ realm: 'x' })]],
  ])('B5: an empty element of the list is no mistake (RFC 9110 §5.6.1.2): %s', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
    expect(hasMalformedChallenge(header)).toBe(false);
  });

  test('B5: a header that lists Bearer only in an unreadable part still demands bound tokens', () => {
    expect(requiresDpop('DPoP algs="ES256" Bearer')).toBe(true);
    expect(requiresDpop('DPoP algs=ES256, Bearer @')).toBe(false);
  });

  test('returns no challenge without a header', () => {
    expect(parseChallenges(null)).toEqual([]);
    expect(tokenChallenge('Basic realm="x"')).toBeUndefined();
  });

  const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
  const challenge = fc.record({
    scheme: token,
    parameters: fc.dictionary(token, fc.string(), { minKeys: 1, maxKeys: 4 }),
  });
  const quoted = (value: string): string => `"${value.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;

  test('reads back any well-formed challenge', () => {
    fc.assert(
      fc.property(fc.array(challenge, { minLength: 1, maxLength: 4 }), (challenges) => {
        const header = challenges
          .map(({ scheme, parameters }) => {
            const list = Object.entries(parameters).map(([name, value]) => `${name}=${quoted(value)}`);
            return `${scheme} ${list.join(', ')}`;
          })
          .join(', ');
        expect(parseChallenges(header)).toEqual(
          challenges.map((one) => ({ ...one, parameters: { ...one.parameters } })),
        );
      }),
    );
  });

  test('neither throws nor hangs on any text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (header) => parseChallenges(header).length >= 0));
    expect(parseChallenges(`Bearer ${'a=",'.repeat(20_000)}`)).toHaveLength(1);
    const many = Array.from({ length: 20_000 }, (_, index) => `p${index}=x`).join(' ');
    expect(Object.keys(parseChallenges(`Bearer ${many}`)[0]?.parameters ?? {})).toHaveLength(20_000);
  });
});
