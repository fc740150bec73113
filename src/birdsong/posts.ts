import { isObject } from './is-object.ts';
import type { PostInput } from './post-input.ts';
import type { Store } from './store.ts';

/** A stored post. Whether it is published is derived from the current time. */
export interface PostRecord {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch; null if it was published immediately. */
  readonly scheduledAt: number | null;
  /** The client that created it. */
  readonly clientId: string | undefined;
}

/** A post as the API returns it. */
export interface Post {
  readonly id: string;
  readonly text: string;
  readonly status: 'published' | 'scheduled';
  readonly created_at: string;
  readonly published_at: string | null;
  readonly scheduled_at: string | null;
}

/** A user's posts. */
export interface Posts {
  add(input: PostInput, clientId: string | undefined): Promise<PostRecord>;
  find(id: string): Promise<PostRecord | undefined>;
  /** Returns posts, newest first, starting after the post with the id `after`. */
  list(options: { readonly limit: number; readonly after?: string }): Promise<PostRecord[]>;
  remove(id: string): Promise<void>;
}

const ID = /^[0-9a-z]{9}[0-9a-f]{8}$/;

/**
 * Returns whether a string has the format of a post id, and so is safe to use in a storage key.
 *
 * @param id the id that a client sent
 */
export function isPostId(id: string): boolean {
  return ID.test(id);
}

/**
 * Creates the access to stored posts.
 *
 * @param store stores the posts
 * @param now the clock, in milliseconds
 * @returns a function from a user's id to that user's posts
 */
export function createPosts(store: Store, now: () => number): (userId: string) => Posts {
  let latest = 0;

  /** Ids sort by time: 9 base-36 digits hold milliseconds until the year 5188. The random suffix makes them unique. */
  function nextId(): string {
    latest = Math.max(now(), latest + 1);
    const rest = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0'));
    return latest.toString(36).padStart(9, '0') + rest.join('');
  }

  return (userId) => {
    const prefix = `post:${userId}:`;
    return {
      async add(input, clientId) {
        const record: PostRecord = { id: nextId(), ...input, createdAt: now(), clientId };
        await store.put(prefix + record.id, { value: record });
        return record;
      },
      async find(id) {
        const entry = isPostId(id) ? await store.get(prefix + id) : undefined;
        return isPostRecord(entry?.value) ? entry.value : undefined;
      },
      async list({ limit, after }) {
        const found = await store.list({
          prefix,
          limit,
          isDescending: true,
          ...(after === undefined ? {} : { after: prefix + after }),
        });
        return found.map(({ value }) => value).filter(isPostRecord);
      },
      async remove(id) {
        await store.delete(prefix + id);
      },
    };
  };
}

/**
 * Returns a post's publication time, past or future.
 *
 * @param record the post
 * @returns milliseconds since the epoch
 */
export function publishedAt(record: PostRecord): number {
  return record.scheduledAt ?? record.createdAt;
}

/**
 * Returns a post's state at a given time. Because a worker has no reliable timer, a scheduled post counts as published as soon
 * as it is read after its scheduled time.
 *
 * @param record the stored post
 * @param now milliseconds since the epoch
 * @returns the post for the API
 */
export function viewPost(record: PostRecord, now: number): Post {
  const due = publishedAt(record);
  const isOut = due <= now;
  return {
    id: record.id,
    text: record.text,
    status: isOut ? 'published' : 'scheduled',
    created_at: new Date(record.createdAt).toISOString(),
    published_at: isOut ? new Date(due).toISOString() : null,
    scheduled_at: record.scheduledAt === null ? null : new Date(record.scheduledAt).toISOString(),
  };
}

function isPostRecord(value: unknown): value is PostRecord {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    typeof value['text'] === 'string' &&
    typeof value['createdAt'] === 'number' &&
    (value['scheduledAt'] === null || typeof value['scheduledAt'] === 'number')
  );
}
