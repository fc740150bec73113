import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { tamper } from '#app/attack-demos/tamper.ts';
import { isDemoNetwork } from '#app/attack-demos/is-demo-network.ts';
import { runScenario } from '#app/attack-demos/run-scenario.ts';
import type { SignInScenario } from '#connections/sign-in/attack-scenario.ts';
import type { SignInOutcome } from '#connections/sign-in/sign-in-outcome.ts';
import { consent, locationOf } from '#tests/birdsong/client.ts';
import { startBirdsong, type BirdsongServer } from '#tests/support/birdsong-server.ts';
import { openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';

let server: BirdsongServer;
beforeEach(async () => {
  server = await startBirdsong();
});
afterEach(() => server.stop());

async function callbackOf(tab: Tab, scenario?: SignInScenario): Promise<URL> {
  const service = serviceAt(server.resource);
  const url = await tab.start({ service, scope: service.firstScopes, ...(scenario && { scenario }) });
  return locationOf(await consent(new URL(url)));
}

/** Starts a sign-in for a demo, and returns its response after the attack. */
async function tried(tab: Tab, scenario: SignInScenario): Promise<SignInOutcome> {
  const callback = await callbackOf(tab, scenario);
  const begun = tab.pending.peek(callback.searchParams.get('state') ?? '');
  expect(begun?.lesson).toBe(scenario);
  const tag = { flow: begun?.flow ?? '', kind: 'attack-demo', service: 'Birdsong' } as const;
  return tab.finish(callback, (way) => tamper(scenario, tag, way));
}

/** The events since the attack. */
function afterMeddling(tab: Tab) {
  const events = tab.recorder.events();
  return events.slice(events.findIndex(({ type }) => type === 'tampered'));
}
const failedRules = (tab: Tab): string[] =>
  tab.recorder.events().flatMap((event) => (event.type === 'check' && event.outcome === 'failed' ? event.rule : []));
const tokenRequests = (tab: Tab): Request[] => tab.requests.filter(({ url }) => url === server.urls.token);

async function connected(tab: Tab): Promise<string> {
  const outcome = await tab.finish(await callbackOf(tab));
  expect(outcome.kind).toBe('connected');
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

describe('M-16: a demo runs for real, and a check detects the attack', () => {
  test('another state: this tab started no such sign-in, and the code is sent nowhere (CB-3)', async () => {
    const tab = openBrowser().openTab();
    expect(await tried(tab, 'changed-state')).toEqual({ kind: 'invalid-response', reason: 'unknown-state' });
    expect(failedRules(tab)).toEqual(['state-is-known']);
    expect(tokenRequests(tab)).toEqual([]);
    expect(afterMeddling(tab)[0]).toMatchObject({ what: 'state', kind: 'attack-demo', service: 'Birdsong' });
  });

  test('another issuer: it is not the expected one, and the code is sent nowhere (CB-6)', async () => {
    const tab = openBrowser().openTab();
    expect(await tried(tab, 'wrong-issuer')).toMatchObject({
      kind: 'issuer-mismatch',
      expected: server.issuer,
      actual: 'https://attacker.invalid',
    });
    expect(failedRules(tab)).toEqual(['response-issuer-matches']);
    expect(tokenRequests(tab)).toEqual([]);
    expect(afterMeddling(tab)[0]).toMatchObject({ what: 'iss', from: server.issuer, to: 'https://attacker.invalid' });
  });

  test('no verifier: the rest of the request is unchanged, and the server issues no token (RFC 7636 §4.6)', async () => {
    const tab = openBrowser().openTab();
    expect(await tried(tab, 'missing-verifier')).toMatchObject({ kind: 'failed', serverError: 'invalid_request' });
    const [request, ...others] = tokenRequests(tab);
    expect(others).toEqual([]);
    const names = [...new URLSearchParams(await request?.text()).keys()];
    expect(names).toEqual(['grant_type', 'code', 'client_id', 'redirect_uri', 'resource']);
    expect(failedRules(tab)).toEqual([]);
    expect(afterMeddling(tab)[0]).toMatchObject({ what: 'code_verifier', to: 'none' });
  });

  test('a code twice: the second use is rejected, and the tokens of the first are revoked (RFC 6749 §4.1.2)', async () => {
    const answers: Response[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await globalThis.fetch(input, init);
      answers.push(response.clone());
      return response;
    };
    const tab = openBrowser({ fetch }).openTab();
    expect(await tried(tab, 'replayed-code')).toMatchObject({ kind: 'failed', serverError: 'invalid_grant' });
    const bodies = await Promise.all(tokenRequests(tab).map((request) => request.text()));
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBe(bodies[1]);
    const stolen = answers.find(({ url, ok }) => url === server.urls.token && ok);
    const token = /"access_token":"([^"]+)"/.exec((await stolen?.text()) ?? '')?.[1] ?? 'none was given';
    expect(token.length).toBeGreaterThan(20);
    const call = await globalThis.fetch(`${server.resource}/posts`, { headers: { authorization: `Bearer ${token}` } });
    expect(call.status).toBe(401);
  });

  test.each(['changed-state', 'wrong-issuer', 'missing-verifier', 'replayed-code'] as const)(
    '%s: is recorded in one flow, without a secret; nothing is connected, and the next sign-in is unaffected',
    async (scenario) => {
      const tab = openBrowser().openTab();
      await tried(tab, scenario);
      const events = tab.recorder.events();
      expect(new Set(events.map(({ flow, kind }) => `${kind} ${flow}`)).size).toBe(1);
      expect(events[0]?.kind).toBe('attack-demo');
      const told = JSON.stringify(events);
      for (const request of tokenRequests(tab)) {
        const sent = new URLSearchParams(await request.text());
        for (const name of ['code', 'code_verifier']) {
          const secret = sent.get(name);
          if (secret !== null) expect(told).not.toContain(secret);
        }
      }
      expect(tab.store.views() ?? []).toEqual([]);
      await connected(tab);
      expect(tab.recorder.events().filter(({ type }) => type === 'tampered')).toHaveLength(1);
    },
  );

  test('an old refresh token: it is rejected, and the connection continues with the newest (RFC 9700 §4.14.2)', async () => {
    const tab = openBrowser().openTab();
    const id = await connected(tab);
    const service = serviceAt(server.resource);
    const signIns = { start: () => Promise.reject(new Error('an attack demo about a token signs in nowhere')) };
    const deps = { ...tab, connections: tab.store, service, appUrl: `${server.origin}/`, signIns };
    const flow = await runScenario(deps, 'old-refresh-token', id);
    expect(afterMeddling(tab).map(({ type }) => type)).toEqual(['tampered', 'request', 'response']);
    expect(afterMeddling(tab).at(-1)).toMatchObject({ flow, kind: 'attack-demo', step: 'refresh', status: 400 });
    // The token that replaced it is recorded, as the demo needs.
    const refreshes = tab.recorder
      .events()
      .filter((event) => event.type === 'request' && event.step === 'refresh' && event.cause === flow);
    expect(refreshes).toHaveLength(2);
    expect((await tab.call(id)('posts', {})).status).toBe(200);
    await tab.tokens.resume(id);
    expect(tab.store.views()?.[0]?.status.kind).toBe('connected');
  });
});

