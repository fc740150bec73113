/** M-2: caches server metadata within its lifetime, fetches it again if an endpoint has moved, and discovers services by URL. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { toService } from '#connections/discovery/chosen-service.ts';
import { discoverService, ServiceNotFoundError } from '#connections/discovery/discover-service.ts';
import { birdsong as network } from '#networks/birdsong.ts';
import { openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { bare, changed, json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { startOidcServer } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

import { allowed, connect } from '#tests/support/tab.ts';

let server: MisbehavingServer;
beforeEach(async () => {
  server = await startMisbehavingServer();
});
afterEach(() => server.stop());

const start = (tab: Tab): Promise<string> => {
  const service = serviceAt(server.urls.resource);
  return tab.start({ service, scope: service.firstScopes });
};
const contextOf = (tab: Tab) => tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' });

describe('M-2: the metadata cache', () => {
  test('costs four requests before the redirect for a first sign-in, and none for the next', async () => {
    const tab = openBrowser().openTab();
    await start(tab);
    expect(server.requests).toEqual([
      'GET /birdsong/api',
      'GET /.well-known/oauth-protected-resource/birdsong/api',
      'GET /.well-known/oauth-authorization-server/birdsong',
      'POST /birdsong/register',
    ]);
    tab.pending.takeAbandoned('birdsong', 0);
    await start(tab);
    expect(server.requests).toHaveLength(4);
  });

  test('is bypassed after a sign-in that never came back', async () => {
    const tab = openBrowser().openTab();
    await start(tab);
    await start(tab);
    expect(server.count(server.urls.serverMetadata)).toBe(2);
    expect(server.count(server.urls.registration)).toBe(1);
  });

  test('expires after one day at most', async () => {
    let now = Date.now();
    const tab = openBrowser({ now: () => now }).openTab();
    await start(tab);
    now += 24 * 60 * 60 * 1000 + 1;
    tab.pending.takeAbandoned('birdsong', 0);
    await start(tab);
    expect(server.count(server.urls.serverMetadata)).toBe(2);
  });
});

describe('hostile metadata', () => {
  const names = (members: Record<string, unknown>): void =>
    server.misbehave(server.urls.resourceMetadata, changed(members));

  test('that was cached is fetched again, and the sign-in continues', async () => {
    const tab = openBrowser().openTab();
    server.misbehave(
      server.urls.serverMetadata,
      json(200, { issuer: 'https://evil.example' }, { 'cache-control': 'max-age=86400' }),
    );
    await expect(start(tab)).rejects.toMatchObject({ code: 'issuer-mismatch' });
    server.behave();
    expect(new URL(await start(tab)).origin).toBe(new URL(server.urls.issuer).origin);
  });

  test('that lists thousands of servers causes ten requests', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `${server.urls.issuer}/${index % 1500}`);
    names({ authorization_servers: many });
    const found = await discoverService(contextOf(openBrowser().openTab()), server.urls.resource);
    expect(found.servers).toHaveLength(10);
    expect(server.requests.length).toBeLessThan(40);
  });

  test('DISC-6: does not let the app choose among several servers', async () => {
    names({ authorization_servers: ['http://127.0.0.1:9', server.urls.issuer] });
    await expect(start(openBrowser().openTab())).rejects.toMatchObject({ code: 'no-authorization-server' });
    const tab = openBrowser().openTab();
    const service = serviceAt(server.urls.resource, { issuer: server.urls.issuer });
    expect(await tab.start({ service, scope: ['openid'] })).toContain(server.urls.issuer);
  });

  test('UI-2: does not get invalid scopes offered', async () => {
    names({ scopes_supported: ['read', 'read', 'post:read admin:all', 'x'.repeat(10_000), '\u202egnirts', ''] });
    const found = await discoverService(contextOf(openBrowser().openTab()), server.urls.resource);
    expect(found.scopes).toEqual(['read']);
  });
});

describe('M-2: a token endpoint that has moved', () => {
  const moved = (): string => server.urls.issuer + '/token-moved';
  /** The metadata names a URL that no longer exists, until it is fetched again. */
  const lie = (): void => server.misbehave(server.urls.serverMetadata, changed({ token_endpoint: moved() }), 1);

  test.each([404, 405, 410])(
    'and responds with %i: fetches the metadata once more and sends the code to the new endpoint',
    async (status) => {
      lie();
      const tab = openBrowser().openTab();
      const callback = await allowed(tab, server);
      server.misbehave(moved(), bare(status));
      expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
      expect([server.count(moved()), server.count(server.urls.token)]).toEqual([1, 1]);
      expect(server.count(server.urls.serverMetadata)).toBe(2);
      const [record] = await tab.vault.all();
      expect(record?.state).toMatchObject({ grant: { server: { token_endpoint: server.urls.token } } });
    },
  );

  test('to another issuer is not followed, and the code is sent nowhere else', async () => {
    lie();
    const tab = openBrowser().openTab();
    const callback = await allowed(tab, server);
    server.misbehave(moved(), bare(404));
    server.misbehave(server.urls.serverMetadata, changed({ issuer: 'https://evil.example' }));
    expect(await tab.finish(callback)).toMatchObject({ kind: 'failed', status: 404 });
    expect(server.count(server.urls.token)).toBe(0);
  });

  test('is not requested twice if the metadata is unchanged', async () => {
    const tab = openBrowser().openTab();
    const callback = await allowed(tab, server);
    server.misbehave(server.urls.token, bare(410));
    expect(await tab.finish(callback)).toMatchObject({ kind: 'failed', status: 410 });
    expect(server.count(server.urls.token)).toBe(1);
  });

  test('is found during a refresh, and the connection survives', async () => {
    const tab = openBrowser().openTab();
    const id = await connect(tab, server);
    const record = await tab.vault.read(id);
    if (record?.state.kind !== 'connected') throw new Error('not connected');
    const { grant } = record.state;
    const older = { ...grant, server: { ...grant.server, token_endpoint: moved() } };
    await tab.vault.write({ ...record, state: { kind: 'connected', grant: older } });
    await tab.store.reload(id);
    server.misbehave(moved(), bare(404));
    await server.controls.expireAccessTokens();
    expect((await network.list(tab.call(id))).posts).toEqual([]);
    expect(server.count(moved())).toBe(1);
    const now = (await tab.vault.read(id))?.state;
    expect(now).toMatchObject({ kind: 'connected', grant: { server: { token_endpoint: server.urls.token } } });
  });
});

