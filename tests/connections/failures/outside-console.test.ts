/** Calls from the console to a server in the field: what is sent, and what is said of a request that has no response. */
import { afterEach, beforeEach, expect, it } from 'vitest';

import { consoleCall } from '#api/console-call.ts';
import { ApiError } from '#api/errors.ts';
import { failureText } from '#features/console/failure-text.ts';
import { birdsong as network } from '#networks/birdsong.ts';
import type { Tab } from '#tests/support/browser.ts';
import { challenged, changed, json, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { connect, failureOf, openTab } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  tab = openTab();
});
afterEach(() => server.stop());

const REJECTED = challenged('Bearer error="invalid_token"');
const postsUrl = () => `${server.urls.resource}/posts`;
const fromConsole = (id: string) => consoleCall(tab, id);

it('D6: asks exactly the resource for the empty path', async () => {
  const id = await connect(tab, server);
  server.misbehave(server.urls.resource, json(200, { links: [] }));
  const { response } = await fromConsole(id)('');
  expect(await response.json()).toEqual({ links: [] });
  expect(tab.requests.at(-1)?.url).toBe(server.urls.resource);
});

it('E8: a POST whose response is lost has had its effect, is not sent again, and the console says that this may be', async () => {
  const id = await connect(tab, server);
  server.misbehave(postsUrl(), { kind: 'lost-answer' });
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'once' };
  const asked = server.count(postsUrl());
  const body = JSON.stringify({ text: 'Once' });
  const error = await failureOf(fromConsole(id)('posts', { method: 'POST', headers, body }));
  expect(server.count(postsUrl())).toBe(asked + 1);
  server.behave();
  expect((await network.list(tab.call(id))).posts.map(({ text }) => text)).toContain('Once');
  if (!(error instanceof ApiError)) throw error;
  expect(failureText('Birdsong', 'POST', error).text).toContain('may still have been processed, even more than once');
});

it.each<[string, Fault | undefined, string]>([
  ['there was no refresh', changed({ refresh_token: undefined }), 'token'],
  ['the refreshed token was rejected too', undefined, 'refreshed-token'],
])('E8: a rejected token: %s', async (_name, atToken, kind) => {
  if (atToken) server.misbehave(server.urls.token, atToken);
  const id = await connect(tab, server);
  const asked = server.count(server.urls.token);
  server.misbehave(postsUrl(), REJECTED);
  expect((await fromConsole(id)('posts')).rejection).toEqual({ kind });
  expect(server.count(server.urls.token) - asked).toBe(kind === 'token' ? 0 : 1);
});

it('E8: a token that the app threw away: the console does not say that the service rejected it', async () => {
  const id = await connect(tab, server);
  const record = (await tab.vault.all())[0];
  if (record?.state.kind !== 'connected') throw new Error('not connected');
  await tab.tokens.markKeyLost(id, record.state.grant.accessToken);
  const asked = server.requests.length;
  const error = await failureOf(fromConsole(id)('posts'));
  expect(error).toMatchObject({ code: 'needs-sign-in' });
  expect(server.requests).toHaveLength(asked);
  if (!(error instanceof ApiError)) throw error;
  expect(failureText('Birdsong', 'GET', error).text).not.toMatch(/reject|refuse/);
});
