import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { hasAuthorizationResponse, issuerMatches, readAuthorizationResponse } from '#oauth/callback.ts';

const read = (query: string) => readAuthorizationResponse(new URLSearchParams(query));

describe('parsing an authorization response', () => {
  test('accepts a code, with and without iss (RFC 6749 §4.1.2, RFC 9207 §2)', () => {
    expect(read('code=SplxlOBeZQQYbYS6WxSbIA&state=xyz')).toEqual({
      kind: 'code',
      state: 'xyz',
      code: 'SplxlOBeZQQYbYS6WxSbIA',
    });
    expect(read('code=x1848ZT64p4IirMPT0R-X3141MFPTuBX&state=s&iss=https%3A%2F%2Fhonest.as.example')).toMatchObject({
      iss: 'https://honest.as.example',
    });
  });

  test('reads an error with its description as short plain text (CB-9)', () => {
    expect(
      read('error=access_denied&state=s&error_description=%3Cb%3Eno%3C%2Fb%3E%0A%00now&error_uri=javascript:1'),
    ).toEqual({
      kind: 'error',
      state: 's',
      error: 'access_denied',
      description: '<b>no</b>  now',
    });
    const long = read(`error=x&state=s&error_description=${'a'.repeat(10_000)}`);
    expect(long.kind === 'error' && long.description).toHaveLength(300);
  });

  test.each([
    ['code=a&code=b&state=s', 'repeated-parameter'],
    ['code=a&state=s&utm=1&utm=2', 'repeated-parameter'],
    ['code=a', 'no-state'],
    ['code=a&state=', 'no-state'],
    ['state=s&code=c&error=access_denied', 'code-and-error'],
    ['state=s', 'neither-code-nor-error'],
    ['state=s&code=', 'neither-code-nor-error'],
    ['access_token=t&state=s&code=a', 'foreign-response'],
    ['id_token=t&state=s', 'foreign-response'],
    ['response=jwt', 'foreign-response'],
  ])('rejects %s: %s', (query, reason) => {
    expect(read(query)).toEqual({ kind: 'unusable', reason });
  });

  test('E8: a code beside an error is no denial by the user', () => {
    expect(read('error=access_denied&code=c&state=s').kind).toBe('unusable');
    expect(read('error=access_denied&code=&state=s')).toMatchObject({ kind: 'error', error: 'access_denied' });
  });

  test('ignores unknown parameters', () => {
    expect(read('code=a&state=s&session_state=zzz&foo=bar')).toEqual({ kind: 'code', state: 's', code: 'a' });
  });

  test('does not treat a bare visit of the callback page as a response', () => {
    expect(hasAuthorizationResponse(new URLSearchParams('utm_source=x'))).toBe(false);
    expect(hasAuthorizationResponse(new URLSearchParams('state=x'))).toBe(true);
  });

  test('CB-2: never accepts a repeated parameter or a code without state, for any parameters', () => {
    const names = fc.constantFrom('code', 'state', 'iss', 'error', 'error_description', 'id_token', 'other');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string())), (pairs) => {
        const response = readAuthorizationResponse(new URLSearchParams(pairs));
        const given = (name: string): string[] => pairs.filter(([other]) => other === name).map(([, value]) => value);
        if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
          expect(response).toEqual({ kind: 'unusable', reason: 'repeated-parameter' });
        }
        if (response.kind === 'code') {
          expect([response.code, response.state]).toEqual([given('code')[0], given('state')[0]]);
          expect(response.code && response.state).toBeTruthy();
        }
      }),
    );
  });
});

describe('CB-4: the issuer of a response', () => {
  const always = { issuer: 'https://as.example', authorization_response_iss_parameter_supported: true };
  test('must be equal, character by character', () => {
    expect(issuerMatches({ iss: 'https://as.example' }, always)).toBe(true);
    expect(issuerMatches({ iss: 'https://as.example/' }, always)).toBe(false);
    expect(issuerMatches({ iss: 'https://AS.example' }, always)).toBe(false);
  });
  test('is required if the server promises to send it; an unadvertised one must match', () => {
    expect(issuerMatches({}, always)).toBe(false);
    expect(issuerMatches({}, { issuer: 'https://as.example' })).toBe(true);
    expect(issuerMatches({ iss: 'https://other.example' }, { issuer: 'https://as.example' })).toBe(false);
  });
});
