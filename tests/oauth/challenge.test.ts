import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tokenChallenge, parseChallenges } from '#oauth/challenge.ts';

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

  test.each([
    'Bearer realm="open',
    '"quoted"',
    'Bearer a=1 b=2',
    'Bearer a="1", a="2"',
    '=',
    'Bearer @',
    'Bearer realm="x"y',
  ])('ignores a malformed header: %s', (header) => {
    expect(parseChallenges(header)).toEqual([]);
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
    expect(parseChallenges(`Bearer ${'a=",'.repeat(20_000)}`)).toEqual([]);
  });
});
