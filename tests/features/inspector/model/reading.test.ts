import { describe, expect, it } from 'vitest';

import { challengesOf } from '#features/inspector/model/challenges.ts';
import { membersOf, membersOfText } from '#features/inspector/model/json-members.ts';
import { fieldDoc } from '#features/inspector/model/field-docs.ts';
import { describeEvent } from '#features/inspector/model/event-text.ts';
import { NOW } from '#tests/support/views.ts';

describe('the members of a JSON text', () => {
  it('are listed by path, with lists of words on one line', () => {
    const text = JSON.stringify({
      scopes: ['a', 'b'],
      cnf: { jkt: 'x' },
      keys: [{ kty: 'EC' }],
      none: null,
      empty: {},
    });
    expect(membersOfText(text)?.fields).toEqual([
      ['scopes', 'a, b'],
      ['cnf.jkt', 'x'],
      ['keys[0].kty', 'EC'],
      ['none', 'null'],
      ['empty', '{}'],
    ]);
  });

  it('end with the number of omitted ones', () => {
    const { fields, more } = membersOf(Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`m${at}`, at])));
    expect(fields).toHaveLength(120);
    expect(more).toBe(30);
  });

  it.each(['{"cut": "off', '"a word"', '12', ''])('are none if there are none: %s', (text) => {
    expect(membersOfText(text)).toBeUndefined();
  });
});

describe('the challenges of a response', () => {
  it('are parsed separately, including quotes and commas in values (RFC 9110 §11.6.1)', () => {
    const headers = [
      ['WWW-Authenticate', 'Bearer realm="a, b", error="invalid_token", DPoP algs="ES256 PS256", error=use_dpop_nonce'],
      ['content-type', 'Bearer x="no challenge"'],
    ] as const;
    expect(challengesOf(headers)).toEqual([
      {
        scheme: 'Bearer',
        parameters: [
          ['realm', 'a, b'],
          ['error', 'invalid_token'],
        ],
      },
      {
        scheme: 'DPoP',
        parameters: [
          ['algs', 'ES256 PS256'],
          ['error', 'use_dpop_nonce'],
        ],
      },
    ]);
  });
});

describe('the meaning of names and times', () => {
  it('finds a name by its path, by its last part, and without its language', () => {
    const meanings = { 'cnf.jkt': 'thumbprint', kty: 'family', client_name: 'name' };
    expect(fieldDoc(meanings, 'cnf.jkt')).toBe('thumbprint');
    expect(fieldDoc(meanings, 'keys[3].kty')).toBe('family');
    expect(fieldDoc(meanings, 'client_name#de-AT')).toBe('name');
    expect(fieldDoc(meanings, 'other')).toBeUndefined();
  });

  it('shows times relative to when the token was received', () => {
    const seconds = Math.floor(NOW / 1000);
    expect(describeEvent('exp', String(seconds + 60), seconds * 1000)).toMatch(/, 60 s later$/);
    expect(describeEvent('iat', String(seconds - 10), seconds * 1000)).toMatch(/, 10 s earlier$/);
    expect(describeEvent('expires_in', '3600', NOW)).toBe('60 min');
  });

  it.each([
    ['client_secret_expires_at', '0'],
    ['exp', 'soon'],
    ['exp', '1e300'],
    ['sub', '12'],
  ])('ignores an invalid time: %s %s', (name, value) => {
    expect(describeEvent(name, value, NOW)).toBeUndefined();
  });
});
