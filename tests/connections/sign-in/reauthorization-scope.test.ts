import { describe, expect, test } from 'vitest';

import { reauthorizationScope, effectiveScope } from '#connections/sign-in/reauthorization-scope.ts';

const first = ['openid', 'offline_access', 'notices:read'];

describe('AUTH-7: the scope of a new authorization request', () => {
  test('has the granted and the newly wanted scopes, each once', () => {
    expect(reauthorizationScope(['openid', 'notices:read'], first, ['notices:write', 'notices:read'])).toEqual([
      'openid',
      'notices:read',
      'notices:write',
    ]);
  });

  test('has the OpenID scopes, even if the server omits them from its list', () => {
    expect(reauthorizationScope(['notices:read'], first)).toEqual(['openid', 'offline_access', 'notices:read']);
  });

  test('has offline access, even if a refresh token was issued without it', () => {
    expect(reauthorizationScope(['openid', 'notices:read'], first, [], true)).toEqual([
      'offline_access',
      'openid',
      'notices:read',
    ]);
  });

  test('omits what the user has removed', () => {
    expect(reauthorizationScope(['openid'], first)).toEqual(['openid']);
  });

  test('has all first scopes if nothing was granted before', () => {
    expect(reauthorizationScope([], first, ['notices:write'])).toEqual([...first, 'notices:write']);
  });
});

describe('the effective scope, as displayed', () => {
  test('has the granted scopes, and the OpenID scopes that a server omits', () => {
    expect(effectiveScope(['notices:read'], first, true)).toEqual(['openid', 'offline_access', 'notices:read']);
    expect(effectiveScope(['openid', 'notices:read'], first, false)).toEqual(['openid', 'notices:read']);
  });

  test('has no offline access without a refresh token, and nothing if no scope is known', () => {
    expect(effectiveScope(['notices:read'], first, false)).not.toContain('offline_access');
    expect(effectiveScope([], first, true)).toEqual([]);
  });
});
