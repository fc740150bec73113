import { describe, expect, test } from 'vitest';

import { signInFailureOf } from '#connections/failure.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { ProtocolStep } from '#oauth/protocol-step.ts';

const refusedAt = (step: ProtocolStep) =>
  signInFailureOf(
    new OAuthError('oauth-error', 'refused', {
      step,
      serverError: 'invalid_redirect_uri',
      serverDescription: 'code abc is not known',
    }),
  );

describe('what a screen gets to know of a failure', () => {
  test('UI-2: includes the server’s description of a registration error', () => {
    expect(refusedAt('registration')).toMatchObject({
      serverError: 'invalid_redirect_uri',
      serverDescription: 'code abc is not known',
    });
  });

  test.each(['token-request', 'refresh', 'revocation', 'userinfo'] as const)(
    'TOK-7: contains only the error name for %s, because the description may repeat secrets',
    (step) => {
      expect(refusedAt(step)).toEqual({ code: 'oauth-error', step, serverError: 'invalid_redirect_uri' });
    },
  );

  test('contains nothing of an internal error', () => {
    expect(signInFailureOf(new TypeError('x is undefined'))).toBeUndefined();
  });
});

test('API-9: says whether the request carried a DPoP proof, because browsers send a preflight for it', () => {
  const failure = signInFailureOf(
    new OAuthError('unreachable', 'no answer', { step: 'token-request', hadProof: true }),
  );
  expect(failure).toEqual({ code: 'unreachable', step: 'token-request', hadProof: true });
});
