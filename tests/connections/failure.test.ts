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

describe('what a screen may know of a failure', () => {
  test('UI-2: of a registration, also how the server describes it', () => {
    expect(refusedAt('registration')).toMatchObject({
      serverError: 'invalid_redirect_uri',
      serverDescription: 'code abc is not known',
    });
  });

  test.each(['token-request', 'refresh', 'revocation', 'userinfo'] as const)(
    'TOK-7: of %s only its name, since a server may repeat in words what it was sent',
    (step) => {
      expect(refusedAt(step)).toEqual({ code: 'oauth-error', step, serverError: 'invalid_redirect_uri' });
    },
  );

  test('nothing of a fault of the app itself', () => {
    expect(signInFailureOf(new TypeError('x is undefined'))).toBeUndefined();
  });
});

test('API-9: a failure tells whether the request proved a key: browsers ask for leave to send that', () => {
  const failure = signInFailureOf(
    new OAuthError('unreachable', 'no answer', { step: 'token-request', hadProof: true }),
  );
  expect(failure).toEqual({ code: 'unreachable', step: 'token-request', hadProof: true });
});
