import * as oauth from 'oauth4webapi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBirdsong } from '#tests/support/birdsong-server.ts';
import type { BirdsongServer } from '#tests/support/birdsong-server.ts';
import { attribute, call, connect, post, refresh, startFlow } from './client.ts';

let birdsong: BirdsongServer;
let waits: number[];
beforeEach(async () => {
  waits = [];
  birdsong = await startBirdsong({
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
});
afterEach(() => birdsong.stop());

const page = async (address: string = birdsong.urls.controls): Promise<string> => (await fetch(address)).text();

/** Presses a button of the controls page, as a browser without scripts would. */
async function press(action: string): Promise<string> {
  const markup = await page();
  expect(markup).toContain(`value="${action}"`);
  const body = new URLSearchParams({ guard: attribute(markup, /name="guard" value="([^"]*)"/), action });
  const response = await fetch(birdsong.urls.controls, { method: 'POST', body, redirect: 'manual' });
  expect(response.status).toBe(303);
  return page(String(response.headers.get('location')));
}

describe('the controls page', () => {
  it('shows who has access and for how long', async () => {
    expect(await page()).toContain('Nobody.');
    await connect(birdsong, { user: 'robin', permissions: ['posts-read'] });
    const markup = await page();
    expect(markup).toContain('<bdi>Content Planner</bdi></b> as @robin');
    expect(markup).toContain('See your name and picture, See your posts');
    expect(markup).toContain('One access token is valid for another 60 s.');
  });

  it('expires access tokens, and the refresh token brings a new one', async () => {
    const connection = await connect(birdsong);
    const markup = await press('expire');
    expect(markup).toContain('role="status">All access tokens have expired');
    expect(markup).toContain('<title>All access tokens have expired');
    expect((await call(birdsong, connection.tokens.access_token, '/me')).status).toBe(401);
    const refreshed = await refresh(connection);
    expect((await call(birdsong, refreshed.access_token, '/me')).status).toBe(200);
  });

  it('revokes the app’s access', async () => {
    const connection = await connect(birdsong);
    await connect(birdsong, { user: 'robin' });
    expect(await press('revoke')).toContain('Nobody.');
    expect((await call(birdsong, connection.tokens.access_token, '/me')).status).toBe(401);
    await expect(refresh(connection)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('fails the next refresh temporarily, and the same token works afterwards', async () => {
    const connection = await connect(birdsong);
    expect(await press('fail-temporary')).toContain('The next refresh fails once with a 503.');
    const { flow, tokens } = connection;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: flow.client.client_id,
      refresh_token: String(tokens.refresh_token),
    });
    const failed = await fetch(String(flow.server.token_endpoint), { method: 'POST', body });
    expect(failed.status).toBe(503);
    expect(failed.headers.get('retry-after')).toBe('2');
    expect(await failed.json()).toMatchObject({ error: 'temporarily_unavailable' });
    expect(await page()).toContain('The next refresh works.');
    await expect(refresh(connection)).resolves.toHaveProperty('access_token');
  });

  it('rejects the next refresh for good', async () => {
    const connection = await connect(birdsong);
    await press('fail-refused');
    await expect(refresh(connection)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(refresh(connection)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await call(birdsong, connection.tokens.access_token, '/me')).status).toBe(401);
  });

  it('cancels a planned failure', async () => {
    const connection = await connect(birdsong);
    await press('fail-refused');
    expect(await press('fail-not')).toContain('The next refresh works.');
    await expect(refresh(connection)).resolves.toHaveProperty('access_token');
  });

  it('does not apply a failure planned for refreshing to a sign-in', async () => {
    await press('fail-refused');
    await expect(connect(birdsong)).resolves.toHaveProperty('tokens');
  });

  it('slows down the API and the token endpoint, and nothing else, until it is turned off', async () => {
    const connection = await connect(birdsong);
    expect(await press('slow')).toContain('take 3 seconds longer');
    await call(birdsong, connection.tokens.access_token, '/me');
    await refresh(connection);
    await page();
    await fetch(birdsong.urls.serverMetadata);
    expect(waits).toEqual([3000, 3000]);
    expect(await press('quick')).toContain('Normal speed.');
    await call(birdsong, connection.tokens.access_token, '/me');
    expect(waits).toHaveLength(2);
  });

  it('resets everything: posts, apps, grants, keys and settings', async () => {
    const { flow, tokens } = await connect(birdsong);
    await post(birdsong, tokens.access_token, { text: 'Forget me' });
    await press('slow');
    const keysBefore = await (await fetch(birdsong.urls.jwks)).text();
    expect(await press('start-over')).toContain('Normal speed.');
    expect((await call(birdsong, tokens.access_token, '/me')).status).toBe(401);
    const known = await startFlow(birdsong, {}, flow.client);
    const refused = await fetch(known.url, { redirect: 'manual' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('before Birdsong was reset');
    await expect(refresh({ flow, tokens })).rejects.toBeInstanceOf(oauth.ResponseBodyError);
    expect(await (await fetch(birdsong.urls.jwks)).text()).not.toBe(keysBefore);
    const again = await connect(birdsong);
    const posts = await call(birdsong, again.tokens.access_token, '/posts');
    expect(await posts.json()).toEqual({ posts: [], next: null });
  });

  it.each([
    ['without Birdsong’s form token', {}, {}],
    ['from another site', { guard: 'own' }, { 'sec-fetch-site': 'cross-site' }],
    ['from another origin', { guard: 'own' }, { origin: 'https://evil.example' }],
  ])('rejects a post %s', async (_what, { guard }: { guard?: string }, headers) => {
    const connection = await connect(birdsong);
    const own = attribute(await page(), /name="guard" value="([^"]*)"/);
    const body = new URLSearchParams({ action: 'start-over', ...(guard === undefined ? {} : { guard: own }) });
    const response = await fetch(birdsong.urls.controls, { method: 'POST', body, redirect: 'manual', headers });
    expect(response.status).toBe(403);
    expect((await call(birdsong, connection.tokens.access_token, '/me')).status).toBe(200);
  });

  it('shows no text from the URL', async () => {
    expect(await page(`${birdsong.urls.controls}?done=<b>hacked</b>`)).not.toContain('hacked');
    expect(await page(`${birdsong.urls.controls}?done=constructor`)).not.toContain('role="status"');
  });
});
