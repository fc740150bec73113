import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { resolveWithin } from '#api/resolve-within.ts';

const RESOURCE = 'https://api.example/v1';

describe('D6: the empty path is exactly the address of the resource', () => {
  test.each([
    ['https://api.example/v1', '', 'https://api.example/v1'],
    ['https://api.example/v1/', '', 'https://api.example/v1/'],
    ['https://api.example/v1?tenant=7', '', 'https://api.example/v1?tenant=7'],
    ['https://api.example', '', 'https://api.example/'],
    ['https://api.example/v1', '?limit=2', 'https://api.example/v1?limit=2'],
    ['https://api.example/v1?tenant=7', '?limit=2', 'https://api.example/v1?limit=2'],
    ['https://api.example/v1?tenant=7', '#top', 'https://api.example/v1?tenant=7#top'],
    ['https://api.example/v1?tenant=7', '.', 'https://api.example/v1/'],
  ])('%s and %j: %s', (resource, path, expected) => {
    expect(resolveWithin(resource, path)).toBe(expected);
  });
});

describe('API-2: a token is sent to its own origin and path only', () => {
  test.each([
    ['posts', 'https://api.example/v1/posts'],
    ['posts?limit=2', 'https://api.example/v1/posts?limit=2'],
    ['/v1/posts?cursor=2', 'https://api.example/v1/posts?cursor=2'],
    ['https://api.example/v1/posts?cursor=x', 'https://api.example/v1/posts?cursor=x'],
    ['https://api.example/v1', 'https://api.example/v1'],
  ])('resolves %j to %s', (path, expected) => {
    expect(resolveWithin(RESOURCE, path)).toBe(expected);
  });

  test.each([
    'https://evil.example/v1/posts',
    'http://api.example/v1/posts',
    'https://api.example:8443/v1/posts',
    'https://api.example/v1x/posts',
    'https://api.example/',
    'https://api.example@evil.example/v1/',
    'https://user:pass@api.example/v1/posts',
    '../admin',
    '/posts',
    'a/../../admin',
    '//evil.example/v1/',
    '\\\\evil.example',
    '%2e%2e/admin',
    'a/%2E%2E/%2e%2e/admin',
    'a%2f..%2fadmin',
    'javascript:alert(1)',
  ])('rejects %s before anything is sent', (path) => {
    expect(() => resolveWithin(RESOURCE, path)).toThrow(expect.objectContaining({ code: 'outside-connection' }));
  });

  test('compares only the path of a resource with a query', () => {
    const resource = `${RESOURCE}?tenant=7`;
    expect(resolveWithin(resource, 'posts')).toBe('https://api.example/v1/posts');
    for (const path of ['/posts', 'https://api.example/v1x', '/v1evil/posts']) {
      expect(() => resolveWithin(resource, path), path).toThrow(
        expect.objectContaining({ code: 'outside-connection' }),
      );
    }
  });

  test('keeps a resource whose path looks like another host on its own host', () => {
    expect(resolveWithin('https://api.example//evil.example', 'posts')).toBe('https://api.example//evil.example/posts');
  });

  test('returns a URL below the resource for any input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (path) => {
        let url: string;
        try {
          url = resolveWithin(RESOURCE, path);
        } catch {
          return;
        }
        expect(url.startsWith('https://api.example/v1')).toBe(true);
        expect(new URL(url).origin).toBe('https://api.example');
      }),
    );
  });
});
