/** Discovery against servers as they are in the wild: each case that was found outside, by its id. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toService, type ServiceChoice } from '#connections/discovery/chosen-service.ts';
import { discoverService, ServiceNotFoundError } from '#connections/discovery/discover-service.ts';
import type { DiscoveredService, DiscoveryAttempt } from '#connections/discovery/discovered-service.ts';
import type { SignInFailureCode } from '#connections/failure.ts';
import { consent, locationOf } from '#tests/birdsong/client.ts';
import { serviceAt, type Tab } from '#tests/support/browser.ts';
import { bare, challenged, changed, json, page, redirectTo, type Fault, type Json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { openTab } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  tab = openTab();
});
afterEach(() => server.stop());

const find = (address: string): Promise<DiscoveredService> =>
  discoverService(
    tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' }, undefined, { fresh: true }),
    address,
  );

/** What was asked in vain; fails if something was found. */
async function attempts(address: string): Promise<readonly DiscoveryAttempt[]> {
  const error = await find(address).then(
    () => expect.fail('nothing should have been found'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ServiceNotFoundError);
  return (error as ServiceNotFoundError).asked;
}

const failures = (asked: readonly DiscoveryAttempt[]): (SignInFailureCode | undefined)[] =>
  asked.map((one) => (one.kind === 'failed' ? one.code : undefined));

const atRoot = (name: string): string => `${server.urls.origin}/.well-known/${name}`;
/** Metadata of an authorization server at the root of the host, whose endpoints are Birdsong's. */
function rootSays(members: Json = {}): void {
  server.misbehave(
    atRoot('oauth-authorization-server'),
    json(200, {
      issuer: server.urls.origin,
      authorization_endpoint: server.urls.authorization,
      token_endpoint: server.urls.token,
      registration_endpoint: server.urls.registration,
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['everything'],
      ...members,
    }),
  );
}
const serverSays = (members: Json): void => {
  const { serverMetadata, openidMetadata } = server.urls;
  for (const address of [serverMetadata, ...openidMetadata]) server.misbehave(address, changed(members));
};
const begin = (found: DiscoveredService, address: string, choice: Partial<ServiceChoice> = {}): Promise<string> => {
  const service = toService(
    'typed',
    address,
    found,
    { issuer: found.servers[0].issuer, scopes: [], ...choice },
    (scope) => scope,
  );
  return tab.start({ service, scope: service.firstScopes });
};
/** Connects at Birdsong with the found server. */
async function connected(found: DiscoveredService, address: string, choice: Partial<ServiceChoice> = {}) {
  const url = await begin(found, address, { scopes: ['openid', 'posts:read'], ...choice });
  const outcome = await tab.finish(locationOf(await consent(new URL(url))));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

describe('E2: resource metadata that is there, but', () => {
  it.each<[string, Fault, SignInFailureCode]>([
    ['fails', page(500), 'http-5xx'],
    ['is overloaded', bare(503), 'http-5xx'],
    ['is limited', bare(429), 'rate-limited'],
    ['is a web page', page(200), 'web-page'],
    ['is broken JSON', { kind: 'disguised', write: (text) => text.slice(0, -5) }, 'malformed-response'],
    ['is a list', json(200, []), 'malformed-response'],
    ['is empty', bare(204), 'malformed-response'],
    ['can’t be reached', { kind: 'hang-up' }, 'unreachable'],
    ['is elsewhere', redirectTo('https://elsewhere.example/metadata'), 'redirected'],
    ['is for others', bare(403), 'not-found'],
    ['has no end', { kind: 'flood' }, 'response-too-large'],
    ['names a script', changed({ authorization_servers: ['javascript:alert(1)'] }), 'no-authorization-server'],
    ['names servers in a text', changed({ authorization_servers: 'https://as.example' }), 'no-authorization-server'],
    ['names an object', changed({ authorization_servers: { a: 1 } }), 'no-authorization-server'],
    ['is of another resource', changed({ resource: 'https://evil.example' }), 'resource-mismatch'],
  ])('%s, never leads to the server at the root of the host', async (_name, fault, code) => {
    rootSays();
    server.misbehave(server.urls.resourceMetadata, fault);
    const asked = await attempts(server.urls.resource);
    expect(failures(asked)).toContain(code);
    expect(server.count(atRoot('oauth-authorization-server'))).toBe(0);
  });

  it('E2: a passing error is over at the next search', async () => {
    rootSays();
    server.misbehave(server.urls.resourceMetadata, page(500), 1);
    await attempts(server.urls.resource);
    const found = await find(server.urls.resource);
    expect(found).toMatchObject({
      resource: { identifier: server.urls.resource },
      servers: [{ issuer: server.urls.issuer }],
    });
  });

  it('E2: a challenge names metadata that fails, and nothing is at the well-known URL: the failure counts', async () => {
    rootSays();
    const named = `${server.urls.origin}/about`;
    server.misbehave(server.urls.resource, challenged(`Bearer resource_metadata="${named}"`));
    server.misbehave(named, page(500));
    server.misbehave(server.urls.resourceMetadata, bare(404));
    expect(failures(await attempts(server.urls.resource))).toContain('http-5xx');
    expect(server.count(atRoot('oauth-authorization-server'))).toBe(0);
  });

  it.each([404, 410])('E2: absence (%i) leads to the root', async (status) => {
    rootSays();
    server.misbehave(server.urls.resourceMetadata, bare(status));
    expect(await find(server.urls.resource)).toMatchObject({
      servers: [{ kind: 'usable', issuer: server.urls.origin }],
    });
  });

  it.each([undefined, null, []])(
    'E2: metadata that names no server (%j) leads to the root, and what it demands is kept',
    async (none) => {
      rootSays({ dpop_signing_alg_values_supported: ['ES256'] });
      const { resource } = server.urls;
      const demands = { dpop_bound_access_tokens_required: true, scopes_supported: ['notes:read'] };
      server.misbehave(server.urls.resourceMetadata, changed({ authorization_servers: none, ...demands }));
      const found = await find(resource);
      expect(found).toMatchObject({
        resource: { identifier: resource },
        scopes: ['notes:read'],
        requiresBinding: true,
        servers: [{ kind: 'usable', issuer: server.urls.origin }],
      });
      const url = new URL(await begin(found, resource, { scopes: ['notes:read'] }));
      expect(url.searchParams.get('resource')).toBe(resource);
      expect(url.searchParams.has('dpop_jkt')).toBe(true);
    },
  );

  it('E2: a challenge that takes bound tokens only is kept where there is no metadata', async () => {
    rootSays({ dpop_signing_alg_values_supported: ['ES256'] });
    server.misbehave(server.urls.resource, challenged('DPoP algs="ES256", scope="notes:read"'));
    server.misbehave(server.urls.resourceMetadata, bare(404));
    const found = await find(server.urls.resource);
    expect(found).toMatchObject({ requiresBinding: true, neededScopes: ['notes:read'] });
    await begin(found, server.urls.resource);
    const signIn = Object.keys(tab.sessionStorage).find((key) => key.startsWith('sign-in '));
    const stored = JSON.parse(tab.sessionStorage.getItem(signIn ?? '') ?? '{}') as Json;
    expect(stored.binding).toMatchObject({ kind: 'key', isRequired: true });
  });

  it.each<[string, Fault]>([
    ['unreachable, as a 404 without CORS is', { kind: 'hang-up' }],
    ['a web page', page(200)],
    ['a redirect', redirectTo('https://elsewhere.example/')],
    ['refused', bare(401)],
  ])('E2: an authorization server typed by its issuer is found, and what was %s is said', async (_name, fault) => {
    const own = '/.well-known/oauth-protected-resource/birdsong';
    server.misbehave(`${server.urls.origin}${own}`, fault);
    const found = await find(server.urls.issuer);
    expect(found.servers).toMatchObject([{ kind: 'usable', issuer: server.urls.issuer }]);
    expect(found.unreadResource).toMatchObject({ step: 'resource-metadata', url: `${server.urls.origin}${own}` });
  });

  it('E2: an address whose resource metadata fails is not taken for an issuer', async () => {
    server.misbehave(`${server.urls.origin}/.well-known/oauth-protected-resource/birdsong`, page(500));
    await attempts(server.urls.issuer);
  });
});

describe('B1: a lone slash', () => {
  const rooted = (own: string): void => rootSays({ issuer: own });

  it.each([
    ['', '/'],
    ['/', ''],
  ])('B1: a resource names “{A}%s”, the server calls itself “{A}%s”: its own spelling is kept', async (named, own) => {
    const { origin, resource } = server.urls;
    rooted(origin + own);
    server.misbehave(server.urls.resourceMetadata, changed({ authorization_servers: [origin + named] }));
    const found = await find(resource);
    expect(found.servers).toMatchObject([{ kind: 'usable', issuer: origin + own }]);
    await begin(found, resource);
    const key = Object.keys(tab.sessionStorage).find((one) => one.startsWith('sign-in ')) ?? '';
    const signIn = JSON.parse(tab.sessionStorage.getItem(key) ?? '') as { server: { issuer: string } };
    expect(signIn.server.issuer).toBe(origin + own);
    // From now on the comparison is exact: `iss` in the resource’s spelling is another issuer.
    const state = key.slice('sign-in '.length);
    const callback = new URL(
      `http://localhost:4173/callback?code=x&state=${state}&iss=${encodeURIComponent(origin + named)}`,
    );
    expect(await tab.finish(callback)).not.toMatchObject({ kind: 'connected' });
  });

  it('B1: both spellings in one list are one server', async () => {
    const { origin, resource } = server.urls;
    rooted(origin);
    server.misbehave(server.urls.resourceMetadata, changed({ authorization_servers: [`${origin}/`, origin] }));
    expect((await find(resource)).servers).toHaveLength(1);
  });

  it('B1: with a path it is another issuer, and the failure has its name', async () => {
    const { issuer, resource } = server.urls;
    serverSays({ issuer: `${issuer}/` });
    expect((await find(resource)).servers).toMatchObject([
      { kind: 'unusable', issuer, failure: { code: 'issuer-mismatch', named: `${issuer}/` } },
    ]);
  });
});

describe('B2: S256 is not announced', () => {
  it('B2: the next well-known address may list it', async () => {
    server.misbehave(server.urls.serverMetadata, changed({ code_challenge_methods_supported: undefined }));
    const found = await find(server.urls.resource);
    expect(found.servers).toMatchObject([{ metadata: { code_challenge_methods_supported: ['S256'] } }]);
  });

  it.each([undefined, null, [], 'S256', { S256: true }, [256]])(
    'B2: nowhere (%j): it connects once the user has accepted that, and the challenge is sent',
    async (methods) => {
      serverSays({ code_challenge_methods_supported: methods });
      const { resource } = server.urls;
      const found = await find(resource);
      expect(found.servers).toMatchObject([{ kind: 'usable' }]);
      await expect(begin(found, resource)).rejects.toMatchObject({ code: 'pkce-unsupported' });
      const url = new URL(await begin(found, resource, { acceptsSilentPkce: true }));
      expect(url.searchParams.get('code_challenge_method')).toBe('S256');
      const id = await connected(found, resource, { acceptsSilentPkce: true });
      // It is remembered with the connection: signing in again needs no tick.
      const record = await tab.vault.read(id);
      expect(record?.service).toMatchObject({ pkce: 'S256' });
      if (record) await tab.start({ service: record.service, scope: [] });
    },
  );

  it('B2: services.json vouches for it, and the endpoints are read from the metadata', async () => {
    serverSays({ code_challenge_methods_supported: undefined });
    const service = serviceAt(server.urls.resource, { issuer: server.urls.issuer, pkce: 'S256' });
    expect(await tab.start({ service, scope: ['openid'] })).toContain('code_challenge=');
  });

  it.each([['plain'], ['plain', 'S512'], ['s256']])(
    'B2: %s alone stays refused, whoever vouches',
    async (...methods) => {
      serverSays({ code_challenge_methods_supported: methods });
      expect((await find(server.urls.resource)).servers).toMatchObject([
        { kind: 'unusable', failure: { code: 'pkce-unsupported' } },
      ]);
      const service = serviceAt(server.urls.resource, { issuer: server.urls.issuer, pkce: 'S256' });
      await expect(tab.start({ service, scope: ['openid'] })).rejects.toMatchObject({ code: 'pkce-unsupported' });
    },
  );
});

describe('where resource metadata is', () => {
  const documentOf = (resource: string): Fault => json(200, { resource, authorization_servers: [server.urls.issuer] });
  const typed = (): string => `${server.urls.origin}/mcp`;
  const ownAddress = (): string => atRoot('oauth-protected-resource/mcp');
  beforeEach(() => serverSays({ protected_resources: undefined }));

  it('B3: it describes the parent address: that is not used, and it is offered', async () => {
    server.misbehave(typed(), challenged(`Bearer resource_metadata="${ownAddress()}"`));
    server.misbehave(ownAddress(), documentOf(server.urls.origin));
    expect(await attempts(typed())).toContainEqual(
      expect.objectContaining({ code: 'resource-mismatch', named: server.urls.origin }),
    );
  });

  it.each(['https://evil.example', 'javascript:alert(1)', 7, 'http://127.0.0.1/{tenant}'])(
    'B3: it describes %s: that is not offered',
    async (resource) => {
      server.misbehave(ownAddress(), json(200, { resource, authorization_servers: [server.urls.issuer] }));
      expect((await attempts(typed())).filter((one) => one.kind === 'failed' && one.named !== undefined)).toEqual([]);
    },
  );

  it('B4: only the root has it, and it names exactly what was typed: used, at the search and at the sign-in', async () => {
    server.misbehave(atRoot('oauth-protected-resource'), documentOf(typed()));
    const found = await find(typed());
    expect(found).toMatchObject({ resource: { identifier: typed() }, servers: [{ issuer: server.urls.issuer }] });
    expect(new URL(await begin(found, typed())).searchParams.get('resource')).toBe(typed());
  });

  it('B4: the root describes another resource: not used, and offered', async () => {
    server.misbehave(atRoot('oauth-protected-resource'), documentOf(server.urls.origin));
    expect(await attempts(typed())).toContainEqual(expect.objectContaining({ named: server.urls.origin }));
  });

  it('B4: it is asked last, and not where there is metadata at the right place', async () => {
    server.misbehave(ownAddress(), documentOf(typed()));
    await find(typed());
    expect(server.count(atRoot('oauth-protected-resource'))).toBe(0);
  });

  it.each([
    ['/mcp', '/mcp/'],
    ['/mcp/', '/mcp'],
  ])('B4: %s is typed, and the only document there says %s', async (written, own) => {
    const resource = server.urls.origin + own;
    server.misbehave(ownAddress(), documentOf(resource));
    const found = await find(server.urls.origin + written);
    expect(found.resource?.identifier).toBe(resource);
    await begin(found, resource);
  });
});

describe('the first call', () => {
  it.each([
    ['an unquoted URL', (at: string) => `Bearer error="insufficient_scope", scope="a", resource_metadata=${at}`],
    ['a missing comma', (at: string) => `Bearer scope="a" resource_metadata="${at}"`],
    ['a parameter twice', (at: string) => `Bearer scope="a", scope="b", resource_metadata="${at}"`],
    ['a broken challenge beside a good one', (at: string) => `Basic @@, Bearer scope="a", resource_metadata="${at}"`],
  ])('B5: is answered with %s: what can be read is read, and it is said', async (_name, header) => {
    const at = `${server.urls.origin}/about`;
    const document = await (await fetch(server.urls.resourceMetadata)).text();
    server.misbehave(at, {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: document,
    });
    server.misbehave(server.urls.resourceMetadata, bare(404));
    server.misbehave(server.urls.resource, challenged(header(at)));
    const found = await find(server.urls.resource);
    expect(found).toMatchObject({ neededScopes: ['a'], servers: [{ issuer: server.urls.issuer }] });
    server.misbehave(at, page(500));
    expect(await attempts(server.urls.resource)).toContainEqual(
      expect.objectContaining({ kind: 'answered', namesMetadata: true, isMalformed: true }),
    );
  });

  it('B5: an empty element of the list is no mistake', async () => {
    server.misbehave(server.urls.resource, challenged(', Bearer realm="x"'));
    server.misbehave(server.urls.resourceMetadata, page(500));
    expect((await attempts(server.urls.resource))[0]).not.toHaveProperty('isMalformed');
  });

  it('B5: an unquoted URL on another origin is not followed', async () => {
    server.misbehave(server.urls.resource, challenged('Bearer resource_metadata=https://evil.example/m'));
    await find(server.urls.resource);
    expect(tab.requests.map(({ url }) => new URL(url).origin)).not.toContain('https://evil.example');
  });
});

describe('B6: endpoints', () => {
  const OPTIONAL = ['userinfo_endpoint', 'revocation_endpoint', 'jwks_uri', 'end_session_endpoint'];
  it.each(
    OPTIONAL.flatMap((name) =>
      ['http://as.example/x', '/relative', 'https://as.example/#x', 7].map((url) => [name, url] as const),
    ),
  )('B6: %s is %j: left out, named, and the server connects', async (name, url) => {
    serverSays({ [name]: url });
    const found = await find(server.urls.resource);
    expect(found.servers).toMatchObject([{ kind: 'usable', omitted: [name] }]);
    await begin(found, server.urls.resource);
  });

  it.each(['authorization_endpoint', 'token_endpoint'])(
    'B6: %s is missing: it is called missing, by its name',
    async (member) => {
      serverSays({ [member]: undefined });
      expect((await find(server.urls.resource)).servers).toMatchObject([
        { kind: 'unusable', failure: { code: 'endpoint-missing', member } },
      ]);
      serverSays({ [member]: '/relative' });
      expect((await find(server.urls.resource)).servers).toMatchObject([
        { kind: 'unusable', failure: { code: 'unsafe-url', member } },
      ]);
    },
  );
});

describe('what was typed', () => {
  it('B8: a query is never a part of a well-known path', async () => {
    await attempts(`${server.urls.origin}/api?project=1`);
    const asked = tab.requests.map(({ url }) => url);
    expect(asked.filter((url) => url.includes('?')).map((url) => new URL(url).search)).toEqual(
      expect.not.arrayContaining([expect.stringContaining('well-known')]),
    );
    expect(asked).toContain(`${server.urls.origin}/.well-known/oauth-protected-resource/api?project=1`);
  });

  it('B9: an issuer on the same origin that the metadata names is in the result', async () => {
    const tenant = `${server.urls.origin}/tenant`;
    rootSays({ issuer: tenant });
    expect(await attempts(server.urls.origin)).toContainEqual(
      expect.objectContaining({ code: 'issuer-mismatch', named: tenant, step: 'server-metadata' }),
    );
  });

  it('B10: more than 100 scopes are all known, with openid and offline_access at their end', async () => {
    const many = Array.from({ length: 150 }, (_, index) => `s${index}`);
    server.misbehave(server.urls.resourceMetadata, changed({ scopes_supported: undefined }));
    serverSays({ scopes_supported: [...many, 'openid', 'offline_access'] });
    const { scopes } = await find(server.urls.resource);
    expect(scopes).toHaveLength(152);
    expect(scopes).toContain('offline_access');
  });

  it('B11: the API of a service found by its issuer has an address of its own', async () => {
    const found = await find(server.urls.issuer);
    const apiAddress = server.urls.resource;
    const id = await connected(found, server.urls.issuer, { apiAddress });
    const url = tab.requests.length;
    await tab.call(id)('posts');
    expect(tab.requests[url]?.url).toBe(`${apiAddress}/posts`);
  });
});
