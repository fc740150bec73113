import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { indentedJson } from '#features/console/indented-json.ts';
import { scopeOffer } from '#features/console/offered-scopes.ts';
import { readResponse, SHOWN_CHARACTERS } from '#features/console/shown-response.ts';
import { birdsong, connectionView } from '#tests/support/views.ts';

const read = (body: BodyInit | null, type?: string) => {
  const response = new Response(body === null ? null : new Blob([body as string]), {
    headers: type === undefined ? {} : { 'content-type': type },
  });
  return readResponse({ response, durationMs: 5, rejection: undefined });
};

describe('JSON with one member per line', () => {
  it('is the output of JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const again = JSON.stringify(JSON.parse(JSON.stringify(value)), undefined, 2);
        expect(indentedJson(JSON.stringify(value), Infinity)?.text).toBe(again);
        expect(indentedJson(`\n${again}\t`, Infinity)?.text).toBe(again);
      }),
    );
  });

  it('keeps every value as received', () => {
    const json = '{"id":12345678901234567890,"id":1.0,"text":"\\u00e9, [ \\" ]"}';
    expect(indentedJson(json, Infinity)?.text).toBe(
      '{\n  "id": 12345678901234567890,\n  "id": 1.0,\n  "text": "\\u00e9, [ \\" ]"\n}',
    );
  });

  it('stops at its limit, at any depth', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const { text, isCut } = indentedJson(deep, 1_000) ?? {};
    expect([text?.length, isCut]).toEqual([1_000, true]);
  });

  it.each(['', '{', '{"a":1,}', '<p>'])('is not available for %j', (text) => {
    expect(indentedJson(text, Infinity)).toBeUndefined();
  });
});

describe('the body of a response', () => {
  it.each([
    ['{"a":1}', 'application/json', { kind: 'json', text: '{\n  "a": 1\n}', isCut: false }],
    ['{"a":1}', 'application/problem+json; charset=utf-8', { kind: 'json', text: '{\n  "a": 1\n}', isCut: false }],
    ['{"a":', 'application/json', { kind: 'text', text: '{"a":', isCut: false }],
    ['<b>x</b>', 'text/html', { kind: 'text', text: '<b>x</b>', isCut: false }],
    ['<svg/>', 'image/svg+xml', { kind: 'binary', type: 'image/svg+xml' }],
    ['x', 'application/octet-stream', { kind: 'binary', type: 'application/octet-stream' }],
    ['plain', undefined, { kind: 'text', text: 'plain', isCut: false }],
    ['a\0b', undefined, { kind: 'binary', type: undefined }],
    [null, undefined, { kind: 'none' }],
  ])('%j of %s', async (body, type, expected) => {
    expect((await read(body, type)).body).toEqual(expected);
  });

  it('is decoded with the charset of the response', async () => {
    const response = new Response(new Uint8Array([0xe9]), {
      headers: { 'content-type': 'text/plain; charset=latin1' },
    });
    expect((await readResponse({ response, durationMs: 0, rejection: undefined })).body).toMatchObject({ text: 'é' });
    expect((await read('é', 'text/plain; charset=klingon')).body).toMatchObject({ text: 'é' });
  });

  it('is truncated at 256 KB, at a character boundary, with its full size shown', async () => {
    const { body, size } = await read(`${'x'.repeat(SHOWN_CHARACTERS - 1)}🐦🐦`, 'text/plain');
    expect(body).toEqual({ kind: 'text', text: 'x'.repeat(SHOWN_CHARACTERS - 1), isCut: true });
    expect(size).toBe(SHOWN_CHARACTERS + 7);
  });
});

describe('API-7: the scopes to request after a rejection', () => {
  const connection = connectionView({ scope: ['openid', 'profile', 'posts:read'] });

  it('are those that the service names and has not granted', () => {
    const offer = scopeOffer({ kind: 'scope', missing: ['posts:read', 'posts:write'] }, connection, birdsong);
    expect(offer).toEqual({ kind: 'named', scopes: ['posts:write'] });
  });

  it('are none once all of them are granted, to avoid an endless loop', () => {
    expect(scopeOffer({ kind: 'scope', missing: ['posts:read'] }, connection, birdsong)).toEqual({
      kind: 'already-granted',
    });
  });

  it('are a choice of missing ones if the service names none', () => {
    const choices = [
      { label: 'Post for you', scopes: ['posts:write'] },
      { label: 'See your post statistics', scopes: ['stats:read'] },
      { label: undefined, scopes: ['offline_access'] },
    ];
    const unlasting = connectionView({
      ...connection,
      ...(connection.details && { details: { ...connection.details, hasRefreshToken: false } }),
    });
    expect(scopeOffer({ kind: 'unexplained' }, unlasting, birdsong)).toEqual({
      kind: 'choices',
      choices,
      isCertain: false,
    });
    expect(scopeOffer({ kind: 'scope', missing: [] }, connection, birdsong)).toMatchObject({ isCertain: true });
  });

  it('include no granted OpenID scopes that a server omits from its list', () => {
    const reader = connectionView({ scope: ['posts:read', 'posts:write', 'stats:read'] });
    expect(scopeOffer({ kind: 'unexplained' }, reader, birdsong)).toBeUndefined();
  });

  it('are none after other rejections, or if all are granted', () => {
    expect(scopeOffer(undefined, connection, birdsong)).toBeUndefined();
    expect(scopeOffer({ kind: 'token' }, connection, birdsong)).toBeUndefined();
    expect(scopeOffer({ kind: 'unexplained' }, connectionView(), birdsong)).toBeUndefined();
    expect(scopeOffer({ kind: 'unexplained' }, connection, undefined)).toBeUndefined();
  });
});
