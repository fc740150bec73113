import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBirdsong } from '#tests/support/birdsong-server.ts';
import type { BirdsongServer } from '#tests/support/birdsong-server.ts';
import { call, connect, post } from './client.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let clock: number;
let birdsong: BirdsongServer;
let token: string;

beforeEach(async () => {
  clock = Date.now();
  birdsong = await startBirdsong({ now: () => clock });
  token = (await connect(birdsong)).tokens.access_token;
});
afterEach(() => birdsong.stop());

/** Moves the clock and signs in again, because access tokens expire before that. */
async function later(milliseconds: number): Promise<void> {
  clock += milliseconds;
  token = (await connect(birdsong)).tokens.access_token;
}

async function json<T>(path: string): Promise<T> {
  const response = await call(birdsong, token, path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

interface Page {
  readonly posts: readonly { readonly id: string; readonly text: string; readonly status: string }[];
  readonly next: string | null;
}

describe('posting', () => {
  it('publishes at once', async () => {
    const headers = { 'idempotency-key': 'once' };
    const response = await call(birdsong, token, '/posts', {
      method: 'POST',
      body: { text: 'Low tide at six.' },
      headers,
    });
    expect(response.status).toBe(201);
    const made = (await response.json()) as { id: string };
    expect(made).toEqual({
      id: made.id,
      text: 'Low tide at six.',
      status: 'published',
      created_at: new Date(clock).toISOString(),
      published_at: new Date(clock).toISOString(),
      scheduled_at: null,
    });
    expect(response.headers.get('location')).toBe(`${birdsong.resource}/posts/${made.id}`);
    expect(await json(`/posts/${made.id}`)).toEqual(made);
  });

  it('returns the post that was made with a used key', async () => {
    const send = (body: object): Promise<Response> =>
      call(birdsong, token, '/posts', { method: 'POST', body, headers: { 'idempotency-key': 'twice' } });
    const first = await send({ text: 'Once' });
    const again = await send({ text: 'Once' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await again.json()).toEqual(await first.json());
    const other = await send({ text: 'Something else' });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ type: `${birdsong.issuer}/#idempotency-mismatch` });
    expect((await json<Page>('/posts')).posts).toHaveLength(1);
  });

  it('makes one post from two simultaneous requests with one key', async () => {
    const send = (): Promise<Response> =>
      call(birdsong, token, '/posts', {
        method: 'POST',
        body: { text: 'Race' },
        headers: { 'idempotency-key': 'race' },
      });
    const statuses = (await Promise.all([send(), send(), send()])).map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 200, 201]);
    expect((await json<Page>('/posts')).posts).toHaveLength(1);
  });

  it('responds to a late retry although its scheduled time has passed', async () => {
    const body = { text: 'Later', scheduled_at: new Date(clock + 20_000).toISOString() };
    const send = (): Promise<Response> =>
      call(birdsong, token, '/posts', { method: 'POST', body, headers: { 'idempotency-key': 'late' } });
    expect((await send()).status).toBe(201);
    clock += 30_000;
    const retried = await send();
    expect(retried.status).toBe(200);
    expect(await retried.json()).toMatchObject({ text: 'Later', status: 'published' });
  });

  it('counts user-perceived characters', async () => {
    const family = '👩‍👩‍👧‍👦';
    expect(await post(birdsong, token, { text: family.repeat(280) })).toMatchObject({ status: 'published' });
  });
});

describe('scheduling', () => {
  it('publishes at the scheduled time, without anything running meanwhile', async () => {
    const due = clock + 10 * MINUTE;
    const { id } = await post(birdsong, token, { text: 'Soon', scheduled_at: new Date(due).toISOString() });
    expect(await json(`/posts/${id}`)).toMatchObject({ status: 'scheduled', published_at: null });
    expect(await json(`/statistics?ids=${id}`)).toEqual({ statistics: [{ id, likes: 0, reposts: 0, replies: 0 }] });
    await later(10 * MINUTE);
    expect(await json(`/posts/${id}`)).toMatchObject({
      status: 'published',
      published_at: new Date(due).toISOString(),
      scheduled_at: new Date(due).toISOString(),
    });
  });

  it('accepts every UTC offset', async () => {
    const local = new Date(clock + 2 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+01:00');
    const made = await post(birdsong, token, { text: 'Offset', scheduled_at: local });
    expect(made).toMatchObject({ status: 'scheduled', scheduled_at: new Date(local).toISOString() });
  });
});

describe('lists', () => {
  it('are sorted from the newest to the oldest, page by page', async () => {
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      await post(birdsong, token, { text });
      clock += 1000;
    }
    const texts: string[] = [];
    let address: string | null = `${birdsong.resource}/posts?limit=2`;
    let pages = 0;
    while (address !== null) {
      const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      const page = (await response.json()) as Page;
      texts.push(...page.posts.map(({ text }) => text));
      address = page.next;
      pages += 1;
    }
    expect(texts).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(pages).toBe(3);
  });

  it('keep the order of posts made in the same millisecond', async () => {
    for (const text of ['a', 'b', 'c']) await post(birdsong, token, { text });
    expect((await json<Page>('/posts')).posts.map(({ text }) => text)).toEqual(['c', 'b', 'a']);
  });

  it('end exactly at the last page', async () => {
    await post(birdsong, token, { text: 'only' });
    expect(await json<Page>('/posts?limit=1')).toMatchObject({ next: null });
  });

  it('contain the user’s own posts only', async () => {
    await post(birdsong, token, { text: 'of Lowtide' });
    const robin = (await connect(birdsong, { user: 'robin' })).tokens.access_token;
    expect(await (await call(birdsong, robin, '/posts')).json()).toEqual({ posts: [], next: null });
  });
});

