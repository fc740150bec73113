/** What real servers send that the specifications do not foresee; tests/corpus has the documents themselves. */
import { describe, expect, it } from 'vitest';

import { authorizationUrl, pushedParameters } from '#oauth/authorize.ts';
import { foreignErrorText } from '#oauth/error-description.ts';
import { identityOfClaims, subjectIn } from '#oauth/identity.ts';
import { parseSafeUrl } from '#oauth/safe-url.ts';
import { sanitizeText } from '#oauth/sanitize-text.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { stepUpChallenge } from '#oauth/step-up-challenge.ts';

describe('C6: errors of a form of their own', () => {
  it.each([
    [{ error: { message: 'too long' } }, 'too long'],
    [{ message: 'Registration is disabled' }, 'Registration is disabled'],
    [{ detail: 'Not here' }, 'Not here'],
    [{ detail: [{ msg: 'invalid URL' }] }, 'invalid URL'],
    [{ detail: [{ message: 'invalid URL' }, { msg: 'second' }] }, 'invalid URL'],
    [{ error: { message: 7 }, message: 'told beside it' }, 'told beside it'],
    [{ error: 'invalid_request', message: 'beside a named error' }, undefined],
    [{ error: null, message: '', detail: [] }, undefined],
    [{}, undefined],
  ])('C6: %j says %j', (body, text) => {
    expect(foreignErrorText(body)).toBe(text);
  });
});

describe('D2: who a user is', () => {
  it.each([
    [12345, '12345'],
    [0, '0'],
    [-3, '-3'],
    [2 ** 53, undefined],
    [1.5, undefined],
    ['', undefined],
    [null, undefined],
  ])('D2: a sub of %j is %j', (sub, subject) => {
    expect(subjectIn(sub).subject).toBe(subject);
  });

  it.each([
    [{ given_name: 'Ada', family_name: 'Lovelace' }, 'Ada Lovelace'],
    [{ family_name: 'Lovelace', nickname: 'ada' }, 'Lovelace'],
    [{ nickname: 'ada' }, 'ada'],
    [{ name: ' ', given_name: '', nickname: 'ada' }, 'ada'],
    [{ name: 'Ada L.', given_name: 'Ada' }, 'Ada L.'],
    [{ given_name: 7 }, undefined],
  ])('D2: %j is named %j', (claims, name) => {
    expect(identityOfClaims('https://as.example', { sub: 'u', ...claims }).name).toBe(name);
  });

  it('D2: a name is never cut inside a surrogate pair, and loses bidi and zero-width controls', () => {
    expect(sanitizeText('a😀b', 2)).toBe('a');
    expect(sanitizeText('a😀b', 3)).toBe('a😀');
    expect(sanitizeText('Ada\u202Eevil\u2066\u200B\uFEFF\u061C')).toBe('Adaevil');
    expect(sanitizeText('\u200B\u2069')).toBeUndefined();
  });
});

describe('D4: a step-up under another name', () => {
  it.each(['insufficient_user_authentication', 'insufficient_authentication_context', 'insufficient_claims'])(
    'D4: %s asks for another sign-in',
    (error) => {
      const header = `Bearer error="${error}", acr_values="urn:2fa", max_age=300`;
      expect(stepUpChallenge(header)).toEqual({ acrValues: 'urn:2fa', maxAge: 300 });
    },
  );

  it('D4: invalid_token with the same parameters does not', () => {
    expect(stepUpChallenge('Bearer error="invalid_token", acr_values="urn:2fa", max_age=300')).toBeUndefined();
  });
});

describe('E6: URLs that are not what they look like', () => {
  it.each([
    'http:/\t/\nhost/token\0',
    'https://a.example/\ttoken',
    'https://a\n.example/',
    ' https://a.example/',
    'https://a.example/ ',
  ])('E6: %j is not a safe URL', (url) => {
    expect(parseSafeUrl(url, true)).toBeUndefined();
  });

  it('E6: with PAR, the endpoint’s own query says nothing beside request_uri', () => {
    const server = {
      issuer: 'https://as.example',
      authorization_endpoint:
        'https://as.example/authorize?tenant=1&state=s&redirect_uri=https%3A%2F%2Fevil.example&scope=all',
    } as ServerMetadata;
    const url = new URL(authorizationUrl(server, pushedParameters('client', 'urn:request:1')));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '1',
      client_id: 'client',
      request_uri: 'urn:request:1',
    });
  });
});