describe('demos run on the demo network only', () => {
  const appUrl = 'https://planner.example/app/';
  test.each([
    ['the demo network', 'https://planner.example/app/birdsong/api', true],
    ['a service on another host', 'https://birdsong.example/app/birdsong/api', false],
    ['another service on this host', 'https://planner.example/api', false],
    ['one whose path only starts the same', 'https://planner.example/app/birdsong-too/api', false],
    ['one that leaves the folder again', 'https://planner.example/app/birdsong/../api', false],
  ])('%s', (_what, resource, isAllowed) => {
    expect(isDemoNetwork({ service: { resource } }, appUrl)).toBe(isAllowed);
  });

  test('a server elsewhere is not the demo network, whatever the service', () => {
    const service = { resource: `${appUrl}birdsong/api` };
    const at = (place: string) => ({
      issuer: place,
      authorization_endpoint: `${place}/authorize`,
      token_endpoint: `${place}/token`,
    });
    expect(isDemoNetwork({ service, server: at(`${appUrl}birdsong`) }, appUrl)).toBe(true);
    expect(isDemoNetwork({ service, server: at('https://birdsong.example') }, appUrl)).toBe(false);
  });

  test('neither a sign-in nor an old token is sent to a real service', async () => {
    const tab = openBrowser().openTab();
    const id = await connected(tab);
    const sent = tab.requests.length;
    const begun: unknown[] = [];
    const signIns = { start: (request: unknown) => Promise.resolve(void begun.push(request)) };
    // The app has another base URL here, so this server is an ordinary service.
    const deps = { ...tab, connections: tab.store, service: serviceAt(server.resource), appUrl, signIns };
    expect(await runScenario(deps, 'old-refresh-token', id)).toBeUndefined();
    expect(await runScenario(deps, 'changed-state')).toBeUndefined();
    expect(begun).toEqual([]);
    expect(tab.requests).toHaveLength(sent);
  });
});
