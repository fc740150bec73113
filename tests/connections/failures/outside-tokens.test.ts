/** Token responses as servers out there send them, at the end of a sign-in: what is taken, what is not, and what becomes of it. */
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { describeFailedRequest } from '#failures/failure-text.ts';
import { consentedClient, needsConsent } from '#connections/store/connection-state.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { consent, locationOf } from '#tests/birdsong/client.ts';
import { openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { bare, changed, json, type Fault, type Json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { startOidcServer } from '#tests/support/oidc-server.ts';
import { allowed, connect, expectNoSecretSeen, kept, openTab } from '#tests/support/tab.ts';
import { visit } from '#tests/support/visitor.ts';

import { idToken, makeKey, signAs } from './id-token-signer.ts';

let server: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  tab = openTab();
});
afterEach(() => server.stop());

const misbehave = (fault: Fault): void => server.misbehave(server.urls.token, fault);
const finish = async () => tab.finish(await allowed(tab, server));
const revocations = (): number => server.count(server.urls.revocation);

/** The tokens that the server has issued no longer open its API. */
async function expectRevoked(asked = 2): Promise<void> {
  await expect.poll(revocations).toBe(asked);
  for (const secret of server.secrets) {
    const headers = { authorization: `Bearer ${secret}` };
    await expect.poll(async () => (await fetch(`${server.urls.resource}/posts`, { headers })).status).toBe(401);
  }
}

describe('A1: a 201 from the token endpoint', () => {
  it.each([201, 202, 203, 206, 299])('A1, TOK-3: takes a %i as a 200 for the code', async (status) => {
    misbehave({ kind: 'disguised', status });
    expect(await finish()).toMatchObject({ kind: 'connected' });
    expect(server.count(server.urls.token)).toBe(1);
  });

  it.each<[string, Fault]>([
    ['is no JSON by its media type', { kind: 'disguised', headers: { 'content-type': 'text/html' } }],
    ['has the status of an error', { kind: 'disguised', status: 400 }],
    ['has the status of a failure', { kind: 'disguised', status: 503 }],
    ['has a token of an unknown type', changed({ token_type: 'MAC' })],
    ['has a type that is no text', changed({ token_type: ['Bearer'] })],
    ['has a scope that is no text', changed({ scope: { posts: true } })],
    ['has an id_token that is none', changed({ id_token: 'x' })],
    ['has an id_token of somebody else', idToken(async (real) => (await makeKey('x')).sign(decodeJwt(real)))],
  ])('A1: revokes the tokens of a response that %s', async (_name, fault) => {
    const { token, revocation } = server.urls;
    const issued: string[] = [];
    misbehave(fault);
    const noted = vi.spyOn(tab.http.recorder, 'record');
    expect(await finish()).toMatchObject({ kind: 'failed' });
    await expect.poll(revocations).toBe(2);
    for (const request of tab.requests.filter(({ url }) => url === revocation)) {
      issued.push(new URLSearchParams(await request.clone().text()).get('token') ?? '');
    }
    for (const accessToken of issued) {
      const headers = { authorization: `Bearer ${accessToken}` };
      await expect.poll(async () => (await fetch(`${server.urls.resource}/posts`, { headers })).status).toBe(401);
    }
    expect(server.count(token)).toBe(1);
    expect(JSON.stringify(noted.mock.calls)).not.toContain(issued[0]);
    expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
  });

  it('A1: revokes the refresh token of a response without an access token', async () => {
    misbehave(changed({ access_token: undefined }));
    expect(await finish()).toMatchObject({ kind: 'failed', code: 'malformed-response' });
    await expect.poll(revocations).toBe(1);
  });

  it('A1: revokes the tokens that this browser could not store', async () => {
    vi.spyOn(tab.vault, 'write').mockRejectedValueOnce(new DOMException('no room', 'QuotaExceededError'));
    expect(await finish()).toMatchObject({ kind: 'failed', code: 'not-stored' });
    await expectRevoked();
  });

  it('A1: takes a 201 from the revocation endpoint as a 200', async () => {
    const id = await connect(tab, server);
    server.misbehave(server.urls.revocation, bare(201));
    server.misbehave(`${server.urls.resource}/`, bare(401));
    expect(await tab.disconnect(id)).not.toMatchObject({ kind: 'unconfirmed' });
  });
});

