import { describe, expect, test } from 'vitest';

import type { ApiCall, AuthorizedFetch } from '#api/authorized-fetch.ts';
import { birdsong } from '#networks/birdsong.ts';

function answering(body: unknown): AuthorizedFetch & { calls: [string, ApiCall | undefined][] } {
  const calls: [string, ApiCall | undefined][] = [];
  const call: AuthorizedFetch = (path, options) => {
    calls.push([path, options]);
    return Promise.resolve(typeof body === 'string' ? new Response(body) : Response.json(body));
  };
  return Object.assign(call, { calls });
}
const post = { id: '1', text: 'Hi', status: 'published', published_at: '2026-11-23T09:00:00Z', scheduled_at: null };

describe('Birdsong', () => {
  test('counts user-perceived characters', () => {
    expect(birdsong.countCharacters('abc')).toBe(3);
    expect(birdsong.countCharacters('👩‍👩‍👧‍👦é🇬🇧')).toBe(3);
  });

  test('sends the idempotency key, and the time if there is one', async () => {
    const call = answering({ ...post, status: 'scheduled', published_at: null, scheduled_at: '2026-11-24T09:00:00Z' });
    const at = Date.UTC(2026, 10, 24, 9);
    expect(await birdsong.publish(call, { text: 'Hi', scheduledFor: at, idempotencyKey: 'k' })).toEqual({
      id: '1',
      text: 'Hi',
      state: { kind: 'scheduled', at },
    });
    expect(call.calls).toEqual([
      [
        'posts',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
          body: '{"text":"Hi","scheduled_at":"2026-11-24T09:00:00.000Z"}',
        },
      ],
    ]);
  });

  test('lists page by page, with the cursor that the network returned', async () => {
    const call = answering({ posts: [post], next: 'https://b.example/api/posts?cursor=2' });
    const page = await birdsong.list(call);
    expect(page).toMatchObject({ posts: [{ id: '1' }], next: 'https://b.example/api/posts?cursor=2' });
    await birdsong.list(call, page.next);
    expect(call.calls[1]?.[0]).toBe('https://b.example/api/posts?cursor=2');
  });

  test('requests no statistics for no posts', async () => {
    const call = answering({});
    expect(await birdsong.statistics(call, [])).toEqual(new Map());
    expect(call.calls).toEqual([]);
  });

  test.each([
    'not json',
    [],
    {},
    { posts: [{}] },
    { posts: [{ ...post, id: 7 }] },
    { posts: [{ ...post, published_at: 'yesterday' }] },
  ])('rejects an invalid response: %j', async (body) => {
    await expect(birdsong.list(answering(body))).rejects.toMatchObject({ code: 'malformed-response' });
  });

  test.each([{ likes: -1 }, { likes: '3' }, { likes: 1.5 }, {}])('rejects invalid statistics: %j', async (counts) => {
    const call = answering({ statistics: [{ id: '1', reposts: 0, replies: 0, ...counts }] });
    await expect(birdsong.statistics(call, ['1'])).rejects.toMatchObject({ code: 'malformed-response' });
  });
});
