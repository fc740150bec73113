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

test('REV-5: names the app and the way back, keeps the endpoint’s own query, and carries no token', () => {
  const url = endSessionUrl({ end_session_endpoint: endpoint }, { clientId: 'app', postLogoutRedirect }, false);
  expect(parametersOf(url)).toEqual([
    ['client_id', 'app'],
    ['post_logout_redirect_uri', 'https://planner.example/signed-out'],
    ['state', 'a-state'],
    ['tenant', '7'],
  ]);
});

test('REV-5: without a registered way back neither it nor a state is sent', () => {
  const url = endSessionUrl({ end_session_endpoint: 'https://as.example/logout' }, { clientId: 'app' }, false);
  expect(parametersOf(url)).toEqual([['client_id', 'app']]);
});

test.each([
  [undefined, false],
  ['javascript:alert(1)', true],
  ['http://as.example/logout', true],
  ['http://localhost:9/logout', false],
  ['https://user@as.example/logout', false],
])('REV-5: %s is no address to send a person to', (end_session_endpoint, allowLoopbackHttp) => {
  const server = omitUndefined({ end_session_endpoint });
  expect(endSessionUrl(server, { clientId: 'app' }, allowLoopbackHttp)).toBeUndefined();
});