describe('A2: a missing token_type', () => {
  it.each([undefined, null, ''])('A2, TOK-3: counts as Bearer, said in the trace (%j)', async (token_type) => {
    misbehave(changed({ token_type }));
    const id = await connect(tab, server);
    expect((await tab.call(id)('posts')).status).toBe(200);
    const checks = tab.recorder.events().filter((event) => event.type === 'check');
    const check = { rule: 'token-type-is-known', outcome: 'passed', actual: 'none, taken as bearer' };
    expect(checks).toContainEqual(expect.objectContaining(check));
  });

  it.each([undefined, null, ''])(
    'A2, DPOP-4: never counts as Bearer where DPoP is required (%j)',
    async (token_type) => {
      const oidc = await startOidcServer({ binding: 'required' });
      const fetchUntyped: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (new Request(input).url !== `${oidc.issuer}/token` || !response.ok) return response;
        return Response.json({ ...((await response.json()) as Json), token_type });
      };
      const bound = openBrowser({ fetch: fetchUntyped }).openTab();
      const service = serviceAt(oidc.resource, { id: 'notices' });
      const scope = ['openid', 'offline_access', 'notices:read'];
      const outcome = await bound.finish(await visit(await bound.start({ service, scope }), 'http://localhost:4173/'));
      expect(outcome).toMatchObject({ kind: 'failed', code: 'unknown-token-type' });
      expect(await bound.vault.all()).toEqual([]);
      await expect.poll(() => oidc.requests.filter((one) => one === 'POST /token/revocation').length).toBe(2);
      await oidc.stop();
    },
  );
});

describe('A3: a clock that is off', () => {
  const now = Math.floor(Date.now() / 1000);
  /** As in a browser, where pages may not read the `Date` of another origin. */
  const UNREADABLE = 'unreadable';
  const dated = (seconds: number): string => new Date(seconds * 1000).toUTCString();

  async function signTimes(times: Json, date = UNREADABLE): Promise<void> {
    const { publicKey, sign } = await makeKey('new');
    server.misbehave(server.urls.jwks, json(200, { keys: [publicKey] }));
    const edit = async (document: Json) => ({
      ...document,
      id_token: await sign({ ...decodeJwt(String(document.id_token)), ...times }),
    });
    misbehave({ kind: 'edited', edit, headers: { date } });
  }

  it.each<[string, Json, string]>([
    ['iat and nbf one minute ahead', { iat: now + 60, nbf: now + 60 }, dated(now)],
    ['iat and nbf one minute ahead, no Date', { iat: now + 60, nbf: now + 60 }, UNREADABLE],
    [
      'a five-minute id_token on a device six minutes fast',
      { iat: now - 360, nbf: now - 360, exp: now - 60 },
      UNREADABLE,
    ],
    ['the same by its Date', { iat: now - 360, nbf: now - 360, exp: now - 60 }, dated(now - 360)],
    ['a device two hours fast', { iat: now - 7200, nbf: now - 7200, exp: now - 6900 }, UNREADABLE],
    ['a device two hours slow', { iat: now + 7200, nbf: now + 7200, exp: now + 7500 }, dated(now + 7200)],
  ])('A3, ID-1: accepts %s', async (_name, times, date) => {
    await signTimes(times, date);
    expect(await finish()).toMatchObject({ kind: 'connected' });
  });

  it.each<[string, Json, string]>([
    ['an end an hour before its beginning', { iat: now, exp: now - 3600 }, UNREADABLE],
    ['an end an hour ago by its Date', { iat: now - 3700, exp: now - 3600 }, dated(now)],
    ['a beginning in an hour by its Date', { iat: now + 3600, exp: now + 7200 }, dated(now)],
    ['a beginning in an hour, though issued now', { iat: now, nbf: now + 3600, exp: now + 7200 }, UNREADABLE],
    ['a beginning in a year', { iat: now + 365 * 86_400, exp: now + 366 * 86_400 }, UNREADABLE],
  ])('A3, ID-1: refuses %s, speaks of the clock, and revokes the tokens', async (_name, times, date) => {
    await signTimes(times, date);
    const outcome = await finish();
    expect(outcome).toMatchObject({ kind: 'failed', code: 'clock-mismatch' });
    const { title } = describeFailedRequest('Birdsong', { code: 'clock-mismatch', step: 'token-request' }, true);
    expect(title).toMatch(/clock/);
    await expectRevoked();
    expectNoSecretSeen(tab, server, outcome);
  });

  it('A3, API-8: leaves an authentication no more time than max_age, whatever the tolerance for clocks', async () => {
    await signAs(server, (own) => ({ ...own, auth_time: now - 200 }));
    const service = serviceAt(server.urls.resource);
    const request = { service, scope: service.firstScopes, authentication: { maxAge: 60 } };
    const callback = locationOf(await consent(new URL(await tab.start(request))));
    expect(await tab.finish(callback)).toMatchObject({ kind: 'failed', code: 'id-token-invalid' });
    await expectRevoked();
  });
});

