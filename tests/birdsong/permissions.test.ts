import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBirdsong } from '#tests/support/birdsong-server.ts';
import type { BirdsongServer } from '#tests/support/birdsong-server.ts';
import { call, connect, consent, locationOf, startFlow } from './client.ts';

let birdsong: BirdsongServer;
beforeAll(async () => {
  birdsong = await startBirdsong();
});
afterAll(() => birdsong.stop());

const ALL = ['email', 'posts-read', 'posts-write', 'stats-read', 'offline'];

describe('a permission that is not ticked is not granted', () => {
  it.each([
    ['email', 'email', undefined, undefined],
    ['posts-read', 'posts:read', '/posts', 'GET'],
    ['posts-write', 'posts:write', '/posts', 'POST'],
    ['stats-read', 'stats:read', '/statistics?ids=x', 'GET'],
    ['offline', 'offline_access', undefined, undefined],
  ])('%s', async (permission, scope, path, method) => {
    const { tokens } = await connect(birdsong, { permissions: ALL.filter((other) => other !== permission) });
    const granted = tokens.scope?.split(' ') ?? [];
    expect(granted).not.toContain(scope);
    expect(granted).toHaveLength(6);
    if (path === undefined) return;
    const response = await call(birdsong, tokens.access_token, path, {
      method,
      ...(method === 'POST' ? { body: {} } : {}),
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${scope}"`);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 403, type: `${birdsong.issuer}/#insufficient-scope` });
  });

  it('without offline access no refresh token is issued', async () => {
    const { tokens } = await connect(birdsong, { permissions: ['posts-read'] });
    expect(tokens).not.toHaveProperty('refresh_token');
  });

  it('without the email permission no document contains the email address', async () => {
    const { tokens } = await connect(birdsong, { permissions: ['posts-read'] });
    expect(await (await call(birdsong, tokens.access_token, '/me')).json()).not.toHaveProperty('email');
    const claims = JSON.parse(
      Buffer.from(String(tokens.id_token).split('.')[1] ?? '', 'base64url').toString(),
    ) as object;
    expect(claims).not.toHaveProperty('email');
    expect(claims).toHaveProperty('name');
  });
});

it('required scopes are granted whatever the form says, and no scope that was not requested', async () => {
  const { tokens } = await connect(birdsong, { permissions: ['posts-write'] }, { scope: 'openid profile posts:read' });
  expect(tokens.scope).toBe('openid profile');
});

it('allowing nothing counts as denying', async () => {
  const { url } = await startFlow(birdsong, { scope: 'posts:read' });
  const location = locationOf(await consent(url, { permissions: [] }));
  expect(location.searchParams.get('error')).toBe('access_denied');
});

it('the page lists the requested scopes only', async () => {
  const { url } = await startFlow(birdsong, { scope: 'openid posts:write admin' });
  const page = await (await fetch(url)).text();
  expect(page).toContain('See your name and picture');
  expect(page).toContain('Post for you');
  expect(page).not.toContain('See your email address');
  expect(page).not.toContain('Stay connected');
  expect(page).not.toContain('admin</');
});
