/** REV-2: detects whether the API still accepts a revoked token. */
import { expect, test, vi } from 'vitest';

import { createHttpClient } from '#connections/http/http-client.ts';
import { probeRevokedToken, type ProbeResult } from '#connections/disconnect/probe-revoked-token.ts';
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

function tried(fetch: Fetch): Promise<ProbeResult> {
  const http = createHttpClient({
    fetch,
    recorder: createRecorder(Date.now),
    now: Date.now,
    allowLoopbackHttp: false,
    dpop: { through: (plain) => plain },
  });
  return probeRevokedToken(http, { flow: 'a', kind: 'disconnect', service: 'Notices' }, SERVICE, GRANT);
}
const answering =
  (withToken: number, without: number): Fetch =>
  (_input, init) =>
    Promise.resolve(
      new Response(null, { status: new Headers(init?.headers).has('authorization') ? withToken : without }),
    );

test.each([
  ['responds with success only with the token', 200, 401],
  ['responds with 403 without the token', 200, 403],
  ['responds with 404 only with the token', 404, 401],
  ['responds with 405 only with the token', 405, 401],
])('REV-2: reports that a revoked token still works if the API %s', async (_name, withToken, without) => {
  expect(await tried(answering(withToken, without))).toBe('accepted');
});

test.each([
  ['accepts every request, with or without a token', 200, 200],
  ['responds with 404 to every request', 404, 404],
  // Some APIs reject a revoked token this way, and also a valid token that lacks a permission. The two cannot be told apart.
  ['responds with 403 to the token', 403, 401],
  ['reports that the request with the token is malformed', 400, 401],
  ['responds with 429', 429, 401],
  ['responds with a server error', 500, 401],
  ['is unreachable behind its proxy', 502, 401],
])('REV-2: does not report that a revoked token still works if the API %s', async (_name, withToken, without) => {
  expect(await tried(answering(withToken, without))).toBe('unknown');
});

test.each([401, 200])('D5: reports that the API rejects the token with 401 (without it: %i)', async (without) => {
  expect(await tried(answering(401, without))).toBe('rejected');
});

test('stops waiting for an API that does not respond', async () => {
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
  expect(works).toBe('unknown');
  expect(patience).toBeLessThanOrEqual(5_000);
});
