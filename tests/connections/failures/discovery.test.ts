/** Trouble before the page leaves: metadata and registration. Nothing may be kept of a sign-in that comes to nothing. */
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
const INSERTED = 'GET /.well-known/oauth-authorization-server/birdsong';
const OPENID_INSERTED = 'GET /.well-known/openid-configuration/birdsong';
const OPENID_APPENDED = 'GET /birdsong/.well-known/openid-configuration';
const REGISTER = 'POST /birdsong/register';

/** The sign-in fails with `failure` after exactly these requests; nothing is kept, and no other origin was asked. */
async function expectFailure(failure: object, requests: string[], attempt = begin(tab, server)): Promise<void> {
  expect(await failureOf(attempt)).toMatchObject({ name: 'OAuthError', ...failure });
  expect(server.requests).toEqual(requests);
  expect(other.requests).toEqual([]);
  expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
}

const UNREADABLE: [string, Fault, string][] = [
  ['DISC-11: a web page', page(200), 'malformed-response'],
  ['DISC-11: a list', json(200, ['no', 'object']), 'malformed-response'],
  ['DISC-11: a success that is not 200', json(203, {}), 'malformed-response'],
  ['missing', page(404), 'not-found'],
  ['refused', json(403, { error: 'access_denied' }), 'not-found'],
  ['failing', page(500), 'http-5xx'],
  ['cut off', { kind: 'hang-up' }, 'unreachable'],
];

describe('the resource metadata is', () => {
  const ASKED = [CALL, RESOURCE];
  const misbehave = (fault: Fault): void => server.misbehave(server.urls.resourceMetadata, fault);

  test.each<[string, Fault, string]>([
    ...UNREADABLE,
    ['DISC-12: without end', { kind: 'flood' }, 'response-too-large'],
    ['DISC-12: larger than 256 KiB', changed({ padding: 'x'.repeat(256 * 1024) }), 'response-too-large'],
    ['DISC-2: of another resource', changed({ resource: 'https://evil.example/api' }), 'resource-mismatch'],
    ['DISC-11: naming its resource with a number', changed({ resource: 7 }), 'resource-mismatch'],
    ['naming no server', changed({ authorization_servers: [] }), 'no-authorization-server'],
    ['naming servers in a text', changed({ authorization_servers: 'https://as.example' }), 'no-authorization-server'],
    [
      'DISC-9: naming servers that no issuer can be',
      changed({ authorization_servers: ['http://localhost.evil.example', 'https://as.example/?x', 'javascript:0'] }),
      'no-authorization-server',
    ],
  ])('%s', async (_name, fault, code) => {
    misbehave(fault);
    await expectFailure({ code }, ASKED);
  });

  test('large, but not larger than 256 KiB; it is read', async () => {
    misbehave(changed({ padding: 'x'.repeat(255 * 1024) }));
    await connect(tab, server);
  });

  test('DISC-2: of the same resource with a slash more', async () => {
    misbehave(changed({ resource: `${server.urls.resource}/` }));
    await expectFailure({ code: 'resource-mismatch' }, ASKED);
  });

  test('DISC-12: on another origin; the redirect is not followed', async () => {
    misbehave(redirectTo(other.urls.resourceMetadata));
    await expectFailure({ code: 'unreachable' }, ASKED);
  });

  test.each(['silence', 'drip'] as const)('slow (%s), and the person cancels', async (kind) => {
    misbehave({ kind });
    const cancel = new AbortController();
    const hanging = server.hanging(server.urls.resourceMetadata);
    const attempt = begin(tab, server, { signal: cancel.signal });
    await Promise.all([hanging.then(() => cancel.abort()), expectFailure({ code: 'cancelled' }, ASKED, attempt)]);
  });

  test.each(['silence', 'drip'] as const)('DISC-12: slow (%s), and the ten seconds are over', async (kind) => {
    misbehave({ kind });
    const deadlines = holdDeadlines();
    const hanging = server.hanging(server.urls.resourceMetadata);
    const attempt = expectFailure({ code: 'timed-out' }, ASKED);
    await Promise.all([hanging.then(() => deadlines.runOut()), attempt]);
    expect(vi.mocked(AbortSignal.timeout).mock.lastCall).toEqual([10_000]);
  });
});

describe('the first call', () => {
  test('finds nobody there', async () => {
    const gone = await startMisbehavingServer();
    await gone.stop();
    await expectFailure({ code: 'unreachable' }, [], begin(tab, gone));
    expect(tab.requests.map(({ url }) => url)).toEqual([gone.urls.resource, gone.urls.resourceMetadata]);
  });

  test('DISC-4: is cut off: the well-known address is tried', async () => {
    server.misbehave(server.urls.resource, { kind: 'hang-up' });
    await connect(tab, server);
  });

  test.each<[string, Fault]>([
    ['has no end', { kind: 'flood' }],
    ['failed', page(500)],
    ['is a large document', json(200, { text: 'x'.repeat(300_000) })],
  ])('DISC-4: %s: the well-known address is tried', async (_name, fault) => {
    server.misbehave(server.urls.resource, fault);
    await connect(tab, server);
  });

  test('DISC-3: names metadata on another origin: the well-known address is used', async () => {
    const challenge = `Bearer resource_metadata="${other.urls.resourceMetadata}"`;
    server.misbehave(server.urls.resource, challenged(challenge));
    await connect(tab, server);
    expect(server.count(server.urls.resourceMetadata)).toBe(1);
    expect(other.requests).toEqual([]);
  });
});

