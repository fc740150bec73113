import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { birdsong as network } from '#networks/birdsong.ts';
import { consent, locationOf } from '#tests/birdsong/client.ts';
import { startBirdsong, type BirdsongServer } from '#tests/support/birdsong-server.ts';
import { openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';

let server: BirdsongServer;
beforeEach(async () => {
  server = await startBirdsong();
});
afterEach(() => server.stop());

/** The whole way: to the consent page, Allow, and back. */
async function connect(
  tab: Tab,
  response: Parameters<typeof consent>[1] = {},
  request: Partial<Parameters<Tab['start']>[0]> = {},
): Promise<string> {
  const service = serviceAt(server.resource);
  const url = await tab.start({ service, scope: service.firstScopes, returnTo: '/connections', ...request });
  const outcome = await tab.finish(locationOf(await consent(new URL(url), response)));
  expect(outcome).toMatchObject({ kind: 'connected', returnTo: '/connections' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

describe('connecting Birdsong', () => {
  test('finds everything from the refused call, and each step is in the trace in order', async () => {
    const tab = openBrowser().openTab();
    await connect(tab);

    const steps = tab.recorder.events().map((event) => ('step' in event ? `${event.type} ${event.step}` : event.type));
    expect(steps.filter((step) => step !== 'check')).toEqual([
      'request unauthorized-call',
      'response unauthorized-call',
      'request resource-metadata',
      'response resource-metadata',
      'request server-metadata',
      'response server-metadata',
      'request registration',
      'response registration',
      'verifier-made',
      'stored',
      'redirect-out',
      'redirect-back',
      'removed',
      'request token-exchange',
      'request signing-keys',
      // The keys are asked for while the tokens are on their way: either comes first.
      expect.stringMatching(/^response (?:token-exchange|signing-keys)$/),
      expect.stringMatching(/^response (?:token-exchange|signing-keys)$/),
      'stored',
    ]);
    expect(new Set(tab.recorder.events().map(({ flow }) => flow)).size).toBe(1);
    expect(tab.stages).toEqual(['received', 'matched', 'exchanging', 'identifying']);
  });

  test('the connection knows who signed in and what was granted', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { user: 'robin', permissions: ['posts-read', 'offline'] });
    expect(tab.store.views()).toMatchObject([
      {
        id,
        identity: { issuer: server.issuer, name: 'Robin Adeyemi', username: 'robin' },
        status: { kind: 'connected', refreshesItself: true },
        details: { issuer: server.issuer, hasRefreshToken: true },
      },
    ]);
    expect(tab.store.views()?.[0]?.scope.toSorted()).toEqual(['offline_access', 'openid', 'posts:read', 'profile']);
  });

  test('AUTH-1 to AUTH-7: the authorization request carries what it must', async () => {
    const tab = openBrowser().openTab();
    const service = serviceAt(server.resource);
    const parameters = Object.fromEntries(
      new URL(await tab.start({ service, scope: service.firstScopes })).searchParams,
    );
    expect(parameters).toMatchObject({
      response_type: 'code',
      redirect_uri: 'http://localhost:4173/callback',
      scope: 'openid profile posts:read posts:write stats:read offline_access',
      code_challenge_method: 'S256',
      resource: server.resource,
      prompt: 'consent',
    });
    expect(parameters.state).toHaveLength(43);
    expect(parameters.nonce).toHaveLength(43);
    expect(parameters.code_challenge).toHaveLength(43);
  });

  test('a second sign-in of the same person keeps the connection and its registration', async () => {
    const tab = openBrowser().openTab();
    const first = await connect(tab);
    const second = await connect(tab);
    expect(second).toBe(first);
    expect(server.requests.filter((request) => request.includes('register'))).toHaveLength(1);
  });

  test('UI-4: another person gets a connection of their own', async () => {
    const tab = openBrowser().openTab();
    const first = await connect(tab, { user: 'lowtide' });
    const second = await connect(tab, { user: 'robin' });
    expect(second).not.toBe(first);
    expect(tab.store.views()).toHaveLength(2);
  });

  test('REG-7: after "Start over" a sign-in never comes back; registering anew is offered, and done once when wished', async () => {
    const tab = openBrowser().openTab();
    const service = serviceAt(server.resource);
    await tab.start({ service, scope: service.firstScopes });
    const registrations = (): number => server.requests.filter((request) => request.includes('register')).length;
    expect(tab.pending.abandoned(Date.now())).toEqual(['birdsong']);
    await server.controls.startOver();
    await tab.start({ service, scope: service.firstScopes });
    expect(registrations()).toBe(1);
    await connect(tab, {}, { isForgotten: true });
    expect(registrations()).toBe(2);
    expect(tab.pending.abandoned(Date.now())).toEqual([]);
  });
});

describe('the way back', () => {
  async function answered(tab: Tab, response: Parameters<typeof consent>[1] = {}): Promise<URL> {
    const service = serviceAt(server.resource);
    return locationOf(await consent(new URL(await tab.start({ service, scope: service.firstScopes })), response));
  }
  const tokenRequests = (tab: Tab): number => tab.requests.filter(({ url }) => url.endsWith('/token')).length;

  test('CB-8: that an answer was used is remembered for a day, and forgotten when somebody leaves for the next one', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    const used = await answered(tab);
    await tab.finish(used);
    expect(await tab.finish(used)).toMatchObject({ kind: 'refused', reason: 'already-used' });
    now += 25 * 60 * 60 * 1000;
    await answered(tab);
    // Nobody waits for it.
    await vi.waitFor(
      async () => {
        expect(await tab.finish(used)).toMatchObject({ kind: 'refused', reason: 'unknown-state' });
      },
      { timeout: 10_000 },
    );
  });

  test('a denial is told apart, and nothing is connected', async () => {
    const tab = openBrowser().openTab();
    const outcome = await tab.finish(await answered(tab, { decision: 'deny' }));
    expect(outcome).toMatchObject({ kind: 'denied', error: 'access_denied', service: { name: 'Birdsong' } });
    expect(tokenRequests(tab)).toBe(0);
    expect(await tab.vault.all()).toEqual([]);
  });

  test('CB-3: a state nobody knows causes no request and changes nothing', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.searchParams.set('state', 'made-up-by-someone-else');
    const before = tab.requests.length;
    expect(await tab.finish(callback)).toEqual({ kind: 'refused', reason: 'unknown-state' });
    expect(tab.requests).toHaveLength(before);
  });

  test('CB-3: a tab that did not begin the sign-in refuses its answer', async () => {
    const browser = openBrowser();
    const callback = await answered(browser.openTab());
    expect(await browser.openTab().finish(callback)).toEqual({ kind: 'refused', reason: 'unknown-state' });
  });

  test('CB-4: an answer of another issuer is thrown away, code and all', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.searchParams.set('iss', 'https://attacker.example');
    expect(await tab.finish(callback)).toMatchObject({
      kind: 'issuer-mismatch',
      expected: server.issuer,
      actual: 'https://attacker.example',
    });
    expect(tokenRequests(tab)).toBe(0);
  });

  test('CB-4: an answer without iss is refused where the server says it always sends it', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.searchParams.delete('iss');
    expect(await tab.finish(callback)).toMatchObject({ kind: 'issuer-mismatch', actual: 'none' });
    expect(tokenRequests(tab)).toBe(0);
  });

  test('CB-5: a denial in the name of another issuer is not believed', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab, { decision: 'deny' });
    callback.searchParams.set('iss', 'https://attacker.example');
    expect(await tab.finish(callback)).toMatchObject({ kind: 'issuer-mismatch' });
  });

  test('CB-6: an answer at another address than the one given is refused', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.pathname = '/callback/someone-elses';
    expect(await tab.finish(callback)).toMatchObject({ kind: 'refused', reason: 'wrong-redirect-uri' });
    expect(tokenRequests(tab)).toBe(0);
  });

  test('CB-2: a repeated parameter refuses all of it, and the sign-in can still be finished properly', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    const doubled = new URL(callback);
    doubled.searchParams.append('code', 'another');
    expect(await tab.finish(doubled)).toEqual({ kind: 'refused', reason: 'repeated-parameter' });
    expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
  });

  test('CB-8: a reload or a duplicated tab never redeems twice', async () => {
    const browser = openBrowser();
    const tab = browser.openTab();
    const callback = await answered(tab);
    const duplicate = browser.openTab(
      Object.assign(new (tab.sessionStorage.constructor as { new (): Storage })(), tab.sessionStorage),
    );
    expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
    expect(await tab.finish(callback)).toEqual({ kind: 'refused', reason: 'already-used' });
    expect(await duplicate.finish(callback)).toMatchObject({ kind: 'refused', reason: 'already-used' });
    expect(tokenRequests(tab) + tokenRequests(duplicate)).toBe(1);
  });

  test('AUTH-4: a sign-in that took longer than ten minutes is over', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    const callback = await answered(tab);
    now += 10 * 60 * 1000 + 1;
    expect(await tab.finish(callback)).toMatchObject({ kind: 'refused', reason: 'expired-state' });
    expect(tokenRequests(tab)).toBe(0);
  });
});

