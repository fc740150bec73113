import { describe, expect, test } from 'vitest';

import { fetchUserInfo } from '#oauth/userinfo.ts';
import { testContext } from '#tests/support/flow-context.ts';

const server = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'https://as.example/token',
  userinfo_endpoint: 'https://as.example/me',
};
const request = { server, accessToken: 'the-token' };
const answering = (response: () => Response) => {
  const sent: Request[] = [];
  const context = testContext((input, init) => {
    sent.push(new Request(input, init));
    return Promise.resolve(response());
  });
  return { sent, context };
};

describe('M-13: userinfo, if no id_token identifies the user', () => {
  test('is requested with the token in Authorization only', async () => {
    const { sent, context } = answering(() => Response.json({ sub: 'ada', name: 'Ada', preferred_username: 'ada' }));
    expect(await fetchUserInfo(context, request)).toEqual({
      issuer: server.issuer,
      subject: 'ada',
      name: 'Ada',
      username: 'ada',
    });
    expect(sent.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
      ['https://as.example/me', 'Bearer the-token'],
    ]);
  });

  test('ID-6: is discarded if it is about another user', async () => {
    const { context } = answering(() => Response.json({ sub: 'eve', name: 'Ada' }));
    expect(await fetchUserInfo(context, { ...request, subject: 'ada' })).toBeUndefined();
    expect(context.checks).toEqual([{ rule: 'userinfo-subject-matches', outcome: 'failed' }]);
  });

  test.each([
    ['no sub', () => Response.json({ name: 'Ada' })],
    ['a sub that is neither a text nor a safe integer', () => Response.json({ sub: 7.5 })],
    ['a signed response', () => new Response('a.b.c', { headers: { 'content-type': 'application/jwt' } })],
    ['a rejection', () => Response.json({ error: 'invalid_token' }, { status: 401 })],
    ['a web page', () => new Response('<p>', { headers: { 'content-type': 'text/html' } })],
  ])('leaves the account without a name on %s, and the sign-in unaffected', async (_name, response) => {
    expect(await fetchUserInfo(answering(response).context, request)).toBeUndefined();
  });

  test('is not requested from a server without the endpoint', async () => {
    const { userinfo_endpoint: _none, ...plain } = server;
    expect(await fetchUserInfo(testContext(), { ...request, server: plain })).toBeUndefined();
  });
});
