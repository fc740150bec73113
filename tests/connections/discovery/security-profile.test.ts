import { describe, expect, test } from 'vitest';

import { resolveClient } from '#connections/registration/resolve-client.ts';
import { registrationMethod, securityProfile } from '#connections/discovery/security-profile.ts';
import { openClientDocument } from '#connections/registration/client-metadata-document.ts';
import type { Registrations } from '#connections/registration/registration-store.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { testContext } from '#tests/support/flow-context.ts';

const APP = 'https://planner.example/';
const server = (changes: Partial<ServerMetadata> = {}): ServerMetadata => ({
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'https://as.example/token',
  ...changes,
});

describe('the strongest protection that a server supports', () => {
  test.each([
    ['does not mention DPoP', undefined, false, 'bearer'],
    ['supports DPoP with our algorithms', ['ES256', 'EdDSA'], false, 'bound-if-possible'],
    ['supports DPoP with other algorithms only', ['EdDSA'], false, 'bearer'],
    ['does not mention DPoP, but its resource requires it', undefined, true, 'bound'],
    ['supports DPoP, and its resource requires it', ['ES256'], true, 'bound'],
    ['supports other algorithms only, and its resource requires DPoP (DPOP-9)', ['EdDSA'], true, 'impossible'],
  ] as const)('for tokens: a server that %s', (_name, algorithms, isRequired, tokens) => {
    const metadata = server(algorithms && { dpop_signing_alg_values_supported: [...algorithms] });
    expect(securityProfile(metadata, isRequired).tokens).toBe(tokens);
  });

  test('for requests: PAR if the server supports or requires it (RFC 9126 §5)', () => {
    const endpoint = { pushed_authorization_request_endpoint: 'https://as.example/par' };
    expect(securityProfile(server(), false).request).toBe('query');
    expect(securityProfile(server(endpoint), false).request).toBe('pushed-if-possible');
    expect(securityProfile(server({ require_pushed_authorization_requests: true }), false).request).toBe('pushed');
  });
});

describe('how the app identifies itself to a server (REG-1)', () => {
  const takesDocuments = {
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
  };
  const registers = { registration_endpoint: 'https://as.example/register' };
  const all = server({ ...takesDocuments, ...registers });

  test('prefers a configured client id, then our metadata document, then registration', () => {
    expect(registrationMethod(all, { hasClientId: true, hasDocument: true })).toBe('configured');
    expect(registrationMethod(all, { hasClientId: false, hasDocument: true })).toBe('document');
    expect(registrationMethod(all, { hasClientId: false, hasDocument: false })).toBe('registration');
    expect(registrationMethod(server(takesDocuments), { hasClientId: false, hasDocument: false })).toBe('none');
  });

  test('CB-6: registers with a server that sends no iss if it can, because the document has one redirect URI', () => {
    const nameless = { client_id_metadata_document_supported: true };
    const known = { hasClientId: false, hasDocument: true };
    expect(registrationMethod(server({ ...nameless, ...registers }), known)).toBe('registration');
    expect(registrationMethod(server(nameless), known)).toBe('document');
  });

  const document = {
    client_id: `${APP}client-metadata.json`,
    redirect_uris: [`${APP}callback`],
    token_endpoint_auth_method: 'none',
  };
  const registrations: Registrations = {
    find: () => Promise.resolve(undefined),
    obtain: () => Promise.resolve({ clientId: 'registered' }),
    forget: () => Promise.resolve(),
    release: () => Promise.resolve(),
    postponeRelease: () => Promise.resolve(),
    postponed: () => Promise.resolve([]),
  };
  const identify = (metadata: ServerMetadata, response: () => Response, appUrl = APP, isForgotten = false) =>
    resolveClient(
      {
        registrations,
        clientDocument: openClientDocument(appUrl, () => Promise.resolve(response())),
        appUrl,
        clientName: 'Content Planner',
      },
      testContext(),
      metadata,
      { requiresBinding: false, isForgotten },
    );

  test('uses the document if it is deployed, and then requires iss in the response (CB-6)', async () => {
    expect(await identify(all, () => Response.json(document))).toEqual({
      clientId: `${APP}client-metadata.json`,
      redirectUri: `${APP}callback`,
      mustNameIssuer: true,
    });
  });

  test('REF-7: registers with a server that does not know the client by its document, for example because it cannot fetch it', async () => {
    const there = () => Response.json(document);
    expect(await identify(all, there, APP, true)).toMatchObject({ clientId: 'registered', mustNameIssuer: false });
    expect(await identify(server(takesDocuments), there, APP, true)).toMatchObject({ clientId: document.client_id });
  });

  test.each([
    ['is missing', () => new Response(null, { status: 404 })],
    [
      'is the page of a host that serves every path',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ],
    [
      'belongs to another deployment',
      () => Response.json({ ...document, client_id: 'https://other.example/client-metadata.json' }),
    ],
    ['is larger than a server reads', () => Response.json({ ...document, client_uri: 'x'.repeat(5 * 1024) })],
  ])('REG-4: sends no server the URL of a document that %s', async (_name, response) => {
    expect(await identify(all, response)).toMatchObject({ clientId: 'registered', mustNameIssuer: false });
  });

  test('fetches a missing document again at the next sign-in, but not one that it has', async () => {
    const answers = [new Response(null, { status: 503 }), Response.json(document), new Response(null, { status: 503 })];
    const clientDocument = openClientDocument(APP, () => Promise.resolve(answers.shift() ?? Response.error()));
    const ids = [];
    for (let round = 0; round < 3; round += 1) ids.push(await clientDocument.clientIdFor(`${APP}callback`));
    expect(ids).toEqual([undefined, document.client_id, document.client_id]);
    expect(answers).toHaveLength(1);
  });

  test('REG-3: has no document if the app is not served over https', async () => {
    const here = { ...document, client_id: 'http://localhost:4173/client-metadata.json' };
    expect(await identify(all, () => Response.json(here), 'http://localhost:4173/')).toMatchObject({
      clientId: 'registered',
    });
  });
});
