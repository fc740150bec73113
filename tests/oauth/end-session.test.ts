import { expect, test } from 'vitest';

import { omitUndefined } from '#lib/omit-undefined.ts';
import { endSessionUrl } from '#oauth/end-session.ts';

const endpoint = 'https://as.example/logout?tenant=7&state=fixed';
const postLogoutRedirect = { uri: 'https://planner.example/signed-out', state: 'a-state' };

const parametersOf = (url: string | undefined): [string, string][] => {
  const { searchParams } = new URL(url ?? '');
  searchParams.sort();
  return [...searchParams];
};

test('REV-5: sends the client id and the return URI, keeps the endpoint’s own query, and sends no token', () => {
  const url = endSessionUrl({ end_session_endpoint: endpoint }, { clientId: 'app', postLogoutRedirect }, false);
  expect(parametersOf(url)).toEqual([
    ['client_id', 'app'],
    ['post_logout_redirect_uri', 'https://planner.example/signed-out'],
    ['state', 'a-state'],
    ['tenant', '7'],
  ]);
});

test('REV-5: sends neither a return URI nor a state if none is registered', () => {
  const url = endSessionUrl({ end_session_endpoint: 'https://as.example/logout' }, { clientId: 'app' }, false);
  expect(parametersOf(url)).toEqual([['client_id', 'app']]);
});

test.each([
  [undefined, false],
  ['javascript:alert(1)', true],
  ['http://as.example/logout', true],
  ['http://localhost:9/logout', false],
  ['https://user@as.example/logout', false],
])('REV-5: rejects %s as a URL to redirect to', (end_session_endpoint, allowLoopbackHttp) => {
  const server = omitUndefined({ end_session_endpoint });
  expect(endSessionUrl(server, { clientId: 'app' }, allowLoopbackHttp)).toBeUndefined();
});