describe('discovery by URL', () => {
  test('finds the server and scopes of an API, and registers nothing', async () => {
    const tab = openBrowser().openTab();
    const found = await discoverService(contextOf(tab), server.urls.resource);
    expect(found).toMatchObject({
      resource: { identifier: server.urls.resource, name: 'Birdsong' },
      servers: [{ kind: 'usable', issuer: server.urls.issuer }],
    });
    expect(found.scopes).toContain('posts:write');
    expect(server.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  test('finds an authorization server', async () => {
    const tab = openBrowser().openTab();
    const found = await discoverService(contextOf(tab), server.urls.issuer);
    expect(found.resource).toBeUndefined();
    expect(found.servers).toMatchObject([{ kind: 'usable', issuer: server.urls.issuer }]);
  });

  test('finds an authorization server despite a missing or extra trailing slash', async () => {
    const tab = openBrowser().openTab();
    const found = await discoverService(contextOf(tab), `${server.urls.issuer}/`);
    expect(found.servers[0].issuer).toBe(server.urls.issuer);
  });

  test('DISC-6: describes each of several servers, and says why one is unusable', async () => {
    const other = 'http://127.0.0.1:9/nobody';
    server.misbehave(server.urls.resourceMetadata, changed({ authorization_servers: [other, server.urls.issuer] }));
    const found = await discoverService(contextOf(openBrowser().openTab()), server.urls.resource);
    expect(found.servers).toMatchObject([
      { kind: 'unusable', issuer: other, failure: { code: 'unreachable', step: 'server-metadata' } },
      { kind: 'usable', issuer: server.urls.issuer },
    ]);
  });

  test('DISC-6: rejects a server whose list of resources lacks this one, at discovery and at sign-in', async () => {
    const lists = (resources: string[]) =>
      server.misbehave(server.urls.serverMetadata, changed({ protected_resources: resources }));
    const tab = openBrowser().openTab();
    lists(['https://other.example']);
    const found = await discoverService(contextOf(tab), server.urls.resource);
    expect(found.servers).toMatchObject([{ kind: 'unusable', failure: { code: 'resource-mismatch' } }]);
    await expect(start(openBrowser().openTab())).rejects.toMatchObject({ code: 'resource-mismatch' });
    lists([server.urls.resource]);
    await start(openBrowser().openTab());
  });

  test('REG-2: shows a client id only with the server that issued it', async () => {
    const other = await startMisbehavingServer();
    const tab = openBrowser().openTab();
    const service = serviceAt(other.urls.resource, { id: 'other' });
    const first = new URL(await start(tab)).searchParams.get('client_id');
    const second = new URL(await tab.start({ service, scope: service.firstScopes })).searchParams.get('client_id');
    expect(second).not.toBe(first);
    expect(
      JSON.stringify([other.requests, tab.requests.filter(({ url }) => url.startsWith(other.urls.issuer))]),
    ).not.toContain(first);
    await other.stop();
  });

  test('lists each request and its result if it finds nothing', async () => {
    const address = `${server.urls.issuer}/nothing-here`;
    const error = await discoverService(contextOf(openBrowser().openTab()), address).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ServiceNotFoundError);
    const at = (path: string) => ({ kind: 'failed', code: 'not-found', status: 404, url: new URL(path, address).href });
    expect((error as ServiceNotFoundError).asked).toEqual([
      { kind: 'answered', url: address, status: 404, namesMetadata: false },
      { ...at('/.well-known/oauth-protected-resource/birdsong/nothing-here'), step: 'resource-metadata' },
      { ...at('/.well-known/oauth-authorization-server/birdsong/nothing-here'), step: 'server-metadata' },
      { ...at('/.well-known/openid-configuration/birdsong/nothing-here'), step: 'server-metadata' },
      { ...at('/birdsong/nothing-here/.well-known/openid-configuration'), step: 'server-metadata' },
      { ...at('/.well-known/oauth-authorization-server'), step: 'server-metadata' },
      { ...at('/.well-known/openid-configuration'), step: 'server-metadata' },
    ]);
  });

  test('DISC-7: lists the result of each metadata URL of an unusable server', async () => {
    const [appended = '', inserted = ''] = server.urls.openidMetadata;
    server.misbehave(server.urls.serverMetadata, { kind: 'hang-up' });
    server.misbehave(inserted, { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' });
    server.misbehave(appended, json(200, { issuer: 'https://evil.example' }));
    const found = await discoverService(contextOf(openBrowser().openTab()), server.urls.resource);
    expect(found.servers).toMatchObject([
      {
        kind: 'unusable',
        failure: { code: 'issuer-mismatch', url: appended },
        asked: [
          { kind: 'failed', code: 'unreachable', url: server.urls.serverMetadata },
          { kind: 'failed', code: 'web-page', url: inserted, status: 200 },
          { kind: 'failed', code: 'issuer-mismatch', url: appended },
        ],
      },
    ]);
  });

  test('distinguishes a challenge that names metadata from one that does not', async () => {
    server.misbehave(server.urls.resourceMetadata, json(404, {}));
    const error = await discoverService(contextOf(openBrowser().openTab()), server.urls.resource).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as ServiceNotFoundError).asked).toMatchObject([
      { kind: 'answered', status: 401, namesMetadata: true },
      { kind: 'failed', code: 'not-found', url: server.urls.resourceMetadata },
      // Three metadata URLs for the typed issuer, two for its origin.
      ...Array.from({ length: 5 }, () => ({ kind: 'failed', step: 'server-metadata' })),
    ]);
  });

  describe('of an API whose own origin is its server, as before RFC 9728', () => {
    const find = (address: string) => discoverService(contextOf(openBrowser().openTab()), address);
    const atRoot = (): string => `${server.urls.origin}/.well-known/oauth-authorization-server`;
    const rootSays = (members: Record<string, unknown>): void =>
      server.misbehave(
        atRoot(),
        json(200, {
          authorization_endpoint: server.urls.authorization,
          token_endpoint: server.urls.token,
          code_challenge_methods_supported: ['S256'],
          ...members,
        }),
      );

    test('finds and connects it, and calls stay below the typed URL', async () => {
      const oidc = await startOidcServer();
      const tab = openBrowser().openTab();
      const address = `${oidc.issuer}/mcp`;
      const found = await discoverService(contextOf(tab), address);
      expect(found).toMatchObject({ servers: [{ kind: 'usable', issuer: oidc.issuer }] });
      expect(found.resource).toBeUndefined();
      const choice = { issuer: oidc.issuer, scopes: ['openid'] };
      const service = toService('typed', address, found, choice, (scope) => scope);
      const url = await tab.start({ service, scope: service.firstScopes });
      expect(new URL(url).searchParams.has('resource')).toBe(false);
      const outcome = await tab.finish(await visit(url, 'http://localhost:4173/'));
      const id = outcome.kind === 'connected' ? outcome.connectionId : '';
      await expect(tab.call(id)('/api/notices')).rejects.toMatchObject({ code: 'outside-connection' });
      await oidc.stop();
    });

    test('works with or without a trailing slash', async () => {
      const { origin } = server.urls;
      for (const issuer of [origin, `${origin}/`]) {
        rootSays({ issuer });
        expect((await find(`${origin}/mcp?x=1`)).servers).toMatchObject([{ kind: 'usable', issuer }]);
      }
    });

    test('works if the API has metadata that names no server', async () => {
      const { origin, resource, resourceMetadata } = server.urls;
      rootSays({ issuer: origin });
      server.misbehave(resourceMetadata, changed({ authorization_servers: undefined }));
      expect((await find(resource)).servers).toMatchObject([{ kind: 'usable', issuer: origin }]);
    });

    test('DISC-8: does not use a server there that names another issuer', async () => {
      rootSays({ issuer: 'https://evil.example' });
      await expect(find(`${server.urls.origin}/mcp`)).rejects.toMatchObject({ name: 'ServiceNotFoundError' });
    });

    test('DISC-6: does not use a server there whose list of resources lacks this one', async () => {
      const { origin } = server.urls;
      rootSays({ issuer: origin, protected_resources: [`${origin}/other`] });
      await expect(find(`${origin}/mcp`)).rejects.toMatchObject({ name: 'ServiceNotFoundError' });
    });

    test('DISC-2: skips the origin if the resource metadata is for another resource', async () => {
      const { origin, resource, resourceMetadata } = server.urls;
      rootSays({ issuer: origin });
      server.misbehave(resourceMetadata, changed({ resource: `${resource}x` }));
      await expect(find(resource)).rejects.toMatchObject({ name: 'ServiceNotFoundError' });
      expect(server.count(atRoot())).toBe(0);
    });
  });

  test('can be cancelled while it is slow', async () => {
    server.misbehave(server.urls.resourceMetadata, { kind: 'silence' });
    const tab = openBrowser().openTab();
    const stop = new AbortController();
    const context = tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' }, stop.signal);
    const search = discoverService(context, server.urls.resource);
    await server.hanging(server.urls.resourceMetadata);
    stop.abort();
    await expect(search).rejects.toMatchObject({ code: 'cancelled' });
  });
});
