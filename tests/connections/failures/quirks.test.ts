/** Honest servers that deviate from the specifications, as seen in practice. The app connects to all of them. */
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { discoverService } from '#connections/discovery/discover-service.ts';
import type { Tab } from '#tests/support/browser.ts';
import { bare, challenged, changed, json, page, type Fault, type Json } from '#tests/support/fault.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { connect, openTab } from '#tests/support/tab.ts';
import { idToken, signAs } from './id-token-signer.ts';

let server: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  tab = openTab();
});
afterEach(() => server.stop());

/** Connects, and the first call succeeds. */
async function expectConnected(): Promise<void> {
  const id = await connect(tab, server);
  expect((await tab.call(id)('posts')).status).toBe(200);
}

const find = (url: string) => discoverService(tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' }), url);

/** Variants of JSON media types and encodings (RFC 9110 §8.3.1, RFC 6839 §3.1, RFC 8259 §8.1). */
const DISGUISES: [string, Fault][] = [
  ['with a charset', { kind: 'disguised', headers: { 'content-type': 'application/json;charset=UTF-8' } }],
  [
    'with a media type in capitals',
    { kind: 'disguised', headers: { 'content-type': 'Application/JSON ; charset="utf-8"' } },
  ],
  ['with a media type of its own', { kind: 'disguised', headers: { 'content-type': 'application/vnd.x-y+json' } }],
  ['after a byte order mark', { kind: 'disguised', write: (text) => `\uFEFF${text}` }],
];

describe('metadata', () => {
  test.each(DISGUISES)('is accepted as JSON that is sent %s', async (_name, fault) => {
    const { resourceMetadata, serverMetadata, jwks } = server.urls;
    for (const url of [resourceMetadata, serverMetadata, jwks]) server.misbehave(url, fault);
    await expectConnected();
  });

  test.each<[string, Json]>([
    ['null for absent values', { revocation_endpoint: null, end_session_endpoint: null, scopes_supported: null }],
    ['an empty string for absent values', { revocation_endpoint: '', end_session_endpoint: '' }],
    ['empty lists', { protected_resources: [], scopes_supported: [], grant_types_supported: [] }],
    ['numbers among strings', { code_challenge_methods_supported: [256, 'S256'], scopes_supported: [7, 'posts:read'] }],
    ['unknown members', { 'x-rays': { on: true }, token_endpoint_auth_methods_supported: 'none' }],
  ])('of a server is accepted with %s', async (_name, members) => {
    server.misbehave(server.urls.serverMetadata, changed(members));
    await expectConnected();
  });

  test('of a server with duplicate members: the last one counts, and is compared', async () => {
    const { serverMetadata } = server.urls;
    const before = (text: string): string => text.replace('{', '{"issuer":"https://evil.example",');
    server.misbehave(serverMetadata, { kind: 'disguised', write: before });
    await expectConnected();
  });

  test('of a server is found at the OpenID Connect URL only', async () => {
    server.misbehave(server.urls.serverMetadata, page(404));
    await expectConnected();
  });

  test('of a resource is accepted with null and unknown members', async () => {
    server.misbehave(server.urls.resourceMetadata, changed({ resource_name: null, jwks_uri: 7, x: [null] }));
    await expectConnected();
  });

  test('of a resource with an empty list of scopes: the scopes of its server are offered', async () => {
    server.misbehave(server.urls.resourceMetadata, changed({ scopes_supported: [] }));
    expect((await find(server.urls.resource)).scopes).toContain('posts:write');
  });
});

describe('the API rejects the first call', () => {
  /** The resource metadata is at a URL of its own, and nowhere else. */
  async function hideMetadata(): Promise<string> {
    const { issuer, resourceMetadata } = server.urls;
    const hidden = `${issuer}/about-the-api`;
    server.misbehave(hidden, json(200, await (await fetch(resourceMetadata)).json()));
    server.misbehave(resourceMetadata, page(404));
    return hidden;
  }

  test.each([
    ['with several challenges in one header', (at: string) => `Basic realm="a, b", Bearer resource_metadata="${at}"`],
    ['with a gateway’s challenge and the API’s own', (at: string) => `Bearer, Bearer resource_metadata="${at}"`],
    ['with a challenge of another scheme', (at: string) => `Bearer, DPoP algs="ES256", resource_metadata="${at}"`],
    ['with a challenge in different case', (at: string) => `BEARER Resource_Metadata = "${at}" , realm=x`],
  ])('%s', async (_name, challenge) => {
    const hidden = await hideMetadata();
    server.misbehave(server.urls.resource, challenged(challenge(hidden)));
    await expectConnected();
    expect(server.count(hidden)).toBe(1);
  });

  test.each<[string, (origin: string) => Fault]>([
    ['without a challenge', () => bare(401)],
    [
      'with a challenge that names an unencrypted URL',
      () => challenged('Bearer resource_metadata="http://api.example/"'),
    ],
    ['with a challenge that names a missing URL', (at) => challenged(`Bearer resource_metadata="${at}/gone"`)],
    ['with an invalid challenge', () => challenged('Bearer resource_metadata=https://api.example')],
    ['not at all, but accepts it', () => json(200, { hello: 'world' })],
  ])('DISC-4: %s: the app tries the well-known URL', async (_name, fault) => {
    server.misbehave(server.urls.resource, fault(server.urls.origin));
    await expectConnected();
    expect(server.count(server.urls.resourceMetadata)).toBe(1);
  });
});

describe('a registration response', () => {
  test.each<[string, Fault]>([
    ...DISGUISES,
    ['with 200', { kind: 'disguised', status: 200 }],
    ['with null for absent values', changed({ client_secret: null, redirect_uris: null, logo_uri: null })],
    ['with null for everything requested', changed({ token_endpoint_auth_method: null, client_secret: null })],
    ['with an empty secret', changed({ client_secret: '', client_secret_expires_at: undefined })],
    ['with a secret beside “none”', changed({ client_secret: 'unused', client_secret_expires_at: undefined })],
    ['with unknown members', changed({ client_id_issued_at: 'now', owner: { id: 7 } })],
    ['with nothing but a client id', { kind: 'edited', edit: ({ client_id }) => ({ client_id }) }],
  ])('%s', async (_name, fault) => {
    server.misbehave(server.urls.registration, fault);
    await expectConnected();
  });
});

describe('an id_token', () => {
  const now = Math.floor(Date.now() / 1000);

  test.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])(
    'ID-2: is accepted when signed with %s by a server that lists no algorithms, with a key that has no alg',
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg);
      const { token, jwks, serverMetadata } = server.urls;
      server.misbehave(serverMetadata, changed({ id_token_signing_alg_values_supported: undefined }));
      server.misbehave(
        token,
        idToken((real) => new SignJWT(decodeJwt(real)).setProtectedHeader({ alg }).sign(privateKey)),
      );
      const keys = { keys: [await exportJWK(publicKey)] };
      server.misbehave(jwks, json(200, keys, { 'content-type': 'application/jwk-set+json' }));
      await expectConnected();
    },
  );

  test.each<[string, (own: Json) => Json]>([
    ['its audience in a list', ({ aud }) => ({ aud: [aud] })],
    ['a second audience', ({ aud }) => ({ aud: [aud, 'https://api.example'], azp: aud })],
    ['this app as its authorized party', ({ aud }) => ({ azp: aud })],
    ['no hash of the access token', () => ({ at_hash: undefined })],
    ['an issue time slightly ahead', () => ({ iat: now + 20, nbf: now + 20 })],
    ['an issue time ten minutes ahead, because one of the clocks is wrong', () => ({ iat: now + 600 })],
    ['extra claims', () => ({ roles: [{ id: 1 }], amr: 'pwd', acr: 0 })],
  ])('ID-1: is accepted with %s', async (_name, change) => {
    await signAs(server, (own) => ({ ...own, ...change(own) }));
    await expectConnected();
  });
});
