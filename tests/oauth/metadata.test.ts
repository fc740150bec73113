import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { OAuthError } from '#oauth/errors.ts';
import { fetchResourceMetadata, validateResourceMetadata } from '#oauth/resource-metadata.ts';
import { isLoopbackHost, parseSafeUrl } from '#oauth/safe-url.ts';
import { announcesPkce, fetchServerMetadata, validateServerMetadata } from '#oauth/server-metadata.ts';
import { resourceMetadataUrl, serverMetadataUrls } from '#oauth/well-known.ts';
import { answering, testContext } from '#tests/support/flow-context.ts';

const RESOURCE = 'https://api.example/v1';
const ISSUER = 'https://as.example/tenant';
const resourceDocument = { resource: RESOURCE, authorization_servers: [ISSUER] };
const serverDocument = {
  issuer: ISSUER,
  authorization_endpoint: 'https://as.example/authorize?t=1',
  token_endpoint: 'https://as.example/token',
  code_challenge_methods_supported: ['plain', 'S256'],
};

describe('metadata URLs', () => {
  test.each([
    // RFC 9728 §3.1
    ['https://resource.example.com', 'https://resource.example.com/.well-known/oauth-protected-resource'],
    ['https://resource.example.com/', 'https://resource.example.com/.well-known/oauth-protected-resource'],
    [
      'https://resource.example.com/resource1',
      'https://resource.example.com/.well-known/oauth-protected-resource/resource1',
    ],
    ['https://api.example/v1/x?y', 'https://api.example/.well-known/oauth-protected-resource/v1/x?y'],
  ])('DISC-1: %s', (resource, expected) => {
    expect(resourceMetadataUrl(resource)).toBe(expected);
  });

  test('DISC-7: inserts the path twice, appends it once, and tries each URL once', () => {
    expect(serverMetadataUrls('https://example.com/issuer1')).toEqual([
      'https://example.com/.well-known/oauth-authorization-server/issuer1',
      'https://example.com/.well-known/openid-configuration/issuer1',
      'https://example.com/issuer1/.well-known/openid-configuration',
    ]);
    expect(serverMetadataUrls('https://example.com/')).toEqual([
      'https://example.com/.well-known/oauth-authorization-server',
      'https://example.com/.well-known/openid-configuration',
    ]);
  });
});

describe('which URLs may be used', () => {
  test('DISC-9: matches loopback exactly', () => {
    for (const host of ['localhost', 'app.localhost', '127.0.0.1', '[::1]']) expect(isLoopbackHost(host)).toBe(true);
    for (const host of ['localhost.evil.example', '127.0.0.1.evil.example', 'xlocalhost', '128.0.0.1']) {
      expect(isLoopbackHost(host)).toBe(false);
    }
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://as.example/',
    'https://user@as.example/',
    'https://user:pass@as.example/',
    'https://as.example/#f',
    'https://as.example/#',
    'http://localhost.evil.example/',
    '/relative',
    '',
    42,
    null,
    `https://as.example/${'a'.repeat(3000)}`,
  ])('DISC-10: rejects %s', (value) => {
    expect(parseSafeUrl(value, true)).toBeUndefined();
  });

  test('DISC-9: allows http to loopback only while the page is on loopback itself', () => {
    expect(parseSafeUrl('http://localhost:3000/x', true)?.href).toBe('http://localhost:3000/x');
    expect(parseSafeUrl('http://localhost:3000/x', false)).toBeUndefined();
  });
});

