/** Failures before the redirect: metadata and registration. A failed sign-in must store nothing. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Tab } from '#tests/support/browser.ts';
import { bare, challenged, changed, json, page, redirectTo, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { begin, connect, failureOf, holdDeadlines, kept, openTab } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let other: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  other = await startMisbehavingServer();
  tab = openTab();
});
afterEach(async () => {
  await server.stop();
  await other.stop();
});

const CALL = 'GET /birdsong/api';
const RESOURCE = 'GET /.well-known/oauth-protected-resource/birdsong/api';
const RESOURCE_AT_ROOT = 'GET /.well-known/oauth-protected-resource';
const INSERTED = 'GET /.well-known/oauth-authorization-server/birdsong';
const OPENID_INSERTED = 'GET /.well-known/openid-configuration/birdsong';
const OPENID_APPENDED = 'GET /birdsong/.well-known/openid-configuration';
const REGISTER = 'POST /birdsong/register';

/** The sign-in fails with `failure` after exactly these requests, stores nothing, and sends nothing to another origin. */
async function expectFailure(failure: object, requests: string[], attempt = begin(tab, server)): Promise<void> {
  expect(await failureOf(attempt)).toMatchObject({ name: 'OAuthError', ...failure });
  expect(server.requests).toEqual(requests);
  expect(other.requests).toEqual([]);
  expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
}

const UNREADABLE: [string, Fault, string][] = [
  ['DISC-11: is a web page', page(200), 'web-page'],
  ['DISC-11: is a list', json(200, ['no', 'object']), 'malformed-response'],
  ['DISC-11: has a success status other than 200', json(203, {}), 'malformed-response'],
  ['is missing', page(404), 'not-found'],
  ['is rejected', json(403, { error: 'access_denied' }), 'not-found'],
  ['fails', page(500), 'http-5xx'],
  ['is cut off', { kind: 'hang-up' }, 'unreachable'],
];

describe('the resource metadata', () => {
  const ASKED = [CALL, RESOURCE];
  const misbehave = (fault: Fault): void => server.misbehave(server.urls.resourceMetadata, fault);

  test.each<[string, Fault, string]>([
    ...UNREADABLE,
    ['DISC-12: is endless', { kind: 'flood' }, 'response-too-large'],
    ['DISC-12: is larger than 256 KiB', changed({ padding: 'x'.repeat(256 * 1024) }), 'response-too-large'],
    ['DISC-2: is for another resource', changed({ resource: 'https://evil.example/api' }), 'resource-mismatch'],
    ['DISC-11: names its resource with a number', changed({ resource: 7 }), 'resource-mismatch'],
    ['names no server', changed({ authorization_servers: [] }), 'no-authorization-server'],
    ['names servers in a string', changed({ authorization_servers: 'https://as.example' }), 'no-authorization-server'],
    [
      'DISC-9: names servers that cannot be issuers',
      changed({ authorization_servers: ['http://localhost.evil.example', 'https://as.example/?x', 'javascript:0'] }),
      'no-authorization-server',
    ],
  ])('%s', async (_name, fault, code) => {
    misbehave(fault);
    const isElsewhere = ['not-found', 'web-page', 'unreachable'].includes(code);
    await expectFailure({ code }, isElsewhere ? [...ASKED, RESOURCE_AT_ROOT] : ASKED);
  });

  test('is large but within 256 KiB, and is read', async () => {
    misbehave(changed({ padding: 'x'.repeat(255 * 1024) }));
    await connect(tab, server);
  });

  test('DISC-2: is for the same resource with an extra slash', async () => {
    misbehave(changed({ resource: `${server.urls.resource}/` }));
    await expectFailure({ code: 'resource-mismatch' }, ASKED);
  });

  test('DISC-12: redirects to another origin, which is not followed', async () => {
    misbehave(redirectTo(other.urls.resourceMetadata));
    const failure = { code: 'redirected', details: { location: other.urls.resourceMetadata } };
    await expectFailure(failure, [...ASKED, RESOURCE_AT_ROOT]);
  });

  test.each(['silence', 'drip'] as const)('is slow (%s), and the user cancels', async (kind) => {
    misbehave({ kind });
    const cancel = new AbortController();
    const hanging = server.hanging(server.urls.resourceMetadata);
    const attempt = begin(tab, server, { signal: cancel.signal });
    await Promise.all([hanging.then(() => cancel.abort()), expectFailure({ code: 'cancelled' }, ASKED, attempt)]);
  });

  test.each(['silence', 'drip'] as const)('DISC-12: is slow (%s), and times out after ten seconds', async (kind) => {
    misbehave({ kind });
    const deadlines = holdDeadlines();
    const hanging = server.hanging(server.urls.resourceMetadata);
    const attempt = expectFailure({ code: 'timed-out' }, ASKED);
    await Promise.all([hanging.then(() => deadlines.runOut()), attempt]);
    expect(vi.mocked(AbortSignal.timeout).mock.lastCall).toEqual([10_000]);
  });
});

