/** REV-2: whether a revoked token is really of no use any more, as far as a call to the API can tell. */
import { expect, test, vi } from 'vitest';

import { createHttpClient } from '#connections/http/http-client.ts';
import { isTokenStillAccepted } from '#connections/disconnect/probe-revoked-token.ts';
import type { Grant } from '#connections/store/connection-state.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import { createRecorder } from '#trace/recorder.ts';

const SERVICE = { id: 'notices', name: 'Notices', resource: 'https://api.example/notices' };
const GRANT: Grant = {
  server: {
    issuer: 'https://as.example',
    authorization_endpoint: 'https://as.example/authorize',
    token_endpoint: 'https://as.example/token',
  },
  clientId: 'planner',
  scope: [],
  accessToken: 'revoked',
  obtainedAt: 0,
};

function tried(fetch: Fetch): Promise<boolean> {
  const http = createHttpClient({
    fetch,
    recorder: createRecorder(Date.now),
    now: Date.now,
    allowLoopbackHttp: false,
    dpop: { through: (plain) => plain },
  });
  return isTokenStillAccepted(http, { flow: 'a', kind: 'disconnect', service: 'Notices' }, SERVICE, GRANT);
}
const answering =
  (withToken: number, without: number): Fetch =>
  (_input, init) =>
    Promise.resolve(
      new Response(null, { status: new Headers(init?.headers).has('authorization') ? withToken : without }),
    );

test.each([
  ['answers with the token alone', 200, 401],
  ['forbids without the token', 200, 403],
  ['has nothing at that address, for who has a token', 404, 401],
  ['takes no such method, of who has a token', 405, 401],
])('REV-2: a revoked token still works where the API %s', async (_name, withToken, without) => {
  expect(await tried(answering(withToken, without))).toBe(true);
});

test.each([
  ['refuses it', 401, 401],
  ['is open to everybody', 200, 200],
  ['has nothing at that address for anybody', 404, 404],
  // Some APIs refuse a dead token this way, and a living one for want of a permission: there is no telling.
  ['forbids with the token', 403, 401],
  ['calls the request with the token malformed', 400, 401],
  ['has too many calls', 429, 401],
  ['is at fault', 500, 401],
  ['is not reached behind its proxy', 502, 401],
])('REV-2: nobody is told that it still works where the API %s', async (_name, withToken, without) => {
  expect(await tried(answering(withToken, without))).toBe(false);
});

test('an API that does not answer keeps nobody waiting for long', async () => {
  const deadline = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
  const hanging: Fetch = (_input, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => {
        reject(new DOMException('aborted', 'AbortError'));
      });
      deadline.abort();
    });
  const works = await tried(hanging);
  const patience = Math.min(...timeout.mock.calls.map(([milliseconds]) => milliseconds));
  timeout.mockRestore();
  expect(works).toBe(false);
  expect(patience).toBeLessThanOrEqual(5_000);
});