describe('protected resource metadata (RFC 9728)', () => {
  test.each([
    'https://evil.example/v1',
    'https://api.example/v1x',
    'https://api.example/v1/',
    'https://api.example/',
    'https://API.example/v1',
    undefined,
  ])('DISC-2: rejects metadata whose resource is %s', (resource) => {
    const context = testContext();
    expect(() => validateResourceMetadata(context, RESOURCE, { ...resourceDocument, resource })).toThrow(
      expect.objectContaining({ code: 'resource-mismatch' }),
    );
    expect(context.checks).toMatchObject([{ rule: 'resource-matches', outcome: 'failed', expected: RESOURCE }]);
  });

  test('DISC-1: puts the path and query of a resource after the well-known path, and looks nowhere else', async () => {
    const resource = 'https://api.example/v1/x?y';
    const place = 'https://api.example/.well-known/oauth-protected-resource/v1/x?y';
    const { fetch, asked } = answering({ [place]: () => Response.json({ ...resourceDocument, resource }) });
    expect(await fetchResourceMetadata(testContext(fetch), resource)).toMatchObject({ resource });
    expect(asked).toEqual([place]);
  });

  test('DISC-3: ignores a metadata URL on another origin and uses the well-known URL', async () => {
    const wellKnown = 'https://api.example/.well-known/oauth-protected-resource/v1';
    const { fetch, asked } = answering({ [wellKnown]: () => Response.json(resourceDocument) });
    await fetchResourceMetadata(testContext(fetch), RESOURCE, 'https://evil.example/metadata');
    expect(asked).toEqual([wellKnown]);
  });

  test('fetches the metadata URL of a challenge on the same origin', async () => {
    const { fetch, asked } = answering({ 'https://api.example/meta': () => Response.json(resourceDocument) });
    const metadata = await fetchResourceMetadata(testContext(fetch), RESOURCE, 'https://api.example/meta');
    expect(metadata.authorization_servers).toEqual([ISSUER]);
    expect(asked).toEqual(['https://api.example/meta']);
  });

  test('servers that are no issuers are left out; none left is an error, none named is not', () => {
    const servers = ['javascript:x', 'http://as.example', 'https://as.example?x', ISSUER, 7];
    const document = { resource: RESOURCE, authorization_servers: servers };
    expect(validateResourceMetadata(testContext(), RESOURCE, document).authorization_servers).toEqual([ISSUER]);
    for (const unusable of [servers.slice(0, 3), servers.slice(4), 'https://as.example', {}]) {
      const unsafe = { resource: RESOURCE, authorization_servers: unusable };
      expect(() => validateResourceMetadata(testContext(), RESOURCE, unsafe)).toThrow(
        expect.objectContaining({ code: 'no-authorization-server' }),
      );
    }
    for (const none of [undefined, null, []]) {
      const unnamed = { resource: RESOURCE, authorization_servers: none, dpop_bound_access_tokens_required: true };
      expect(validateResourceMetadata(testContext(), RESOURCE, unnamed)).toMatchObject({
        authorization_servers: [],
        dpop_bound_access_tokens_required: true,
      });
    }
  });
});