describe('A5: the scope in the token response', () => {
  const ASKED = serviceAt('').firstScopes;

  it.each<[string, unknown, readonly string[]]>([
    ['two scopes with a comma', 'posts:read,posts:write', ['posts:read', 'posts:write']],
    ['commas in a list', ['openid,posts:read', 'stats:read'], ['openid', 'posts:read', 'stats:read']],
    ['a scope beyond those asked for', 'posts:read,more', ['posts:read', 'more']],
    ['a comma in a scope that nobody asked for', 'more,most', ['more,most']],
    ['an empty text', '', ASKED],
    ['a blank', ' ', ASKED],
    ['an empty list', [], ASKED],
  ])('A5, TOK-5: reads %s', async (_name, scope, granted) => {
    misbehave(changed({ scope }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.scope).toEqual(granted);
  });

  it.each(['', ' ', 'openid,posts:read'])('A5: still wants the id_token when the scope is "%s"', async (scope) => {
    misbehave(changed({ scope, id_token: undefined }));
    expect(await finish()).toMatchObject({ kind: 'failed' });
    await expectRevoked();
  });
});

describe('A6: sub in the token response', () => {
  const DID = 'did:plc:ada';
  /** A server that knows neither id_token nor UserInfo, as in the AT Protocol. */
  const answerSub = (sub: unknown): void => {
    server.misbehave(server.urls.serverMetadata, changed({ userinfo_endpoint: undefined }));
    misbehave(changed({ sub, id_token: undefined, scope: undefined }));
  };
  const service = () =>
    serviceAt(server.urls.resource, { firstScopes: ['posts:read', 'posts:write', 'offline_access'] });
  const signIn = async (connectionId?: string) => {
    const scope = service().firstScopes;
    const url = await tab.start({ service: service(), scope, ...(connectionId !== undefined && { connectionId }) });
    return tab.finish(locationOf(await consent(new URL(url))));
  };

  it('A6, ID-7: is the subject, by issuer', async () => {
    answerSub(DID);
    expect(await signIn()).toMatchObject({ kind: 'connected' });
    expect(tab.store.views()?.[0]?.identity).toEqual({ issuer: server.urls.issuer, subject: DID });
    expect(await signIn()).toMatchObject({ kind: 'connected' });
    expect((await kept(tab)).connections).toHaveLength(1);
  });

  it('A6, UI-4: asks when another one signs in at Reconnect', async () => {
    answerSub(DID);
    const first = await signIn();
    const id = first.kind === 'connected' ? first.connectionId : '';
    answerSub('did:plc:mallory');
    expect(await signIn(id)).toMatchObject({
      kind: 'account-mismatch',
      expected: { subject: DID },
      actual: { subject: 'did:plc:mallory' },
    });
  });

  it.each([null, '', 'x'.repeat(256), {}, ['did:plc:ada'], true, 1.5])('A6: is nobody when it is %j', async (sub) => {
    answerSub(sub);
    expect(await signIn()).toMatchObject({ kind: 'connected' });
    expect(tab.store.views()?.[0]?.identity).toBeUndefined();
  });

  it('A6: does not take the place of an id_token', async () => {
    misbehave(changed({ sub: 'did:plc:mallory' }));
    await connect(tab, server);
    expect(tab.store.views()?.[0]?.identity?.subject).toBe('lowtide');
  });
});

describe('A7: prompt=consent', () => {
  const promptAt = async (request: { connectionId?: string; consentedClient?: string | undefined } = {}) => {
    const service = serviceAt(server.urls.resource);
    const url = new URL(await tab.start(omitUndefined({ service, scope: service.firstScopes, ...request })));
    return { prompt: url.searchParams.get('prompt'), finish: async () => tab.finish(locationOf(await consent(url))) };
  };
  const stateOf = (id: string) => {
    const state = tab.store.find(id)?.state;
    if (!state) throw new Error('no connection');
    return state;
  };
  const reconnect = (connectionId: string) =>
    promptAt({ connectionId, consentedClient: consentedClient(stateOf(connectionId)) });
  const isNeeded = (id: string): boolean => {
    return needsConsent(stateOf(id));
  };

  it('A7, AUTH-9: goes with the first sign-in, and later only after a response without a refresh token', async () => {
    const first = await promptAt();
    expect(first.prompt).toBe('consent');
    const outcome = await first.finish();
    const connectionId = outcome.kind === 'connected' ? outcome.connectionId : '';
    expect(isNeeded(connectionId)).toBe(false);

    const again = await reconnect(connectionId);
    expect(again.prompt).toBeNull();
    misbehave(changed({ refresh_token: undefined }));
    await again.finish();
    expect(isNeeded(connectionId)).toBe(true);

    server.behave();
    const last = await reconnect(connectionId);
    expect(last.prompt).toBe('consent');
    expect(await last.finish()).toMatchObject({ kind: 'connected' });
    // This server issues one in no other way: it would be lost at every other sign-in.
    expect(tab.store.views()?.[0]?.status).toMatchObject({ refreshesItself: true });
    expect(isNeeded(connectionId)).toBe(true);
  });

  it('A7: goes with the sign-in that follows one that has ended, as with a first one', async () => {
    const id = await connect(tab, server);
    await tab.store.apply(id, { type: 'ended', reason: 'token-refused', at: 0 });
    await tab.store.reload(id);
    expect(isNeeded(id)).toBe(true);
    expect(consentedClient(stateOf(id))).toBeUndefined();
  });

  it('A7: goes with a sign-in as another client than the one that has the consent', async () => {
    const connectionId = await connect(tab, server);
    expect((await reconnect(connectionId)).prompt).toBeNull();
    expect((await promptAt({ connectionId, consentedClient: 'a-client-of-before' })).prompt).toBe('consent');
  });
});

describe('E5: an id_token that names nobody, or another app', () => {
  it.each<[string, Json]>([
    ['an empty sub', { sub: '' }],
    ['a sub that is too long', { sub: 'x'.repeat(256) }],
    ['a sub that is a number', { sub: 7 }],
    ['a sub of null', { sub: null }],
    ['another azp', { azp: 'another-app' }],
    ['an azp that is no text', { azp: ['another-app'] }],
    ['an empty azp', { azp: '' }],
  ])('E5, ID-1: refuses %s, and revokes the tokens', async (_name, claims) => {
    await signAs(server, (own) => ({ ...own, ...claims, aud: [String(own.aud)] }));
    expect(await finish()).toMatchObject({ kind: 'failed' });
    await expectRevoked();
    expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
  });

  it('E5: refuses another azp beside an audience that is a text', async () => {
    await signAs(server, (own) => ({ ...own, azp: 'another-app' }));
    expect(await finish()).toMatchObject({ kind: 'failed', code: 'id-token-invalid' });
  });

  it.each([255, 1])('E5: accepts a sub of %i characters', async (length) => {
    await signAs(server, (own) => ({ ...own, sub: 'x'.repeat(length), azp: own.aud }));
    expect(await finish()).toMatchObject({ kind: 'connected' });
  });

  it('E5, UI-4: does not let an empty sub take over a connection at Reconnect', async () => {
    const id = await connect(tab, server);
    const before = (await kept(tab)).connections;
    await signAs(server, (own) => ({ ...own, sub: '' }));
    const service = serviceAt(server.urls.resource);
    const url = await tab.start({ service, scope: service.firstScopes, connectionId: id });
    const outcome = await tab.finish(locationOf(await consent(new URL(url))));
    expect(outcome).toMatchObject({ kind: 'failed', code: 'id-token-invalid' });
    expect((await kept(tab)).connections).toEqual(before);
  });
});
