import { expect, test } from 'vitest';

import { authorizationParameters, authorizationUrl } from '#oauth/authorize.ts';

const server = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize?tenant=7&state=fixed',
  token_endpoint: 'https://as.example/token',
};
const request = {
  clientId: 'app',
  redirectUri: 'https://planner.example/callback',
  scope: ['posts:read', 'posts:write'],
  state: 'a-state',
  codeChallenge: 'a-challenge',
};

test('AUTH-1, AUTH-2, AUTH-5: sends code and S256, keeps the endpoint’s own query, and repeats no parameter', () => {
  const { searchParams } = new URL(authorizationUrl(server, authorizationParameters(request)));
  searchParams.sort();
  expect([...searchParams]).toEqual([
    ['client_id', 'app'],
    ['code_challenge', 'a-challenge'],
    ['code_challenge_method', 'S256'],
    ['redirect_uri', 'https://planner.example/callback'],
    ['response_type', 'code'],
    ['scope', 'posts:read posts:write'],
    ['state', 'a-state'],
    ['tenant', '7'],
  ]);
});

test('AUTH-6: sends the resource exactly as published', () => {
  const url = authorizationUrl(server, authorizationParameters({ ...request, resource: 'https://api.example' }));
  expect(new URL(url).searchParams.get('resource')).toBe('https://api.example');
});

test('AUTH-9: sends prompt=consent with offline_access if OpenID Connect is used', () => {
  const promptOf = (...scope: string[]) =>
    new URL(authorizationUrl(server, authorizationParameters({ ...request, scope }))).searchParams.get('prompt');
  expect(promptOf('openid', 'offline_access')).toBe('consent');
  expect(promptOf('offline_access')).toBeNull();
  expect(promptOf('openid')).toBeNull();
});

test('API-8: sends the authentication requirements of the challenge', () => {
  const authentication = { acrValues: 'strong stronger', maxAge: 0 };
  const { searchParams } = new URL(authorizationUrl(server, authorizationParameters({ ...request, authentication })));
  expect([searchParams.get('acr_values'), searchParams.get('max_age')]).toEqual(['strong stronger', '0']);
});

test('API-8: requests a new login for a challenge without requirements', () => {
  const promptOf = (...scope: string[]) =>
    new URL(
      authorizationUrl(server, authorizationParameters({ ...request, scope, authentication: {} })),
    ).searchParams.get('prompt');
  expect(promptOf('openid')).toBe('login');
  expect(promptOf('openid', 'offline_access')).toBe('login consent');
  expect(promptOf('posts:read')).toBeNull();
});
