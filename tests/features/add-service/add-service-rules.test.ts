import { describe, expect, it } from 'vitest';

import { blockedReport } from '#features/add-service/cors-report.ts';
import { capped } from '#features/add-service/capped.ts';
import { readFilledForm } from '#features/add-service/form-draft.ts';
import { toService } from '#connections/discovery/chosen-service.ts';
import {
  describeScope,
  isBroad,
  leastScopes,
  offeredScopes,
  readTypedScopes,
  scopeLabel,
} from '#features/add-service/scopes.ts';
import { readTypedUrl } from '#features/add-service/typed-url.ts';
import { isLoopbackHost } from '#oauth/safe-url.ts';

describe('a typed URL', () => {
  const read = (typed: string, own = 'planner.example') =>
    readTypedUrl(typed, (hostname) => isLoopbackHost(own) && isLoopbackHost(hostname));

  it.each([
    ['api.hafen.example', 'https://api.hafen.example'],
    [' https://api.hafen.example/v2/ ', 'https://api.hafen.example/v2/'],
    ['HAFEN.example', 'https://HAFEN.example'],
    ['hafen.example:8443/x', 'https://hafen.example:8443/x'],
  ])('accepts %j without normalizing it (DISC-8)', (typed, address) => {
    expect(read(typed)).toEqual({ kind: 'url', url: address });
  });

  it.each([
    ['', 'empty'],
    ['two words', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['https:/hafen.example', 'not-a-url'],
    ['javascript:alert(1)', 'not-a-url'],
    ['mailto:ada@hafen.example', 'not-a-url'],
    ['https:\\\\hafen.example', 'not-a-url'],
    [`hafen.example/${'x'.repeat(2048)}`, 'not-a-url'],
    ['http://hafen.example', 'not-https'],
    ['http://localhost:3000', 'not-https'],
    ['ftp://hafen.example', 'not-https'],
    ['ada@hafen.example', 'user-name'],
    ['https://ada:secret@hafen.example', 'user-name'],
    ['https://hafen.example/#top', 'fragment'],
    ['hafen.example#', 'fragment'],
  ])('rejects %j: %s (DISC-9, DISC-10)', (typed, problem) => {
    expect(read(typed)).toEqual({ kind: 'problem', problem });
  });

  it.each(['localhost:4991', '127.0.0.1:4991/mcp', '[::1]:80'])(
    'B8: of %s without a scheme, http is tried too',
    (typed) => {
      expect(read(typed, 'localhost')).toEqual({
        kind: 'url',
        url: `https://${typed}`,
        alternative: `http://${typed}`,
      });
      expect(read(typed)).toEqual({ kind: 'url', url: `https://${typed}` });
      expect(read(`https://${typed}`, 'localhost')).toEqual({ kind: 'url', url: `https://${typed}` });
    },
  );

  it('allows loopback hosts without encryption only if the app runs on one (DISC-9)', () => {
    expect(read('http://localhost:3000', 'localhost').kind).toBe('url');
    expect(read('http://localhost.evil.example', 'localhost')).toEqual({ kind: 'problem', problem: 'not-https' });
  });
});

describe('scopes', () => {
  const issuer = 'https://login.hafen.example';
  const server = (scopes: string[]) => ({
    kind: 'usable' as const,
    issuer,
    metadata: {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      scopes_supported: scopes,
    },
  });
  const found = (scopes: string[], neededScopes: string[] = []) => {
    const only = server(['openid', 'offline_access', 'admin']);
    return { found: { scopes, neededScopes, servers: [only] as const, requiresBinding: false }, only };
  };

  it('are those of the service, and the identity scopes of its server', () => {
    const { found: service, only } = found(['posts:read', 'posts:write', 'two scopes'], ['posts:read']);
    expect(offeredScopes(service, only)).toEqual(['posts:read', 'posts:write', 'openid', 'offline_access']);
  });

  it('B12: begin with what the service asked for and with who signs in (AUTH-7)', () => {
    expect(leastScopes(['posts:read', 'posts:write', 'openid'], ['posts:read'])).toEqual(['posts:read', 'openid']);
    expect(leastScopes(['posts:read', 'openid', 'offline_access', 'email'], [])).toEqual(['openid', 'offline_access']);
  });

  it.each([
    [['feed'], ['feed']],
    [['read', 'write', 'follow', 'push'], ['read']],
    [['posts:write', 'read:posts'], ['read:posts']],
    [['admin'], []],
    [['a', 'b'], []],
  ])('B12: where nothing says what is needed, of %j they begin with %j', (offered, least) => {
    expect(leastScopes(offered, [])).toEqual(least);
  });

  it('B10: of more than 100, what matters comes first, and none is lost', () => {
    const many = Array.from({ length: 150 }, (_, index) => `s${index}`);
    const { found: service, only } = found([...many, 'needed'], ['needed']);
    const offered = offeredScopes(service, only);
    expect(offered.slice(0, 4)).toEqual(['needed', 'openid', 'offline_access', 's0']);
    expect(offered).toHaveLength(153);
  });

  it('never start with broad ones, whoever requests them (AUTH-7)', () => {
    expect(leastScopes(['posts:read', 'account:admin'], ['posts:read', 'account:admin'])).toEqual(['posts:read']);
  });

  it.each([
    'admin',
    'account:admin',
    'write:all',
    '*',
    'repo.full',
    'fullAccess',
    'users_manage',
    'posts:delete',
    'posts:*',
  ])('are broad by name: %s', (scope) => {
    expect(isBroad(scope)).toBe(true);
  });

  it.each(['posts:read', 'openid', 'administrate-not', 'fullness', 'recall'])('are not broad: %s', (scope) => {
    expect(isBroad(scope)).toBe(false);
  });

  it.each([
    ['offline_access', 'Stay connected'],
    ['posts:read', 'Read: posts'],
    ['read:posts', 'Read: posts'],
    ['write:all', 'Create and edit: everything'],
    ['account:admin', 'Full access: account'],
    ['read', 'Read data'],
  ])('have a plain description: %s', (scope, label) => {
    expect(describeScope(scope)?.label).toBe(label);
  });

  it.each(['urn:hafen:read', 'constructor', 'toString:valueOf', 'payments'])('have no description: %s', (scope) => {
    expect(describeScope(scope)).toBeUndefined();
  });

  it('can be typed with any character that a scope may have (RFC 6749 §3.3)', () => {
    expect(readTypedScopes('  a  b:c a ')).toEqual(['a', 'b:c']);
    expect(readTypedScopes('')).toEqual([]);
    expect(readTypedScopes('say "a"')).toBeUndefined();
  });
});

describe('what was filled in before the redirect', () => {
  const filled = {
    address: 'https://quay.example/api',
    issuer: 'https://login.quay.example',
    scopes: ['posts:read'],
    typedScopes: '',
    way: 'own',
    clientId: 'planner-7',
    apiAddress: '',
    acceptsSilentPkce: true,
  };
  const read = (value: unknown) => readFilledForm(value, () => false);

  it('is read as it was stored', () => {
    expect(read(filled)).toEqual(filled);
    const { scopes: _scopes, ...proposed } = filled;
    expect(read(proposed)).toEqual(proposed);
  });

  it('is read as an older version kept it', () => {
    const { apiAddress: _address, acceptsSilentPkce: _accepts, ...older } = filled;
    expect(read(older)).toEqual({ ...filled, acceptsSilentPkce: false });
    expect(read({ ...filled, acceptsSilentPkce: 'yes' })).toEqual({ ...filled, acceptsSilentPkce: false });
  });

  it.each<[string, unknown]>([
    ['no value', undefined],
    ['a string', 'https://quay.example'],
    ['a URL that is not searched', { ...filled, address: 'javascript:alert(1)' }],
    ['a URL without encryption (DISC-9)', { ...filled, address: 'http://quay.example' }],
    ['scopes that are not strings', { ...filled, scopes: [7] }],
    ['an unknown registration method', { ...filled, way: 'secret' }],
    ['an endless client id', { ...filled, clientId: 'x'.repeat(5000) }],
  ])('STO-6: %s counts as a fresh visit', (_name, value) => {
    expect(read(value)).toBeUndefined();
  });
});

it('M-9: an added service keeps its scope descriptions, unless two would be the same', () => {
  const issuer = 'https://login.quay.example';
  const offered = ['posts:read', 'read:posts', 'posts:write', 'x-7'];
  const found = { scopes: offered, neededScopes: [], requiresBinding: false, servers: [] as never };
  const { permissions } = toService('q', 'https://quay.example', found, { issuer, scopes: offered }, scopeLabel);
  expect(permissions.map(({ label }) => label)).toEqual(['posts:read', 'read:posts', 'Create and edit: posts', 'x-7']);
});

describe('the report', () => {
  const report = blockedReport({
    origin: 'https://planner.example',
    url: 'https://quay.example/api?token=mine',
    asked: [
      { kind: 'answered', url: 'https://quay.example/api/', status: 401, namesMetadata: false },
      { kind: 'failed', code: 'unreadable', step: 'resource-probe', url: 'https://quay.example/api' },
      { kind: 'failed', code: 'unreachable', step: 'server-metadata', url: 'https://down.example/x' },
      {
        kind: 'failed',
        code: 'not-found',
        step: 'server-metadata',
        url: 'https://quay.example/.well-known/oauth-authorization-server',
        status: 404,
      },
      {
        kind: 'failed',
        code: 'oauth-error',
        step: 'resource-metadata',
        status: 400,
        serverError: 'bad\nHeaders: forged',
      },
    ],
  });
  const lines = report.split('\n');

  it('contains the page’s origin, each URL with its result, and the headers', () => {
    expect(lines).toContain('The app runs at: https://planner.example');
    expect(lines).toContain('- https://quay.example/api: It responded, but scripts can’t read the response.');
    expect(lines).toContain(
      '- https://down.example/x: No response: the server was down, or nothing is at this address.',
    );
    expect(report).toMatch(/- https:\/\/quay\.example\/api\/: .*metadata URL or isn’t exposed\. Status: 401\.\n/);
    expect(report).toMatch(/- https:\/\/quay\.example\/\.well-known\/oauth-authorization-server: .* Status: 404\.\n/);
    expect(lines).toContain(
      '  Browsers need: Access-Control-Allow-Origin: https://planner.example; Access-Control-Expose-Headers: WWW-Authenticate',
    );
    expect(lines).toContain('  Access-Control-Allow-Origin: https://planner.example');
    expect(lines).toContain('  Access-Control-Expose-Headers: WWW-Authenticate, DPoP-Nonce');
  });

  it('contains no query that the user typed, and no text from the server', () => {
    expect(report).not.toContain('mine');
    expect(lines.some((line) => line.startsWith('Headers: forged'))).toBe(false);
  });
});

it('a claim is truncated to its limit, never within a character (UI-2)', () => {
  expect(capped('Hafen')).toBe('Hafen');
  expect(capped('x'.repeat(81))).toBe(`${'x'.repeat(80)}…`);
  expect(capped('😀'.repeat(81))).toBe(`${'😀'.repeat(80)}…`);
});