describe('authorization server metadata (RFC 8414)', () => {
  const [inserted = '', openIdInserted = '', appended = ''] = serverMetadataUrls(ISSUER);

  test('is found at any one of the URLs', async () => {
    for (const place of [inserted, openIdInserted, appended]) {
      const { fetch } = answering({ [place]: () => Response.json(serverDocument) });
      expect(await fetchServerMetadata(testContext(fetch), ISSUER)).toMatchObject({ issuer: ISSUER });
    }
  });

  test('DISC-11: HTML with 200 is skipped, and the next URL is tried', async () => {
    const { fetch, asked } = answering({
      [inserted]: () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
      [openIdInserted]: () => Response.json(serverDocument),
    });
    await fetchServerMetadata(testContext(fetch), ISSUER);
    expect(asked).toEqual([inserted, openIdInserted]);
  });

  test('a URL that cannot be read (no CORS on its 404) is skipped as well', async () => {
    const { fetch } = answering({ [appended]: () => Response.json(serverDocument) });
    const context = testContext((input, init) =>
      new Request(input).url === appended
        ? fetch(input, init)
        : Promise.reject(new OAuthError('unreachable', 'no answer')),
    );
    expect(await fetchServerMetadata(context, ISSUER)).toMatchObject({ issuer: ISSUER });
  });

  test('reports the first failure if no URL has it', async () => {
    const context = testContext(() => Promise.reject(new OAuthError('unreachable', 'no answer', { url: inserted })));
    await expect(fetchServerMetadata(context, ISSUER)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(fetchServerMetadata(testContext(answering({}).fetch), ISSUER)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test.each(['https://as.example/tenant/', 'https://as.example/Tenant', 'https://as.example', undefined])(
    'DISC-8: ends the search at an issuer that calls itself %s',
    async (issuer) => {
      const { fetch, asked } = answering({ [inserted]: () => Response.json({ ...serverDocument, issuer }) });
      await expect(fetchServerMetadata(testContext(fetch), ISSUER)).rejects.toMatchObject({ code: 'issuer-mismatch' });
      expect(asked).toEqual([inserted]);
    },
  );

  const UNSAFE = [
    'javascript:alert(1)',
    'https://a:b@as.example/',
    'http://as.example/',
    '/relative',
    'https://as.example/#f',
    12,
    {},
  ];

  test.each(['authorization_endpoint', 'token_endpoint'])(
    'DISC-10: %s that is not safe is refused and named',
    (name) => {
      for (const address of UNSAFE) {
        expect(() => validateServerMetadata(testContext(), ISSUER, { ...serverDocument, [name]: address })).toThrow(
          expect.objectContaining({ code: 'unsafe-url', details: { member: name } }),
        );
      }
      for (const absent of [undefined, null, '']) {
        expect(() => validateServerMetadata(testContext(), ISSUER, { ...serverDocument, [name]: absent })).toThrow(
          expect.objectContaining({ code: 'endpoint-missing', details: { member: name } }),
        );
      }
    },
  );

  test.each([
    'registration_endpoint',
    'pushed_authorization_request_endpoint',
    'revocation_endpoint',
    'userinfo_endpoint',
    'jwks_uri',
    'end_session_endpoint',
  ])('B6: %s that is not safe is left out and named (DISC-10)', (name) => {
    for (const address of UNSAFE) {
      const omitted: string[] = [];
      const context = testContext();
      const metadata = validateServerMetadata(
        context,
        ISSUER,
        { ...serverDocument, [name]: address },
        { onOmitted: (one) => omitted.push(one) },
      );
      expect(metadata).not.toHaveProperty(name);
      expect(omitted).toEqual([name]);
      expect(context.checks).toContainEqual({ rule: 'endpoints-are-safe', outcome: 'failed', expected: name });
    }
  });

  test('B6: a PAR endpoint that is required has to be there and safe', () => {
    const required = { ...serverDocument, require_pushed_authorization_requests: true };
    const member = 'pushed_authorization_request_endpoint';
    expect(() => validateServerMetadata(testContext(), ISSUER, required)).toThrow(
      expect.objectContaining({ code: 'endpoint-missing', details: { member } }),
    );
    expect(() => validateServerMetadata(testContext(), ISSUER, { ...required, [member]: '/par' })).toThrow(
      expect.objectContaining({ code: 'unsafe-url', details: { member } }),
    );
  });

  const everywhere = (members: object) => {
    const document = () => Response.json({ ...serverDocument, ...members });
    return answering({ [inserted]: document, [openIdInserted]: document, [appended]: document });
  };

  test.each([undefined, 'S256', [], null, [256]])(
    'DISC-13, B2: a server that is silent about PKCE (%s) is used only if somebody vouches for it',
    async (methods) => {
      const { fetch, asked } = everywhere({ code_challenge_methods_supported: methods });
      await expect(fetchServerMetadata(testContext(fetch), ISSUER)).rejects.toMatchObject({ code: 'pkce-unsupported' });
      expect(asked).toEqual([inserted, openIdInserted, appended]);
      const vouched = { allowSilentPkce: true };
      const metadata = await fetchServerMetadata(testContext(fetch), ISSUER, vouched);
      expect(announcesPkce(metadata)).toBe(false);
    },
  );

  test.each([['plain'], ['s256'], ['S512']])(
    'DISC-13, B2: a server that lists %s only is not used, whoever vouches for it',
    async (method) => {
      const { fetch } = everywhere({ code_challenge_methods_supported: [method] });
      const vouched = { allowSilentPkce: true };
      await expect(fetchServerMetadata(testContext(fetch), ISSUER, vouched)).rejects.toMatchObject({
        code: 'pkce-unsupported',
      });
    },
  );

  test('B2: the search goes on after a document that is silent, and one that excludes S256 ends it', async () => {
    const silent = () => Response.json({ ...serverDocument, code_challenge_methods_supported: undefined });
    const listing = (...methods: string[]) =>
      Response.json({ ...serverDocument, code_challenge_methods_supported: methods });
    const { fetch } = answering({ [inserted]: silent, [appended]: () => listing('S256') });
    expect(announcesPkce(await fetchServerMetadata(testContext(fetch), ISSUER))).toBe(true);
    const plain = answering({ [inserted]: silent, [appended]: () => listing('plain') });
    await expect(
      fetchServerMetadata(testContext(plain.fetch), ISSUER, { allowSilentPkce: true }),
    ).rejects.toMatchObject({ code: 'pkce-unsupported' });
    const other = answering({
      [inserted]: silent,
      [appended]: () => Response.json({ issuer: 'https://evil.example' }),
    });
    expect(await fetchServerMetadata(testContext(other.fetch), ISSUER, { allowSilentPkce: true })).toMatchObject({
      issuer: ISSUER,
    });
  });

  test.each([
    ['https://as.example', 'https://as.example/'],
    ['https://as.example/', 'https://as.example'],
    ['https://as.example:8443', 'https://as.example:8443/'],
  ])('B1: %s that calls itself %s is taken, in its own spelling (DISC-8)', async (asked, issuer) => {
    const place = `${new URL(asked).origin}/.well-known/oauth-authorization-server`;
    const { fetch } = answering({ [place]: () => Response.json({ ...serverDocument, issuer }) });
    expect(await fetchServerMetadata(testContext(fetch), asked)).toMatchObject({ issuer });
  });

  test.each([
    ['https://as.example', 'https://as.example//'],
    ['https://as.example', 'https://as.example:443'],
    ['https://as.example', 'https://as.example:8443/'],
    ['https://as.example', 'https://AS.example/'],
    ['https://as.example', 'https://www.as.example/'],
    ['https://as.example', 'http://as.example/'],
    ['https://as.example/tenant', 'https://as.example/tenant/'],
    ['https://as.example', 'https://as.example/?'],
  ])('B1: %s that calls itself %s is refused, and both names are known (DISC-8)', (asked, issuer) => {
    const context = testContext();
    expect(() => validateServerMetadata(context, asked, { ...serverDocument, issuer })).toThrow(
      expect.objectContaining({ code: 'issuer-mismatch' }),
    );
    expect(context.checks).toMatchObject([{ outcome: 'failed', expected: asked, actual: issuer }]);
  });

  test('rejects any document, or returns only safe values', () => {
    const address = fc.oneof(fc.webUrl(), fc.webUrl({ validSchemes: ['http', 'ftp', 'javascript'] }), fc.string());
    const member = fc.oneof(address, fc.jsonValue());
    const document = fc.record(
      {
        issuer: fc.oneof(fc.constant(ISSUER), member),
        authorization_endpoint: member,
        token_endpoint: member,
        registration_endpoint: member,
        jwks_uri: member,
        code_challenge_methods_supported: fc.oneof(fc.constant(['S256']), fc.jsonValue()),
        scopes_supported: fc.jsonValue(),
        authorization_response_iss_parameter_supported: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(document, (candidate) => {
        try {
          const metadata = validateServerMetadata(testContext(), ISSUER, candidate);
          expect(metadata.issuer).toBe(ISSUER);
          for (const name of [
            'authorization_endpoint',
            'token_endpoint',
            'registration_endpoint',
            'jwks_uri',
          ] as const) {
            if (metadata[name] !== undefined) expect(new URL(metadata[name]).protocol).toBe('https:');
          }
        } catch (error) {
          expect(error).toBeInstanceOf(OAuthError);
        }
      }),
    );
  });
});
