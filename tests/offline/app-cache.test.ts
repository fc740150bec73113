import { describe, expect, test } from 'vitest';

import { responseRules } from '#scripts/hosting.mjs';
import { isScreenPath } from '#offline/is-screen-path.ts';
import { openAppCache, type Precache } from '#offline/app-cache.ts';
import { memoryCaches } from '#tests/support/memory-caches.ts';

const SCOPE = 'https://host.example/planner/';
const FILES: Precache['files'] = [
  ['index.html', 'r1'],
  ['assets/app-h1.js', ''],
];
const TYPES = { html: 'text/html', js: 'text/javascript', json: 'application/json' } as const;

/** A host with one deployment, its worker, and the requests made. */
function setUp(caches = memoryCaches(), precache: Precache = { version: 'v1', files: FILES }) {
  const fetched: string[] = [];
  const host = {
    /** Returns the response for a path. */
    response: (path: string): Response => {
      const type = TYPES[path.slice(path.lastIndexOf('.') + 1) as keyof typeof TYPES] ?? 'text/html';
      return new Response(`${precache.version} ${path}`, { headers: { 'content-type': type } });
    },
  };
  const fetch = async ({ url }: Request): Promise<Response> => {
    const path = url.slice(SCOPE.length);
    fetched.push(path);
    return host.response(path);
  };
  return { shell: openAppCache({ precache, scope: SCOPE, caches, fetch }), caches, fetched, host };
}

/** A page load, which only a browser can make a request for. */
const navigation = (path: string): Request =>
  Object.defineProperty(new Request(SCOPE + path), 'mode', { value: 'navigate' });
const file = (path: string): Request => new Request(SCOPE + path);
const textOf = async (response: Promise<Response> | undefined): Promise<string | undefined> => (await response)?.text();

describe('the files of the app', () => {
  test('come from the cache once all of them are stored, and from the host before', async () => {
    const { shell, fetched } = setUp();
    expect(await textOf(shell.respond(navigation('connections')))).toBe('v1 connections');
    await shell.fill();
    fetched.length = 0;
    expect(await textOf(shell.respond(navigation('connections')))).toBe('v1 index.html');
    expect(await textOf(shell.respond(file('assets/app-h1.js')))).toBe('v1 assets/app-h1.js');
    await shell.fill();
    expect(fetched).toEqual([]);
  });

  test('do not include URLs outside the app’s folder, such as a server’s metadata, or writes', () => {
    const { shell } = setUp();
    for (const path of ['.well-known/oauth-authorization-server', 'assets', 'robots.txt', 'birdsong.js']) {
      expect(shell.respond(navigation(path))).toBeUndefined();
    }
    expect(shell.respond(new Request('https://host.example/other'))).toBeUndefined();
    expect(shell.respond(new Request('https://host.example.evil/planner/index.html'))).toBeUndefined();
    expect(shell.respond(new Request(`${SCOPE}index.html`, { method: 'POST' }))).toBeUndefined();
  });

  test('PAGE-7: an authorization response opens the page, and its URL is not cached', async () => {
    const { shell, caches } = setUp();
    await shell.fill();
    const callback = 'callback?code=the-secret-code&state=s';
    expect(await textOf(shell.respond(navigation(callback)))).toBe('v1 index.html');
    await shell.respond(file(`services.json?${callback}`));
    expect(caches.urls().filter((address) => address.includes('?'))).toEqual([]);
  });

  test.each([
    ['is missing', new Response('', { status: 404 })],
    [
      'is the page, as from hosts that serve it for every path',
      new Response('', { headers: { 'content-type': 'text/html' } }),
    ],
  ])('are not used if one %s', async (_what, response) => {
    const { shell, host } = setUp();
    const asBuilt = host.response;
    host.response = (path) => (path.endsWith('.js') ? response.clone() : asBuilt(path));
    await expect(shell.fill()).rejects.toThrow('is not what was built');
    expect(await textOf(shell.respond(navigation('connections')))).toBe('v1 connections');
    host.response = asBuilt;
    await shell.fill();
    expect(await textOf(shell.respond(navigation('connections')))).toBe('v1 index.html');
  });
});

describe('a newer deployment', () => {
  const NEWER: Precache = {
    version: 'v2',
    files: [
      ['index.html', 'r2'],
      ['assets/app-h1.js', ''],
      ['assets/new-h2.js', ''],
    ],
  };

  test('reuses unchanged files, and keeps the previous deployment for open pages', async () => {
    const caches = memoryCaches();
    await setUp(caches, { version: 'v0', files: [['assets/oldest-h0.js', '']] }).shell.fill();
    await setUp(caches).shell.fill();
    const { shell, fetched } = setUp(caches, NEWER);
    await shell.fill();
    expect(fetched.toSorted()).toEqual(['assets/new-h2.js', 'index.html', 'services.json']);
    expect(await textOf(shell.respond(navigation('')))).toBe('v2 index.html');
    await shell.sweep();
    expect(await caches.keys()).toEqual(['shell v1', 'shell v2']);
    await caches.open('another app of this origin');
    await shell.sweep();
    expect(await caches.keys()).toContain('another app of this origin');
  });
});

describe('the deployer’s settings', () => {
  test('are those of this deployment, although the previous one’s files are still there', async () => {
    const caches = memoryCaches();
    await setUp(caches).shell.fill();
    const { shell, host } = setUp(caches, { version: 'v2', files: FILES });
    await shell.fill();
    host.response = () => {
      throw new TypeError('offline');
    };
    expect(await textOf(shell.respond(file('services.json')))).toBe('v2 services.json');
  });

  test('come from the host while it responds, and from the cache otherwise', async () => {
    const { shell, host } = setUp();
    await shell.fill();
    host.response = () => {
      throw new TypeError('offline');
    };
    expect(await textOf(shell.respond(file('services.json')))).toBe('v1 services.json');
    await expect(setUp(memoryCaches()).shell.respond(file('services.json'))).resolves.toBeDefined();
  });
});

test('PAGE-7: the worker and the host agree on which paths are screens', () => {
  const paths = ['', 'callback', 'callback/as1', 'connections/c-1/console', '.well-known', '.well-known/x', 'assets'];
  for (const path of [...paths, 'assets/x.js', 'a.b', 'a.b/c', 'robots.txt', 'x.json']) {
    expect([path, isScreenPath(path)]).toEqual([path, responseRules(`/${path}`).fallback !== null]);
  }
});