describe('deleting', () => {
  it('removes the app’s own post', async () => {
    const { id } = await post(birdsong, token, { text: 'Gone soon' });
    expect((await call(birdsong, token, `/posts/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(birdsong, token, `/posts/${id}`)).status).toBe(404);
    expect((await call(birdsong, token, `/posts/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('does not reach posts of another app', async () => {
    const { id } = await post(birdsong, token, { text: 'Mine' });
    const other = (await connect(birdsong)).tokens.access_token;
    const refused = await call(birdsong, other, `/posts/${id}`, { method: 'DELETE' });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ type: `${birdsong.issuer}/#not-your-post` });
    expect((await call(birdsong, token, `/posts/${id}`)).status).toBe(200);
  });
});

describe('statistics', () => {
  interface Counts {
    readonly statistics: readonly { readonly id: string; readonly likes: number; readonly reposts: number }[];
  }

  it('grow over time, never fall, and do not depend on when they are read', async () => {
    const { id } = await post(birdsong, token, { text: 'Watch me' });
    const likes: number[] = [];
    for (const step of [0, 2 * MINUTE, 8 * MINUTE, DAY, 6 * DAY, 60 * DAY]) {
      await later(step);
      const first = await json<Counts>(`/statistics?ids=${id}`);
      expect(await json<Counts>(`/statistics?ids=${id}`)).toEqual(first);
      likes.push(first.statistics[0]?.likes ?? Number.NaN);
    }
    expect(likes[0]).toBe(0);
    expect(likes[1]).toBeGreaterThan(0);
    expect(likes).toEqual(likes.toSorted((one, other) => one - other));
    expect(likes.at(-1)).toBeGreaterThan(40);
  });

  it('are returned once for each existing post', async () => {
    const { id } = await post(birdsong, token, { text: 'Here' });
    const { statistics } = await json<Counts>(`/statistics?ids=${id},nothere,${id}`);
    expect(statistics.map((counts) => counts.id)).toEqual([id]);
  });
});

describe('bad input', () => {
  const key = { 'idempotency-key': 'bad' };
  const year = 365 * DAY;

  it.each([
    ['no text', {}, 'text'],
    ['an empty text', { text: '' }, 'text'],
    ['a blank text', { text: ' \n ' }, 'text'],
    ['a text that is too long', { text: 'x'.repeat(281) }, 'text'],
    ['a text that is not a string', { text: 5 }, 'text'],
    ['an invalid time', { text: 'x', scheduled_at: 'tomorrow' }, 'scheduled_at'],
    ['a time without an offset', { text: 'x', scheduled_at: '2099-05-04T09:30:00' }, 'scheduled_at'],
    ['an impossible date', { text: 'x', scheduled_at: '2099-02-30T09:30:00Z' }, 'scheduled_at'],
    ['a number as a time', { text: 'x', scheduled_at: 5 }, 'scheduled_at'],
    ['a time in the past', { text: 'x', scheduled_at: '2001-01-01T00:00:00Z' }, 'scheduled_at'],
    [
      'a time too far ahead',
      { text: 'x', scheduled_at: new Date(Date.now() + year + DAY).toISOString() },
      'scheduled_at',
    ],
    ['a body that is not an object', ['x'], ''],
  ])('%s gets a problem response', async (_what, body, field) => {
    const response = await call(birdsong, token, '/posts', { method: 'POST', body, headers: key });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as { errors: { field: string; detail: string }[] };
    expect(problem).toMatchObject({ type: `${birdsong.issuer}/#invalid-post`, status: 422 });
    expect(problem.errors).toEqual([{ field, detail: expect.stringMatching(/\w/) }]);
  });

  it('all errors are named', async () => {
    const response = await call(birdsong, token, '/posts', { method: 'POST', body: { scheduled_at: 1 }, headers: key });
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(['text', 'scheduled_at']);
  });

  it.each([
    ['no idempotency key', { body: { text: 'x' } }, 400, 'invalid-request'],
    ['a body that is not JSON', { body: '{"text":', headers: key }, 400, 'invalid-request'],
    ['a body that is too large', { body: { text: 'x'.repeat(20_000) }, headers: key }, 413, 'too-large'],
    [
      'another media type',
      { body: 'text=x', headers: { ...key, 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
  ])('%s gets a problem response', async (_what, options, status, kind) => {
    const response = await call(birdsong, token, '/posts', { method: 'POST', ...options });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, type: `${birdsong.issuer}/#${kind}` });
  });

  it.each([
    ['/posts?limit=0', 400],
    ['/posts?limit=1.5', 400],
    ['/posts?limit=1000', 400],
    ['/posts?cursor=../x', 400],
    ['/statistics', 400],
    [`/statistics?ids=${'x,'.repeat(60)}`, 400],
    ['/nothing', 404],
    ['', 404],
    ['/posts/..%2F..%2Fsecret', 404],
  ])('GET %s gets a problem response', async (path, status) => {
    const response = await call(birdsong, token, path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });

  it.each([
    ['/me', 'DELETE', 'GET, OPTIONS'],
    ['/posts', 'PUT', 'GET, POST, OPTIONS'],
    ['/posts/x', 'POST', 'GET, DELETE, OPTIONS'],
  ])('%s does not support %s', async (path, method, allowed) => {
    const response = await call(birdsong, token, path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
  });
});

it('an access token expires after 60 seconds', async () => {
  clock += 59_000;
  expect((await call(birdsong, token, '/me')).status).toBe(200);
  clock += 1000;
  const response = await call(birdsong, token, '/me');
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
});
