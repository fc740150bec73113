/** Servers that mean well and write otherwise than the specifications have it, as seen in the wild: connected all the same. */
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

/** The person is connected, and the first call succeeds. */
async function expectConnected(): Promise<void> {
  const id = await connect(tab, server);
  expect((await tab.call(id)('posts')).status).toBe(200);
}

const find = (url: string) => discoverService(tab.http.forFlow({ flow: 'f', kind: 'connect', service: 'typed' }), url);

/** How JSON may be named and begun without being another thing (RFC 9110 §8.3.1, RFC 6839 §3.1, RFC 8259 §8.1). */
const DISGUISES: [string, Fault][] = [
  ['with a charset', { kind: 'disguised', headers: { 'content-type': 'application/json;charset=UTF-8' } }],
  ['in capitals', { kind: 'disguised', headers: { 'content-type': 'Application/JSON ; charset="utf-8"' } }],
  ['by a name of its own', { kind: 'disguised', headers: { 'content-type': 'application/vnd.x-y+json' } }],
  ['after a byte order mark', { kind: 'disguised', write: (text) => `\uFEFF${text}` }],
];

describe('descriptions', () => {
  test.each(DISGUISES)('in JSON that is written %s', async (_name, fault) => {
    const { resourceMetadata, serverMetadata, jwks } = server.urls;
    for (const url of [resourceMetadata, serverMetadata, jwks]) server.misbehave(url, fault);
    await expectConnected();
  });

  test.each<[string, Json]>([
    [
      'null for what it does not have',
      { revocation_endpoint: null, end_session_endpoint: null, scopes_supported: null },
    ],
    ['nothing for what it does not have', { revocation_endpoint: '', end_session_endpoint: '' }],
    ['lists without members', { protected_resources: [], scopes_supported: [], grant_types_supported: [] }],
    ['numbers among texts', { code_challenge_methods_supported: [256, 'S256'], scopes_supported: [7, 'posts:read'] }],
    ['members that nobody knows', { 'x-rays': { on: true }, token_endpoint_auth_methods_supported: 'none' }],
  ])('of a server, with %s', async (_name, members) => {
    server.misbehave(server.urls.serverMetadata, changed(members));
    await expectConnected();
  });

  test('of a server, whose members stand twice: the last of them counts, and is what is compared', async () => {
    const { serverMetadata } = server.urls;
    const before = (text: string): string => text.replace('{', '{"issuer":"https://evil.example",');
    server.misbehave(serverMetadata, { kind: 'disguised', write: before });
    await expectConnected();
  });

  test('of a server, only where OpenID inserts its name', async () => {
    server.misbehave(server.urls.serverMetadata, page(404));
    await expectConnected();
  });

  test('of a resource, with null and with members that nobody knows', async () => {
    server.misbehave(server.urls.resourceMetadata, changed({ resource_name: null, jwks_uri: 7, x: [null] }));
    await expectConnected();
  });

  test('of a resource that names no scopes in its list of them: those of its server are offered', async () => {
    server.misbehave(server.urls.resourceMetadata, changed({ scopes_supported: [] }));
    expect((await find(server.urls.resource)).scopes).toContain('posts:write');
  });
});

describe('the first call is refused', () => {
  /** The resource's metadata stands at an address of its own, and nowhere else. */
  async function hideMetadata(): Promise<string> {
    const { issuer, resourceMetadata } = server.urls;
    const hidden = `${issuer}/about-the-api`;
    server.misbehave(hidden, json(200, await (await fetch(resourceMetadata)).json()));
    server.misbehave(resourceMetadata, page(404));
    return hidden;
  }

  test.each([
    ['by several challenges in one header', (at: string) => `Basic realm="a, b", Bearer resource_metadata="${at}"`],
    ['by a gateway’s challenge and the API’s own', (at: string) => `Bearer, Bearer resource_metadata="${at}"`],
    ['by a challenge of another scheme', (at: string) => `Bearer, DPoP algs="ES256", resource_metadata="${at}"`],
    ['by a challenge in other letters', (at: string) => `BEARER Resource_Metadata = "${at}" , realm=x`],
  ])('%s', async (_name, challenge) => {
    const hidden = await hideMetadata();
    server.misbehave(server.urls.resource, challenged(challenge(hidden)));
    await expectConnected();
    expect(server.count(hidden)).toBe(1);
  });

  test.each<[string, (origin: string) => Fault]>([
    ['without a challenge', () => bare(401)],
    [
      'with a challenge that names a place without encryption',
      () => challenged('Bearer resource_metadata="http://api.example/"'),
    ],
    [
      'with a challenge that names a place where nothing is',
      (at) => challenged(`Bearer resource_metadata="${at}/gone"`),
    ],
    ['with a challenge that is none', () => challenged('Bearer resource_metadata=https://api.example')],
    ['with success', () => json(200, { hello: 'world' })],
  ])('DISC-4: %s: the well-known address is asked', async (_name, fault) => {
    server.misbehave(server.urls.resource, fault(server.urls.origin));
    await expectConnected();
    expect(server.count(server.urls.resourceMetadata)).toBe(1);
  });
});

describe('a registration', () => {
  test.each<[string, Fault]>([
    ...DISGUISES,
    ['with 200', { kind: 'disguised', status: 200 }],
    ['with null for what it does not have', changed({ client_secret: null, redirect_uris: null, logo_uri: null })],
    ['with null for all that was asked', changed({ token_endpoint_auth_method: null, client_secret: null })],
    ['with a secret that is nothing', changed({ client_secret: '', client_secret_expires_at: undefined })],
    ['with a secret beside “none”', changed({ client_secret: 'unused', client_secret_expires_at: undefined })],
    ['with members that nobody knows', changed({ client_id_issued_at: 'now', owner: { id: 7 } })],
    ['with an id and nothing else', { kind: 'edited', edit: ({ client_id }) => ({ client_id }) }],
  ])('%s', async (_name, fault) => {
    server.misbehave(server.urls.registration, fault);
    await expectConnected();
  });
});

describe('an id_token', () => {
  const now = Math.floor(Date.now() / 1000);

  test.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])(
    'ID-2: signed with %s by a server that names no algorithms, with a key of which only the form is said',
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
    ['another audience that it was not made for', ({ aud }) => ({ aud: [aud, 'https://api.example'], azp: aud })],
    ['this app as its authorized party', ({ aud }) => ({ azp: aud })],
    ['no hash of the access token', () => ({ at_hash: undefined })],
    ['a beginning that is a little ahead', () => ({ iat: now + 20, nbf: now + 20 })],
    ['a beginning ten minutes ahead, since one of the two clocks is wrong', () => ({ iat: now + 600 })],
    ['claims of its own', () => ({ roles: [{ id: 1 }], amr: 'pwd', acr: 0 })],
  ])('ID-1: is believed with %s', async (_name, change) => {
    await signAs(server, (own) => ({ ...own, ...change(own) }));
    await expectConnected();
  });
});
