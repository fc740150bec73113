import { ApiError } from '#api/errors.ts';
import { readJson } from '#api/read-json.ts';
import { isObject } from '#lib/guards.ts';

import type { Network, RemotePost, Statistics } from './network.ts';

/**
 * Birdsong, the demo network: posts of up to 280 characters, where each grapheme counts as one; supports scheduled
 * posts.
 */
export const birdsong: Network = {
  serviceId: 'birdsong',
  characterLimit: 280,
  countCharacters: (text) => [...new Intl.Segmenter().segment(text)].length,
  scopeToPost: ['posts:write'],
  scopeToReadPosts: ['posts:read'],
  scopeToReadStatistics: ['stats:read'],

  async publish(call, { text, scheduledFor, idempotencyKey }) {
    const response = await call('posts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      // JSON leaves out what is undefined.
      body: JSON.stringify({
        text,
        scheduled_at: scheduledFor === undefined ? undefined : new Date(scheduledFor).toISOString(),
      }),
    });
    return readPost(await readJson(response));
  },

  async list(call, next = 'posts?limit=50') {
    const page = await readJson(await call(next));
    if (!Array.isArray(page.posts)) throw unexpected('a list of posts');
    const posts = page.posts.map(readPost);
    return typeof page.next === 'string' ? { posts, next: page.next } : { posts };
  },

  async statistics(call, ids) {
    if (ids.length === 0) return new Map();
    const body = await readJson(await call(`statistics?ids=${ids.map(encodeURIComponent).join(',')}`));
    if (!Array.isArray(body.statistics)) throw unexpected('a list of statistics');
    return new Map(body.statistics.map(readStatistics));
  },
};

const unexpected = (what: string): ApiError => new ApiError('malformed-response', `Birdsong did not send ${what}`);

function readPost(value: unknown): RemotePost {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.text !== 'string') throw unexpected('a post');
  const kind = value.status === 'scheduled' ? 'scheduled' : 'published';
  const at = Date.parse(String(kind === 'scheduled' ? value.scheduled_at : value.published_at));
  if (Number.isNaN(at)) throw unexpected("a post's time");
  return { id: value.id, text: value.text, state: { kind, at } };
}

function readStatistics(value: unknown): [string, Statistics] {
  if (!isObject(value) || typeof value.id !== 'string') throw unexpected('statistics');
  const count = (name: string): number => {
    const number = value[name];
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw unexpected(name);
    return number;
  };
  return [value.id, { likes: count('likes'), reposts: count('reposts'), replies: count('replies') }];
}
