import { describe, expect, test } from 'vitest';

import { reauthorizationScope, effectiveScope } from '#connections/sign-in/reauthorization-scope.ts';

const first = ['openid', 'offline_access', 'notices:read'];

describe('AUTH-7: what is asked for again', () => {
  test('what was granted, and what is wanted beside it, once', () => {
    expect(reauthorizationScope(['openid', 'notices:read'], first, ['notices:write', 'notices:read'])).toEqual([
      'openid',
      'notices:read',
      'notices:write',
    ]);
  });

  test('OpenID’s scopes too, where the server leaves them out of its list', () => {
    expect(reauthorizationScope(['notices:read'], first)).toEqual(['openid', 'offline_access', 'notices:read']);
  });

  test('offline access too, where a refresh token was given under another name', () => {
    expect(reauthorizationScope(['openid', 'notices:read'], first, [], true)).toEqual([
      'offline_access',
      'openid',
      'notices:read',
    ]);
  });

  test('what a person took out stays out', () => {
    expect(reauthorizationScope(['openid'], first)).toEqual(['openid']);
  });

  test('all of the first, where nothing is known', () => {
    expect(reauthorizationScope([], first, ['notices:write'])).toEqual([...first, 'notices:write']);
  });
});

describe('what a grant covers, as it is shown', () => {
  test('is what it names, and what a server leaves out of its list of OpenID’s scopes', () => {
    expect(effectiveScope(['notices:read'], first, true)).toEqual(['openid', 'offline_access', 'notices:read']);
    expect(effectiveScope(['openid', 'notices:read'], first, false)).toEqual(['openid', 'notices:read']);
  });

  test('is no staying connected without a refresh token, and nothing where nothing is named', () => {
    expect(effectiveScope(['notices:read'], first, false)).not.toContain('offline_access');
    expect(effectiveScope([], first, true)).toEqual([]);
  });
});
