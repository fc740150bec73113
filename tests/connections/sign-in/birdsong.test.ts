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

/** Runs the whole sign-in: to the consent page, Allow, and back. */
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
  test('discovers everything from the rejected call, and traces each step in order', async () => {
    const tab = openBrowser().openTab();
    await connect(tab);

    const steps = tab.recorder.events().map((event) => ('step' in event ? `${event.type} ${event.step}` : event.type));
    expect(steps.filter((step) => step !== 'check')).toEqual([
      'request resource-probe',
      'response resource-probe',
      'request resource-metadata',
      'response resource-metadata',
      'request server-metadata',
      'response server-metadata',
      'request registration',
      'response registration',
      'verifier-created',
      'stored',
      'redirect-out',
      'redirect-back',
      'removed',
      'request token-request',
      'request jwks',
      // The keys are fetched in parallel with the tokens: either can come first.
      expect.stringMatching(/^response (?:token-request|jwks)$/),
      expect.stringMatching(/^response (?:token-request|jwks)$/),
      'stored',
    ]);
    expect(new Set(tab.recorder.events().map(({ flow }) => flow)).size).toBe(1);
    expect(tab.stages).toEqual(['received', 'matched', 'exchanging', 'identifying']);
  });

  test('stores who signed in and what was granted', async () => {
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

  test('AUTH-1 to AUTH-7: sends the required parameters in the authorization request', async () => {
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

  test('keeps the connection and its registration when the same user signs in again', async () => {
    const tab = openBrowser().openTab();
    const first = await connect(tab);
    const second = await connect(tab);
    expect(second).toBe(first);
    expect(server.requests.filter((request) => request.includes('register'))).toHaveLength(1);
  });

  test('UI-4: makes a separate connection for another user', async () => {
    const tab = openBrowser().openTab();
    const first = await connect(tab, { user: 'lowtide' });
    const second = await connect(tab, { user: 'robin' });
    expect(second).not.toBe(first);
    expect(tab.store.views()).toHaveLength(2);
  });

  test('REG-7: after "Start over" a sign-in never returns: the app offers to register again, and does it once on request', async () => {
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

describe('the callback', () => {
  async function answered(tab: Tab, response: Parameters<typeof consent>[1] = {}): Promise<URL> {
    const service = serviceAt(server.resource);
    return locationOf(await consent(new URL(await tab.start({ service, scope: service.firstScopes })), response));
  }
  const tokenRequests = (tab: Tab): number => tab.requests.filter(({ url }) => url.endsWith('/token')).length;

  test('CB-8: remembers a used response for a day, and forgets it when the next sign-in starts', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    const used = await answered(tab);
    await tab.finish(used);
    expect(await tab.finish(used)).toMatchObject({ kind: 'invalid-response', reason: 'already-used' });
    now += 25 * 60 * 60 * 1000;
    await answered(tab);
    // Nothing awaits it.
    await vi.waitFor(
      async () => {
        expect(await tab.finish(used)).toMatchObject({ kind: 'invalid-response', reason: 'unknown-state' });
      },
      { timeout: 10_000 },
    );
  });

  test('recognizes a denial and connects nothing', async () => {
    const tab = openBrowser().openTab();
    const outcome = await tab.finish(await answered(tab, { decision: 'deny' }));
    expect(outcome).toMatchObject({ kind: 'denied', error: 'access_denied', service: { name: 'Birdsong' } });
    expect(tokenRequests(tab)).toBe(0);
    expect(await tab.vault.all()).toEqual([]);
  });

  test('CB-3: sends no request and changes nothing for an unknown state', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.searchParams.set('state', 'made-up-by-someone-else');
    const before = tab.requests.length;
    expect(await tab.finish(callback)).toEqual({ kind: 'invalid-response', reason: 'unknown-state' });
    expect(tab.requests).toHaveLength(before);
  });

  test('CB-3: rejects a response in a tab that did not start the sign-in', async () => {
    const browser = openBrowser();
    const callback = await answered(browser.openTab());
    expect(await browser.openTab().finish(callback)).toEqual({ kind: 'invalid-response', reason: 'unknown-state' });
  });

  test('CB-4: discards a response of another issuer with its code', async () => {
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

  test('CB-4: rejects a response without iss if the server promises to send it', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.searchParams.delete('iss');
    expect(await tab.finish(callback)).toMatchObject({ kind: 'issuer-mismatch' });
    expect(tokenRequests(tab)).toBe(0);
  });

  test('CB-5: ignores a denial that names another issuer', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab, { decision: 'deny' });
    callback.searchParams.set('iss', 'https://attacker.example');
    expect(await tab.finish(callback)).toMatchObject({ kind: 'issuer-mismatch' });
  });

  test('CB-6: rejects a response at another redirect URI', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    callback.pathname = '/callback/someone-elses';
    expect(await tab.finish(callback)).toMatchObject({ kind: 'invalid-response', reason: 'wrong-redirect-uri' });
    expect(tokenRequests(tab)).toBe(0);
  });

  test('CB-2: rejects a response with a repeated parameter, and the sign-in can still finish', async () => {
    const tab = openBrowser().openTab();
    const callback = await answered(tab);
    const doubled = new URL(callback);
    doubled.searchParams.append('code', 'another');
    expect(await tab.finish(doubled)).toEqual({ kind: 'invalid-response', reason: 'repeated-parameter' });
    expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
  });

  test('CB-8: never redeems a code twice after a reload or in a duplicated tab', async () => {
    const browser = openBrowser();
    const tab = browser.openTab();
    const callback = await answered(tab);
    const duplicate = browser.openTab(
      Object.assign(new (tab.sessionStorage.constructor as { new (): Storage })(), tab.sessionStorage),
    );
    expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
    expect(await tab.finish(callback)).toEqual({ kind: 'invalid-response', reason: 'already-used' });
    expect(await duplicate.finish(callback)).toMatchObject({ kind: 'invalid-response', reason: 'already-used' });
    expect(tokenRequests(tab) + tokenRequests(duplicate)).toBe(1);
  });

  test('AUTH-4: expires a sign-in after ten minutes', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    const callback = await answered(tab);
    now += 10 * 60 * 1000 + 1;
    expect(await tab.finish(callback)).toMatchObject({ kind: 'invalid-response', reason: 'expired-state' });
    expect(tokenRequests(tab)).toBe(0);
  });
});

describe('calling the API', () => {
  test('publishes, lists and reads statistics on the user’s behalf', async () => {
    const tab = openBrowser().openTab();
    const call = tab.call(await connect(tab));
    const sent = await network.publish(call, { text: 'Hello', idempotencyKey: 'one' });
    expect(sent).toMatchObject({ text: 'Hello', state: { kind: 'published' } });
    const page = await network.list(call);
    expect(page.posts).toContainEqual(sent);
    expect((await network.statistics(call, [sent.id])).get(sent.id)).toMatchObject({ likes: expect.any(Number) });
  });

  test('M-7: refreshes an expired token once and sends the call once more', async () => {
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

  test('REF-3: makes one token request for many calls in two tabs, and all of them succeed', async () => {
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

  test('REF-4: asks for a sign-in after the network has ended the grant', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    await server.controls.revokeAccess();
    await expect(network.list(tab.call(id))).rejects.toMatchObject({ code: 'needs-sign-in' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'needs-sign-in', reason: 'grant-refused' });
    expect((await tab.vault.read(id))?.state).toMatchObject({ kind: 'needs-sign-in' });
  });

  test('REF-5: keeps the grant if a refresh fails temporarily', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    const id = await connect(tab);
    await server.controls.expireAccessTokens();
    await server.controls.failNextRefresh('temporary');
    await expect(network.list(tab.call(id))).rejects.toMatchObject({ code: 'http-5xx' });
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'waiting' });
    now += 6000;
    expect((await network.list(tab.call(id))).posts).toBeInstanceOf(Array);
    expect(tab.store.views()?.[0]?.status).toMatchObject({ kind: 'connected' });
  });

  test('API-7: names the missing scope of a call beyond the grant, and does not refresh', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, { permissions: ['posts-read', 'offline'] });
    const before = server.requests.length;
    await expect(network.publish(tab.call(id), { text: 'No', idempotencyKey: 'three' })).rejects.toMatchObject({
      code: 'insufficient-scope',
      missingScope: ['posts:write'],
    });
    expect(server.requests.slice(before)).toEqual(['POST /birdsong/api/posts']);
  });

  test('API-2: does not call a URL outside the connection', async () => {
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

  test('M-10: invalidates both tokens and stores nothing after a disconnect', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab);
    const state = (await tab.vault.read(id))?.state;
    const token = state?.kind === 'connected' ? state.grant.accessToken : '';
    expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
    expect(await tab.vault.all()).toEqual([]);
    const response = await fetch(`${server.resource}/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });

  test('STO-4: keeps tokens, codes and verifiers out of the trace, URLs, and what screens see', async () => {
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