describe('the first call', () => {
  test('reaches no server', async () => {
    const gone = await startMisbehavingServer();
    await gone.stop();
    await expectFailure({ code: 'unreachable' }, [], begin(tab, gone));
    expect(tab.requests.map(({ url }) => url)).toEqual([
      gone.urls.resource,
      gone.urls.resourceMetadata,
      `${gone.urls.origin}/.well-known/oauth-protected-resource`,
    ]);
  });

  test('DISC-4: is cut off: the app tries the well-known URL', async () => {
    server.misbehave(server.urls.resource, { kind: 'hang-up' });
    await connect(tab, server);
  });

  test.each<[string, Fault]>([
    ['gets an endless response', { kind: 'flood' }],
    ['fails', page(500)],
    ['gets a large document', json(200, { text: 'x'.repeat(300_000) })],
  ])('DISC-4: %s: the app tries the well-known URL', async (_name, fault) => {
    server.misbehave(server.urls.resource, fault);
    await connect(tab, server);
  });

  test('DISC-3: names metadata on another origin: the app uses the well-known URL', async () => {
    const challenge = `Bearer resource_metadata="${other.urls.resourceMetadata}"`;
    server.misbehave(server.urls.resource, challenged(challenge));
    await connect(tab, server);
    expect(server.count(server.urls.resourceMetadata)).toBe(1);
    expect(other.requests).toEqual([]);
  });
});

describe('the server metadata', () => {
  const everywhere = (): string[] => [server.urls.serverMetadata, ...server.urls.openidMetadata];
  const TO_FIRST = [CALL, RESOURCE, INSERTED];

  test.each(UNREADABLE)('%s, at all three URLs', async (_name, fault, code) => {
    for (const address of everywhere()) server.misbehave(address, fault);
    await expectFailure({ code }, [...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED]);
  });

  test.each(UNREADABLE)('DISC-7: %s, but not at the third URL', async (_name, fault) => {
    const [first = '', , inserted = ''] = everywhere();
    for (const address of [first, inserted]) server.misbehave(address, fault);
    await begin(tab, server);
    expect(server.requests).toEqual([...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED, REGISTER]);
  });

  test.each<[string, Fault, string]>([
    ['DISC-12: is endless', { kind: 'flood' }, 'response-too-large'],
    ['DISC-8: is for another issuer', changed({ issuer: 'https://evil.example' }), 'issuer-mismatch'],
    ['DISC-8: names no issuer', changed({ issuer: undefined }), 'issuer-mismatch'],
    [
      'DISC-10: sends users to a javascript: URL',
      changed({ authorization_endpoint: 'javascript:alert(1)' }),
      'unsafe-url',
    ],
    ['DISC-10: has a user name in a URL', changed({ token_endpoint: 'https://ada@as.example/t' }), 'unsafe-url'],
    ['DISC-10: has a fragment in a URL', changed({ token_endpoint: 'https://as.example/#r' }), 'unsafe-url'],
    ['DISC-9: has a token endpoint without https', changed({ token_endpoint: 'http://as.example/t' }), 'unsafe-url'],
    [
      'DISC-9: has an endpoint on a lookalike host',
      changed({ token_endpoint: 'http://localhost.evil.example/t' }),
      'unsafe-url',
    ],
    [
      'DISC-11: has a URL that is not a string',
      changed({ authorization_endpoint: ['https://as.example'] }),
      'unsafe-url',
    ],
    ['DISC-11: has no token endpoint', changed({ token_endpoint: undefined }), 'endpoint-missing'],
    ['DISC-13: supports only plain PKCE', changed({ code_challenge_methods_supported: ['plain'] }), 'pkce-unsupported'],
    ['REG-1: has no registration endpoint', changed({ registration_endpoint: undefined }), 'registration-unsupported'],
  ])('%s', async (_name, fault, code) => {
    server.misbehave(server.urls.serverMetadata, fault);
    await expectFailure({ code }, TO_FIRST);
  });

  test('DISC-8: is for the same issuer with an extra slash', async () => {
    server.misbehave(server.urls.serverMetadata, changed({ issuer: `${server.urls.issuer}/` }));
    await expectFailure({ code: 'issuer-mismatch' }, TO_FIRST);
  });

  test('DISC-13: silent about PKCE, at all three addresses', async () => {
    const silent = changed({ code_challenge_methods_supported: undefined });
    for (const address of everywhere()) server.misbehave(address, silent);
    await expectFailure({ code: 'pkce-unsupported' }, [...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED]);
  });

  test('DISC-12: redirects to another origin, which is not followed', async () => {
    for (const address of everywhere()) server.misbehave(address, redirectTo(other.urls.serverMetadata));
    await expectFailure({ code: 'redirected' }, [...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED]);
  });
});

