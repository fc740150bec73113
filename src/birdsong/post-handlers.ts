import type { Caller } from './caller.ts';
import { isObject } from './is-object.ts';
import { createMutex } from './mutex.ts';
import { parsePostInput } from './post-input.ts';
import { createPosts, isPostId, publishedAt, viewPost } from './posts.ts';
import type { PostRecord } from './posts.ts';
import { createProblemMaker } from './problem.ts';
import { readText } from './request-body.ts';
import { statisticsAt } from './statistics.ts';
import type { Store } from './store.ts';
import type { Urls } from './urls.ts';

const DAY = 86_400_000;
const MAX_BODY = 16_384;
const MAX_PAGE = 50;

/** The API's operations on posts. The token and its scope have already been checked. */
export interface PostHandlers {
  list(request: Request, caller: Caller): Promise<Response>;
  create(request: Request, caller: Caller): Promise<Response>;
  read(id: string, caller: Caller): Promise<Response>;
  remove(id: string, caller: Caller): Promise<Response>;
  statistics(request: Request, caller: Caller): Promise<Response>;
}

/** The record of an idempotency key: the request body it was used with, and the post that was created. */
interface KeyedRequest {
  readonly body: string;
  readonly postId: string;
}

/**
 * Creates the post operations.
 *
 * @param options the store, the URLs for links, and the clock in milliseconds
 */
export function createPostHandlers({
  store,
  urls,
  now,
}: {
  readonly store: Store;
  readonly urls: Urls;
  readonly now: () => number;
}): PostHandlers {
  const problem = createProblemMaker(urls);
  const postsOf = createPosts(store, now);
  const oneAtATime = createMutex();
  const none = (): Response => problem('not-found', 'No such post.');

  function shown(record: PostRecord, status: 200 | 201): Response {
    const headers = { Location: `${urls.resource}/posts/${record.id}` };
    return Response.json(viewPost(record, now()), status === 201 ? { status, headers } : { status });
  }

  async function createOnce(key: string, body: string, { user, clientId }: Caller): Promise<Response> {
    const entryKey = `idempotency:${user.id}:${clientId ?? ''}:${key}`;
    const earlier = (await store.get(entryKey))?.value;
    // Checked before validation: a late retry must not fail because its scheduled time has passed in the meantime.
    if (isKeyedRequest(earlier)) {
      if (earlier.body !== body) return problem('idempotency-mismatch', 'This key was used with a different body.');
      const record = await postsOf(user.id).find(earlier.postId);
      return record === undefined ? problem('not-found', 'The post with this key was deleted.') : shown(record, 200);
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(body);
    } catch {
      return problem('invalid-request', 'The body isn’t valid JSON.');
    }
    const result = parsePostInput(parsed, now());
    if (result.outcome === 'invalid') {
      return problem('invalid-post', 'See errors for details.', { errors: result.errors });
    }
    const record = await postsOf(user.id).add(result.input, clientId);
    await store.put(entryKey, { value: { body, postId: record.id } satisfies KeyedRequest, expiresAt: now() + DAY });
    return shown(record, 201);
  }

  return {
    async create(request, caller) {
      const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/json') return problem('unsupported-media-type', 'Send application/json.');
      const key = request.headers.get('idempotency-key') ?? '';
      if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
        const errors = [{ field: 'Idempotency-Key', detail: 'Must be 1 to 128 visible characters.' }];
        return problem('invalid-request', 'Every post needs an Idempotency-Key header.', { errors });
      }
      const body = await readText(request, MAX_BODY);
      if (body === undefined) return problem('too-large', `The limit is ${MAX_BODY} bytes.`);
      return oneAtATime(() => createOnce(key, body, caller));
    },
    async list(request, { user }) {
      const query = new URL(request.url).searchParams;
      const limit = Number(query.get('limit') ?? 20);
      const cursor = query.get('cursor');
      const errors = [];
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
        errors.push({ field: 'limit', detail: `Must be a whole number from 1 to ${MAX_PAGE}.` });
      }
      if (cursor !== null && !isPostId(cursor))
        errors.push({ field: 'cursor', detail: 'Use the value from next, unchanged.' });
      if (errors.length > 0) return problem('invalid-request', 'Invalid query.', { errors });
      // Request one extra post to find out whether there is a next page.
      const found = await postsOf(user.id).list({ limit: limit + 1, ...(cursor === null ? {} : { after: cursor }) });
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      const next = last === undefined ? null : `${urls.resource}/posts?limit=${limit}&cursor=${last.id}`;
      return Response.json({ posts: page.map((record) => viewPost(record, now())), next });
    },
    async read(id, { user }) {
      const record = await postsOf(user.id).find(id);
      return record === undefined ? none() : shown(record, 200);
    },
    async remove(id, { user, clientId }) {
      const record = await postsOf(user.id).find(id);
      if (record === undefined) return none();
      if (record.clientId !== clientId) return problem('not-your-post', 'An app can delete only its own posts.');
      await postsOf(user.id).remove(id);
      return new Response(null, { status: 204 });
    },
    async statistics(request, { user }) {
      const ids = (new URL(request.url).searchParams.get('ids') ?? '').split(',').filter((id) => id !== '');
      if (ids.length === 0 || ids.length > MAX_PAGE) {
        const errors = [{ field: 'ids', detail: `Must be 1 to ${MAX_PAGE} post IDs, separated by commas.` }];
        return problem('invalid-request', 'Invalid query.', { errors });
      }
      const found = await Promise.all([...new Set(ids)].map((id) => postsOf(user.id).find(id)));
      const statistics = found
        .filter((record) => record !== undefined)
        .map((record) => ({ id: record.id, ...statisticsAt(record.id, now() - publishedAt(record)) }));
      return Response.json({ statistics });
    },
  };
}

function isKeyedRequest(value: unknown): value is KeyedRequest {
  return isObject(value) && typeof value['body'] === 'string' && typeof value['postId'] === 'string';
}
