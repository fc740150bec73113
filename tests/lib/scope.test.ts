/** Scope tokens (RFC 6749 §3.3). */
import { expect, test } from 'vitest';
import { isScopeToken, splitScope } from '#lib/scope.ts';

test('a scope token has neither spaces, quotes, backslashes nor characters outside ASCII', () => {
  expect(['a', 'posts:write', 'https://api.example/a#b', '!~'].filter((name) => !isScopeToken(name))).toEqual([]);
  expect(['', 'a b', 'a"b', 'a\\b', 'ä', 'a\n'].filter(isScopeToken)).toEqual([]);
});

test('a scope is split at its spaces, however many there are', () => {
  expect(splitScope(' a  b c ')).toEqual(['a', 'b', 'c']);
  expect(splitScope('')).toEqual([]);
});