describe('the registration', () => {
  const ASKED = [CALL, RESOURCE, INSERTED, REGISTER];
  const misbehave = (fault: Fault, times?: number): void => server.misbehave(server.urls.registration, fault, times);

  test.each<[string, Fault, object]>([
    [
      'REG-7: is rejected',
      json(400, { error: 'invalid_redirect_uri', error_description: 'not here' }),
      { code: 'oauth-error', details: { status: 400, serverError: 'invalid_redirect_uri' } },
    ],
    ['gets an empty rejection', bare(400), { code: 'oauth-error' }],
    [
      'needs an initial access token',
      challenged('Bearer'),
      { code: 'oauth-error', details: expect.not.objectContaining({ serverError: 'invalid_client' }) },
    ],
    ['fails', json(500, { error: 'server_error' }), { code: 'http-5xx' }],
    ['fails with a web page', page(502), { code: 'http-5xx' }],
    ['gets a web page', page(201), { code: 'malformed-response' }],
    ['gets a list', json(201, []), { code: 'malformed-response' }],
    ['has no client id', changed({ client_id: undefined }), { code: 'malformed-response' }],
    ['is endless', { kind: 'flood' }, { code: 'response-too-large' }],
    ['is cut off', { kind: 'hang-up' }, { code: 'unreachable' }],
    ['succeeds, but its response is lost', { kind: 'lost-answer' }, { code: 'unreachable' }],
    [
      'REG-6: has another redirect URI',
      changed({ redirect_uris: ['https://evil.example/'] }),
      { code: 'registration-altered' },
    ],
    [
      'REG-6: has a secret',
      changed({ token_endpoint_auth_method: 'client_secret_basic' }),
      { code: 'registration-altered' },
    ],
    [
      'REG-6: has a secret by default',
      changed({ token_endpoint_auth_method: undefined, client_secret: 'secret', client_secret_expires_at: 0 }),
      { code: 'registration-altered' },
    ],
  ])('%s: nothing is stored, and the next sign-in registers', async (_name, fault, failure) => {
    misbehave(fault, 1);
    await expectFailure(failure, ASKED);
    await connect(tab, server);
    expect(server.count(server.urls.registration)).toBe(2);
  });

  test('redirects to another origin, which is not followed', async () => {
    misbehave(redirectTo(other.urls.registration));
    await expectFailure({ code: 'redirected' }, ASKED);
  });

  test('is slow, and the user cancels', async () => {
    misbehave({ kind: 'silence' });
    const cancel = new AbortController();
    const hanging = server.hanging(server.urls.registration);
    const attempt = begin(tab, server, { signal: cancel.signal });
    await Promise.all([hanging.then(() => cancel.abort()), expectFailure({ code: 'cancelled' }, ASKED, attempt)]);
  });
});
