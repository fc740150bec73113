import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { readServicesFile } from '#connections/services/services-file.ts';
import { accepts, definitions, servicesSchema } from '#tests/support/services-schema.ts';

const options = { appUrl: 'https://planner.example/app/', allowLoopbackHttp: false };
const read = (file: unknown, more: Partial<typeof options> = {}) =>
  readServicesFile(JSON.stringify(file, null, 2), { ...options, ...more });
const fileOf = (...services: unknown[]) => ({ services });

const small = { id: 'notices', name: 'Notices', resource: 'https://api.notices.example/v1' };
const server = { id: 'board', name: 'Board', issuer: 'https://board.example' };
const endpoints = {
  authorization_endpoint: 'https://board.example/authorize?tenant=7',
  token_endpoint: 'https://board.example/token',
};
const full = {
  ...server,
  api: 'https://board.example/api',
  endpoints: {
    ...endpoints,
    revocation_endpoint: 'https://board.example/revoke',
    userinfo_endpoint: 'https://board.example/me',
    registration_endpoint: 'https://board.example/register',
    jwks_uri: 'https://board.example/keys',
    end_session_endpoint: 'https://board.example/logout',
  },
  clientId: 'planner-1',
  pkce: 'S256',
  scopes: [
    { scope: 'posts:read', label: 'See your posts', detail: 'To show what was sent.', first: true },
    { scope: ['posts:write', 'posts:read'], label: 'Post for you', first: true },
    { scope: 'stats:read', label: 'Read the statistics' },
  ],
  place: 'The board of the town',
  icon: './icons/board.svg',
  limits: { characters: 500 },
  accessUrl: 'https://board.example/settings',
};

describe('a valid file', () => {
  test('as shipped offers Birdsong and "Add a service", and names no service', () => {
    expect(readServicesFile(readFileSync('public/services.json', 'utf8'), options)).toEqual({
      services: [],
      offersBirdsong: true,
      offersAddService: true,
      problems: [],
    });
  });

  test('can omit everything, and can turn both offers off', () => {
    expect(read({})).toEqual({ services: [], offersBirdsong: true, offersAddService: true, problems: [] });
    expect(read({ birdsong: false, addService: false })).toMatchObject({
      offersBirdsong: false,
      offersAddService: false,
      problems: [],
    });
  });

  test('can name a resource, whose host is the location', () => {
    expect(read(fileOf(small)).services).toEqual([
      { ...small, place: 'api.notices.example', firstScopes: [], permissions: [] },
    ]);
    const known = { ...small, issuer: 'https://id.notices.example/', clientId: 'https://planner.example/client.json' };
    expect(read(fileOf(known)).services[0]).toMatchObject(known);
    expect(read(fileOf(known)).services[0]).not.toHaveProperty('kind');
  });

  test('can name only a server: calls go to its api, else below the issuer', () => {
    expect(read(fileOf(server)).services[0]).toMatchObject({ kind: 'server', resource: server.issuer });
    const api = 'https://api.board.example/v2';
    expect(read(fileOf({ ...server, api })).services[0]).toMatchObject({ kind: 'server', resource: api });
  });

  test('can have every member (M-2, M-12)', () => {
    const { services, problems } = read(fileOf(full));
    expect(problems).toEqual([]);
    expect(services).toEqual([
      {
        id: 'board',
        name: 'Board',
        kind: 'server',
        resource: 'https://board.example/api',
        issuer: 'https://board.example',
        endpoints: full.endpoints,
        clientId: 'planner-1',
        pkce: 'S256',
        firstScopes: ['posts:read', 'posts:write'],
        permissions: [
          { scopes: ['posts:read'], label: 'See your posts', detail: 'To show what was sent.' },
          { scopes: ['posts:write', 'posts:read'], label: 'Post for you' },
          { scopes: ['stats:read'], label: 'Read the statistics' },
        ],
        place: 'The board of the town',
        icon: 'https://planner.example/app/icons/board.svg',
        limits: { characters: 500 },
        accessUrl: 'https://board.example/settings',
      },
    ]);
  });

  test('that marks no scope as first requests all of them (AUTH-7)', () => {
    const scopes = ['a', 'b'].map((scope) => ({ scope, label: scope, first: false }));
    expect(read(fileOf({ ...small, scopes })).services[0]?.firstScopes).toEqual(['a', 'b']);
  });

  test('can name a server on this machine while the app runs there (DISC-9)', () => {
    const local = { ...small, resource: 'http://localhost:4000/api' };
    expect(read(fileOf(local), { allowLoopbackHttp: true }).services).toHaveLength(1);
    expect(read(fileOf(local)).services).toEqual([]);
    const remote = { ...small, resource: 'http://notices.example/api' };
    expect(read(fileOf(remote), { allowLoopbackHttp: true }).services).toEqual([]);
  });
});