describe('calling the API', () => {
  test('publishes, lists and reads statistics on the person’s behalf', async () => {
    const tab = openBrowser().openTab();
    const call = tab.call(await connect(tab));
    const sent = await network.publish(call, { text: 'Hello', idempotencyKey: 'one' });
    expect(sent).toMatchObject({ text: 'Hello', state: { kind: 'published' } });
    const page = await network.list(call);
    expect(page.posts).toContainEqual(sent);
    expect((await network.statistics(call, [sent.id])).get(sent.id)).toMatchObject({ likes: expect.any(Number) });
  });

  test('M-7: an expired token is refreshed once and the call is sent once more', async () => {
    const tab = openBrowser().openTab();
    const call = tab.call(await connect(tab));
    await server.controls.expireAccessTokens();
    const before = server.requests.length;
    await network.publish(call, { text: 'Late', idempotencyKey: 'two' });
    expect(server.requests.slice(before)).toEqual([
      'POST /birdsong/api/posts',
      'POST /birdsong/token',
      'GET /birdsong/jwks', // ID-2
      'POST /birdsong/api/posts',
    ]);
  });

  test('REF-3: many calls in two tabs cause one token request, and all of them succeed', async () => {
    const browser = openBrowser();
    const first = browser.openTab();
    const id = await connect(first);
    const second = browser.openTab();
    await server.controls.expireAccessTokens();
    const before = server.requests.length;
    const calls = [first, second].flatMap((tab) => Array.from({ length: 20 }, () => network.list(tab.call(id))));
    expect(await Promise.all(calls)).toHaveLength(40);
    expect(server.requests.slice(before).filter((request) => request.endsWith('/token'))).toHaveLength(1);
    const adopted = second.recorder
      .events()
      .concat(first.recorder.events())
      .filter(({ type }) => type === 'token-adopted');
    expect(adopted.length).toBeGreaterThan(0);
  });

  test('REF-4: a grant that the network ended asks for sign-in', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await server.controls.revokeAccess();
    await expect(network.list(tab.call(id))).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'needs-sign-in', reason: 'grant-refused' });
    expect((await tab.vault.read(id))?.state).toMatchObject({ kind: 'needs-sign-in' });
  });

  test('REF-5: a refresh that fails for now keeps the grant', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    const id = await connect(tab);
    await server.controls.expireAccessTokens();
    await server.controls.failNextRefresh('temporary');
    await expect(network.list(tab.call(id))).rejects.toMatchObject({ code: 'server-fault' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'waiting' });
    now += 6000;
    expect((await network.list(tab.call(id))).posts).toBeInstanceOf(Array);
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'connected' });
  });

  test('API-7: a call beyond the grant says which permission is missing, and refreshes nothing', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { permissions: ['posts-read', 'offline'] });
    const before = server.requests.length;
    await expect(network.publish(tab.call(id), { text: 'No', idempotencyKey: 'three' })).rejects.toMatchObject({
      code: 'insufficient-scope',
      missingScope: ['posts:write'],
    });
    expect(server.requests.slice(before)).toEqual(['POST /birdsong/api/posts']);
  });

  test('API-2: an address outside the connection is not called', async () => {
    const tab = openBrowser().openTab();
    const call = tab.call(await connect(tab));
    const before = tab.requests.length;
    for (const path of [
      'https://evil.example/',
      '//evil.example',
      '../token',
      '%2e%2e/token',
      `${server.origin}/birdsong/apix`,
    ]) {
      await expect(call(path)).rejects.toMatchObject({ code: 'outside-connection' });
    }
    expect(tab.requests).toHaveLength(before);
  });

  test('M-10: after disconnecting, neither token works and nothing is left here', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    const state = (await tab.vault.read(id))?.state;
    const token = state?.kind === 'connected' ? state.grant.accessToken : '';
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(await tab.vault.all()).toEqual([]);
    const response = await fetch(`${server.resource}/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });

  test('STO-4: no token, code or verifier is in the trace, in an address, or in what screens see', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    const used = tab.requests.flatMap((request) => [...new URL(request.url).searchParams.values()]).join(' ');
    await server.controls.expireAccessTokens();
    await network.list(tab.call(id));
    const state = (await tab.vault.read(id))?.state;
    const grant = state?.kind === 'connected' ? state.grant : undefined;
    const bodies = await Promise.all(tab.requests.map((request) => request.clone().text()));
    const secrets = bodies.flatMap((body) => {
      const form = new URLSearchParams(body);
      return ['code', 'code_verifier', 'refresh_token'].flatMap((name) => form.getAll(name));
    });
    secrets.push(String(grant?.accessToken), String(grant?.refreshToken));
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    tab.recorder.save();
    const seen = JSON.stringify([tab.recorder.events(), tab.store.views(), used, tab.sessionStorage]);
    for (const secret of secrets) expect(seen).not.toContain(secret);
  });
});
