import { expect, test } from 'vitest';

import { codeChallengeOf, createCodeVerifier, generateRandomValue } from '#oauth/pkce.ts';

test('matches the example of RFC 7636 Appendix B', async () => {
  expect(await codeChallengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('AUTH-2, AUTH-3: generates verifiers and states of 32 octets in base64url, new every time', () => {
  const values = Array.from({ length: 50 }, () => [createCodeVerifier(), generateRandomValue()]).flat();
  expect(new Set(values).size).toBe(100);
  for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
});