describe('an unreadable file', () => {
  test.for([
    ['is not JSON', '{\n  "birdsong": false,\n}', 3],
    ['is not an object', '\n[]', 2],
    ['is too large', `{ "birdsong": false${' '.repeat(262_144)} }`, 1],
  ] as const)('%s: reports one problem and uses the defaults', ([, text, line]) => {
    expect(readServicesFile(text, options)).toEqual({
      services: [],
      offersBirdsong: true,
      offersAddService: true,
      problems: [{ line, field: '', message: expect.any(String) }],
    });
  });
});

describe('an error in one service', () => {
  test('is reported with its line and field, and the other services still work', () => {
    const text = `{ "services": [
      { "id": "one", "name": "One", "resource": "https://one.example" },
      { "id": "two",
        "name": "",
        "resource": "http://two.example" },
      { "id": "three", "name": "Three", "resource": "https://three.example" }
    ] }`;
    const { services, problems } = readServicesFile(text, options);
    expect(services.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(problems.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '4 services[1].name',
      '5 services[1].resource',
    ]);
  });

  test('is reported without quoting the file', () => {
    const value = 'hunter2 ';
    const wrong = {
      id: value,
      name: `${value}\n`,
      issuer: value,
      endpoints: value,
      clientId: `${value}é`,
      icon: '//x/',
    };
    const { problems } = read(fileOf(wrong, { ...small, client_secret: value }));
    expect(problems).toHaveLength(7);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test('drops the second service with a duplicate id (M-14)', () => {
    const { services, problems } = read(fileOf(small, server, { ...server, id: 'notices' }));
    expect(services.map(({ name }) => name)).toEqual(['Notices', 'Board']);
    expect(problems).toMatchObject([{ field: 'services[2]', message: expect.stringContaining('line 3') }]);
  });

  test('DISC-14: drops a service with different endpoints for an issuer that is already configured', () => {
    const first = { ...server, endpoints };
    const second = { ...first, id: 'other', endpoints: { ...endpoints, token_endpoint: 'https://evil.example/token' } };
    const { services, problems } = read(fileOf(first, second, { ...first, id: 'same' }));
    expect(services.map(({ id }) => id)).toEqual(['board', 'same']);
    expect(problems).toMatchObject([{ field: 'services[1]' }]);
  });

  test('drops a service with a duplicate member', () => {
    const text =
      '{ "services": [{ "id": "a", "name": "A", "issuer": "https://a.example",\n"issuer": "https://b.example" }] }';
    const { services, problems } = readServicesFile(text, options);
    expect(services).toEqual([]);
    expect(problems).toMatchObject([{ line: 2, field: 'services[0].issuer' }]);
  });

  test('reports and ignores an unknown member', () => {
    const { services, problems } = read(
      fileOf({ ...small, colour: 'red', scopes: [{ scope: 'a', label: 'A', fist: true }] }),
    );
    expect(services).toHaveLength(1);
    expect(problems.map(({ field }) => field)).toEqual(['services[0].colour', 'services[0].scopes[0].fist']);
  });
});

describe('a client secret', () => {
  test.for([
    ['client_secret', { ...small, client_secret: 's' }],
    ['clientSecret', { ...small, clientSecret: 's' }],
    ['secret', { ...small, secret: null }],
    ['deep inside', { ...server, endpoints: { ...endpoints, extra: [{ CLIENT_SECRET: 's' }] } }],
  ] as const)('%s is rejected with its service', ([, service]) => {
    const { services, problems } = read(fileOf(service, { ...small, id: 'other' }));
    expect(services.map(({ id }) => id)).toEqual(['other']);
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('A browser app can’t have a secret'),
    );
  });

  test('outside the services is reported once', () => {
    const { services, problems } = read({ client_secret: 's', services: [small] });
    expect(services).toHaveLength(1);
    expect(problems).toMatchObject([
      { field: 'client_secret', message: expect.stringContaining('can’t have a secret') },
    ]);
  });
});

describe('limits', () => {
  const services = Array.from({ length: 101 }, (_, index) => ({ ...small, id: `n-${index}` }));
  const scopes = Array.from({ length: 101 }, (_, index) => ({ scope: `s${index}`, label: `S ${index}` }));

  test('reads 100 services and ignores the rest', () => {
    expect(read({ services: services.slice(0, 100) })).toMatchObject({ problems: [] });
    const { services: used, problems } = read({ services });
    expect(used).toHaveLength(100);
    expect(problems).toMatchObject([{ field: 'services[100]' }]);
    expect(accepts({ services })).toBe(false);
  });

  test('reads 100 scopes, and drops a service with more', () => {
    expect(read(fileOf({ ...small, scopes: scopes.slice(0, 100) })).services).toHaveLength(1);
    expect(read(fileOf({ ...small, scopes })).services).toEqual([]);
    expect(accepts(fileOf({ ...small, scopes }))).toBe(false);
    const lists = [{ scope: scopes.map(({ scope }) => scope).slice(0, 99), label: 'Many' }, ...scopes.slice(0, 2)];
    expect(read(fileOf({ ...small, scopes: lists })).problems).toMatchObject([{ field: 'services[0].scopes' }]);
  });
});

describe('the reader and the schema agree', () => {
  const withScope = (entry: unknown) => ({ ...small, scopes: [entry] });
  const withResource = (resource: unknown) => ({ ...small, resource });
  const withEndpoints = (more: unknown) => ({ ...server, endpoints: more });

  test.for<[string, unknown]>([
    ['everything', full],
    ['a resource', small],
    ['a server', server],
    ['a resource with endpoints of its issuer', { ...small, issuer: server.issuer, endpoints }],
    ['a name of 48 birds', { ...small, name: '🐦'.repeat(48) }],
    ['an id of digits', { ...small, id: '4-square' }],
    ['a resource with a query', withResource('https://api.example/v1?tenant=7')],
    ['an empty list of scopes', { ...small, scopes: [] }],
  ])('valid: %s', ([, service]) => {
    expect(read(fileOf(service)).problems).toEqual([]);
    expect(accepts(fileOf(service))).toBe(true);
  });

  test.for<[string, unknown]>([
    ['not an object', 'notices'],
    ['no id', { ...small, id: undefined }],
    ['no name', { ...small, name: undefined }],
    ['neither resource nor issuer', { id: 'a', name: 'A' }],
    ['an id with capitals', { ...small, id: 'Notices' }],
    ['an id with an underscore', { ...small, id: 'my_notices' }],
    ['an id that ends in a hyphen', { ...small, id: 'notices-' }],
    ['an id that is too long', { ...small, id: 'n'.repeat(65) }],
    ["Birdsong's id", { ...small, id: 'birdsong' }],
    ['an empty name', { ...small, name: '' }],
    ['a blank name', { ...small, name: ' ' }],
    ['a name that is too long', { ...small, name: 'n'.repeat(49) }],
    ['a name of two lines', { ...small, name: 'a\nb' }],
    ['a name that is a number', { ...small, name: 7 }],
    ['a relative resource', withResource('./api')],
    ['a resource by http', withResource('http://api.example')],
    ['a resource with a user name', withResource('https://api.example@evil.example/')],
    ['a resource with a fragment', withResource('https://api.example/#a')],
    ['a resource that is a javascript: URL', withResource('javascript:alert(1)')],
    ['a resource with a space', withResource(' https://api.example')],
    ['a resource with a backslash', withResource('https://api.example\\@evil.example')],
    ['a resource that is too long', withResource(`https://api.example/${'a'.repeat(2048)}`)],
    ['an issuer with a query', { ...server, issuer: 'https://board.example?a' }],
    ['an api beside a resource', { ...small, api: 'https://api.example' }],
    ['endpoints without an issuer', { ...small, endpoints }],
    ['endpoints without a token endpoint', withEndpoints({ authorization_endpoint: 'https://a.example' })],
    ['an unsafe endpoint', withEndpoints({ ...endpoints, jwks_uri: 'http://a.example' })],
    ['endpoints in a list', withEndpoints([endpoints])],
    ['an empty client id', { ...server, clientId: '' }],
    ['a client id beyond ASCII', { ...server, clientId: 'é' }],
    ['a client id without its issuer (REG-2)', { ...small, clientId: 'planner-1' }],
    ['B2: pkce that is not S256', { ...server, pkce: 'plain' }],
    ['B2: pkce that is true', { ...server, pkce: true }],
    ['scopes that are a string', { ...small, scopes: 'a b' }],
    ['a scope with a space', withScope({ scope: 'a b', label: 'A' })],
    ['a scope with a quote', withScope({ scope: ['a', '"'], label: 'A' })],
    ['no scope in the list', withScope({ scope: [], label: 'A' })],
    ['an entry without a scope', withScope({ label: 'A' })],
    ['an entry without a label', withScope({ scope: 'a' })],
    ['a label that is too long', withScope({ scope: 'a', label: 'a'.repeat(81) })],
    ['a detail that is too long', withScope({ scope: 'a', label: 'A', detail: 'a'.repeat(201) })],
    ['first as a string', withScope({ scope: 'a', label: 'A', first: 'true' })],
    ['a blank location', { ...small, place: '' }],
    ['an icon that is not a string', { ...small, icon: true }],
    ['an empty icon', { ...small, icon: '' }],
    ['limits without characters', { ...small, limits: {} }],
    ['zero characters', { ...small, limits: { characters: 0 } }],
    ['half a character', { ...small, limits: { characters: 1.5 } }],
    ['an unsafe accessUrl', { ...small, accessUrl: 'http://a.example' }],
  ])('invalid: %s', ([, service]) => {
    const written = JSON.parse(JSON.stringify(fileOf(service))) as unknown;
    const { services, problems } = read(written);
    expect(services).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(accepts(written)).toBe(false);
  });

  test.for<[string, unknown]>([
    ['birdsong as a string', { birdsong: 'false' }],
    ['addService that is a number', { addService: 0 }],
    ['services that are an object', { services: {} }],
    ['a schema that is not a string', { $schema: 1 }],
    ['an unknown member', { service: [] }],
  ])('invalid: %s; uses the defaults', ([, file]) => {
    expect(read(file)).toEqual({ ...read({}), problems: [expect.anything()] });
    expect(accepts(file)).toBe(false);
  });

  // The schema cannot check this, because it does not know the app's base URL.
  test.for(['//evil.example/a.svg', 'https://evil.example/a.svg', '../other/a.svg', '/a.svg', 'data:image/png,', './'])(
    'the icon %s is not below the app (PAGE-1)',
    (icon) => {
      expect(read(fileOf({ ...small, icon })).problems).toMatchObject([{ field: 'services[0].icon' }]);
    },
  );

  test('rejects two entries with the same label', () => {
    const scopes = ['a', 'b'].map((scope) => ({ scope, label: 'Same' }));
    expect(read(fileOf({ ...small, scopes })).problems).toMatchObject([{ field: 'services[0].scopes' }]);
  });

  test('on every member', () => {
    const odd = { odd: 1 };
    const { problems } = read({ ...odd, services: [{ ...full, ...odd, endpoints: odd, scopes: [odd], limits: odd }] });
    const known = Object.fromEntries(
      problems.flatMap(({ field, message }) => {
        const names = /Allowed here: (.*)\.$/.exec(message)?.[1];
        return names === undefined ? [] : [[field, names.split(', ').toSorted()]];
      }),
    );
    const namesOf = (schema: unknown) => Object.keys((schema as { properties: object }).properties).toSorted();
    const { service, endpoints: servers, permission } = definitions;
    expect(known).toEqual({
      odd: namesOf(servicesSchema),
      'services[0].odd': namesOf(service),
      'services[0].endpoints.odd': namesOf(servers),
      'services[0].scopes[0].odd': namesOf(permission),
      'services[0].limits.odd': namesOf((service as { properties: { limits: unknown } }).properties.limits),
    });
  });

  test('on the example in the documentation', () => {
    const example = /```json\n([^]*?)```/.exec(readFileSync('docs/services.md', 'utf8'))?.[1] ?? '';
    const { services, problems } = readServicesFile(example, options);
    expect(problems).toEqual([]);
    expect(services.map(({ id }) => id)).toEqual(['notices', 'board']);
    expect(accepts(JSON.parse(example))).toBe(true);
  });
});
