import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createIndexedDbStore } from '#birdsong/indexeddb-store.ts';
import { createBirdsong } from '#birdsong/program.ts';
import type { Birdsong } from '#birdsong/program.ts';
import type { Store } from '#birdsong/store.ts';
import { startBirdsong } from '#tests/support/birdsong-server.ts';
import { call, connect, discover } from './client.ts';

const now = Date.now;
const emptyStore = (): Store =>
  createIndexedDbStore({ factory: new IDBFactory(), keyRange: IDBKeyRange, name: 'birdsong', now });

function deployedAt(base: string, store = emptyStore(), onError: (error: unknown) => void = () => undefined): Birdsong {
  return createBirdsong({ base: new URL(base), store, now, onError });
}

describe('the paths that Birdsong handles', () => {
  it.each(['https://host.example/birdsong', 'https://host.example/birdsong/'])('at %s', (base) => {
    const birdsong = deployedAt(base);
    const owns = (address: string): boolean => birdsong.owns(new URL(address, 'https://host.example'));
    for (const own of [
      '/birdsong',
      '/birdsong/',
      '/birdsong/api/posts?limit=1',
      '/birdsong/anything',
      '/.well-known/oauth-protected-resource/birdsong/api',
      '/.well-known/oauth-authorization-server/birdsong',
      '/.well-known/openid-configuration/birdsong',
      '/birdsong/.well-known/openid-configuration',
    ]) {
      expect(owns(own), own).toBe(true);
    }
    for (const foreign of [
      '/',
      '/birdsongs',
      '/birdsong.js',
      '/callback',
      '/.well-known/oauth-protected-resource',
      '/.well-known/oauth-protected-resource/birdsong',
      '/.well-known/oauth-authorization-server',
      '/.well-known/oauth-authorization-server/other',
      'https://other.example/birdsong/',
      'http://host.example/birdsong/',
      'https://host.example:8443/birdsong/',
    ]) {
      expect(owns(foreign), foreign).toBe(false);
    }
  });

  it('handles no path outside its folder, wherever the folder is', () => {
    const birdsong = deployedAt('https://host.example/planner/birdsong');
    expect(birdsong.urls).toMatchObject({
      issuer: 'https://host.example/planner/birdsong',
      resource: 'https://host.example/planner/birdsong/api',
      app: 'https://host.example/planner/',
      serverMetadata: 'https://host.example/.well-known/oauth-authorization-server/planner/birdsong',
      resourceMetadata: 'https://host.example/.well-known/oauth-protected-resource/planner/birdsong/api',
    });
    expect(birdsong.owns(new URL('https://host.example/birdsong/'))).toBe(false);
    expect(birdsong.owns(new URL('https://host.example/planner/'))).toBe(false);
  });
});

it('works completely under a sub-path', async () => {
  const birdsong = await startBirdsong({ path: '/planner/birdsong' });
  const server = await discover(birdsong);
  for (const [name, value] of Object.entries(server)) {
    if (typeof value === 'string') expect(value.startsWith(`${birdsong.origin}/planner/birdsong`), name).toBe(true);
  }
  const { tokens } = await connect(birdsong);
  expect((await call(birdsong, tokens.access_token, '/me')).status).toBe(200);
  const markup = await (await fetch(`${birdsong.issuer}/controls`)).text();
  for (const [, address] of markup.matchAll(/(?:href|action)="([^"]*)"/g)) {
    expect(address?.startsWith(`${birdsong.origin}/planner/`), address).toBe(true);
  }
  await birdsong.stop();
});

it('rejects a base URL that cannot be an issuer', () => {
  expect(() => deployedAt('http://host.example/birdsong')).toThrow(TypeError);
});

it('survives the end of the worker: another one continues with the stored data', async () => {
  const store = emptyStore();
  const keysOf = async (birdsong: Birdsong): Promise<string> =>
    (await birdsong.handle(new Request(birdsong.urls.jwks))).text();
  const keys = await keysOf(deployedAt('https://host.example/birdsong', store));
  expect(await keysOf(deployedAt('https://host.example/birdsong', store))).toBe(keys);
});

it('responds to an internal error with 500, readable by apps on other origins, and reports it', async () => {
  const fault = new Error('The disk is gone');
  const broken: Store = { ...emptyStore(), get: () => Promise.reject(fault), list: () => Promise.reject(fault) };
  const faults: unknown[] = [];
  const birdsong = deployedAt('https://host.example/birdsong', broken, (error) => faults.push(error));
  for (const address of [birdsong.urls.jwks, birdsong.urls.controls]) {
    const response = await birdsong.handle(new Request(address));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('disk');
    const type = address === birdsong.urls.controls ? 'text/html; charset=utf-8' : 'application/problem+json';
    expect(response.headers.get('content-type')).toBe(type);
  }
  expect(faults).toEqual([fault, fault]);
  const shared = await birdsong.handle(new Request(birdsong.urls.jwks));
  expect(shared.headers.get('access-control-allow-origin')).toBe('*');
});