describe('the server metadata is', () => {
  const everywhere = (): string[] => [server.urls.serverMetadata, ...server.urls.openidMetadata];
  const TO_FIRST = [CALL, RESOURCE, INSERTED];

  test.each(UNREADABLE)('%s, at all three addresses', async (_name, fault, code) => {
    for (const address of everywhere()) server.misbehave(address, fault);
    await expectFailure({ code }, [...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED]);
  });

  test.each(UNREADABLE)('DISC-7: %s, but not at the third address', async (_name, fault) => {
    const [first = '', , inserted = ''] = everywhere();
    for (const address of [first, inserted]) server.misbehave(address, fault);
    await begin(tab, server);
    expect(server.requests).toEqual([...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED, REGISTER]);
  });

  test.each<[string, Fault, string]>([
    ['DISC-12: without end', { kind: 'flood' }, 'response-too-large'],
    ['DISC-8: of another issuer', changed({ issuer: 'https://evil.example' }), 'issuer-mismatch'],
    ['DISC-8: of no issuer', changed({ issuer: undefined }), 'issuer-mismatch'],
    ['DISC-10: sending people to a script', changed({ authorization_endpoint: 'javascript:alert(1)' }), 'unsafe-url'],
    ['DISC-10: with a user name in an address', changed({ token_endpoint: 'https://ada@as.example/t' }), 'unsafe-url'],
    ['DISC-10: with a fragment in an address', changed({ revocation_endpoint: 'https://as.example/#r' }), 'unsafe-url'],
    ['DISC-9: with a token endpoint without https', changed({ token_endpoint: 'http://as.example/t' }), 'unsafe-url'],
    ['DISC-9: with keys at a lookalike', changed({ jwks_uri: 'http://localhost.evil.example/jwks' }), 'unsafe-url'],
    [
      'DISC-11: with an address that is no text',
      changed({ registration_endpoint: ['https://as.example'] }),
      'unsafe-url',
    ],
    ['DISC-11: without a token endpoint', changed({ token_endpoint: undefined }), 'unsafe-url'],
    ['DISC-13: silent about PKCE', changed({ code_challenge_methods_supported: undefined }), 'pkce-unsupported'],
    ['DISC-13: for PKCE in plain only', changed({ code_challenge_methods_supported: ['plain'] }), 'pkce-unsupported'],
    ['REG-1: without registration', changed({ registration_endpoint: undefined }), 'registration-unsupported'],
  ])('%s', async (_name, fault, code) => {
    server.misbehave(server.urls.serverMetadata, fault);
    await expectFailure({ code }, TO_FIRST);
  });

  test('DISC-8: of the same issuer with a slash more', async () => {
    server.misbehave(server.urls.serverMetadata, changed({ issuer: `${server.urls.issuer}/` }));
    await expectFailure({ code: 'issuer-mismatch' }, TO_FIRST);
  });

  test('DISC-12: on another origin; the redirect is not followed', async () => {
    for (const address of everywhere()) server.misbehave(address, redirectTo(other.urls.serverMetadata));
    await expectFailure({ code: 'unreachable' }, [...TO_FIRST, OPENID_INSERTED, OPENID_APPENDED]);
  });
});

describe('the registration is', () => {
  const ASKED = [CALL, RESOURCE, INSERTED, REGISTER];
  const misbehave = (fault: Fault, times?: number): void => server.misbehave(server.urls.registration, fault, times);

  test.each<[string, Fault, object]>([
    [
      'REG-7: refused',
      json(400, { error: 'invalid_redirect_uri', error_description: 'not here' }),
      { code: 'oauth-error', details: { status: 400, serverError: 'invalid_redirect_uri' } },
    ],
    ['refused without a word', bare(400), { code: 'oauth-error' }],
    [
      'for those alone who have a token for it',
      challenged('Bearer'),
      { code: 'oauth-error', details: expect.not.objectContaining({ serverError: 'invalid_client' }) },
    ],
    ['failing', json(500, { error: 'server_error' }), { code: 'http-5xx' }],
    ['failing behind a web page', page(502), { code: 'http-5xx' }],
    ['a web page', page(201), { code: 'malformed-response' }],
    ['a list', json(201, []), { code: 'malformed-response' }],
    ['without an id', changed({ client_id: undefined }), { code: 'malformed-response' }],
    ['without end', { kind: 'flood' }, { code: 'response-too-large' }],
    ['cut off', { kind: 'hang-up' }, { code: 'unreachable' }],
    ['made, but its answer is lost', { kind: 'lost-answer' }, { code: 'unreachable' }],
    [
      'REG-6: for another redirect URI',
      changed({ redirect_uris: ['https://evil.example/'] }),
      { code: 'registration-altered' },
    ],
    [
      'REG-6: with a secret',
      changed({ token_endpoint_auth_method: 'client_secret_basic' }),
      { code: 'registration-altered' },
    ],
    [
      'REG-6: with a secret by default',
      changed({ token_endpoint_auth_method: undefined, client_secret: 'secret', client_secret_expires_at: 0 }),
      { code: 'registration-altered' },
    ],
  ])('%s; nothing is kept of it, and the next sign-in registers', async (_name, fault, failure) => {
    misbehave(fault, 1);
    await expectFailure(failure, ASKED);
    await connect(tab, server);
    expect(server.count(server.urls.registration)).toBe(2);
  });

  test('on another origin; the redirect is not followed', async () => {
    misbehave(redirectTo(other.urls.registration));
    await expectFailure({ code: 'unreachable' }, ASKED);
  });

  test('slow, and the person cancels', async () => {
    misbehave({ kind: 'silence' });
    const cancel = new AbortController();
    const hanging = server.hanging(server.urls.registration);
    const attempt = begin(tab, server, { signal: cancel.signal });
    await Promise.all([hanging.then(() => cancel.abort()), expectFailure({ code: 'cancelled' }, ASKED, attempt)]);
  });
});
