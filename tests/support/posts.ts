import { ApiError } from '#api/errors.ts';
import type { NewPost, RemotePost } from '#networks/network.ts';
import type { Post } from '#planning/post.ts';
import type { PostStore } from '#planning/post-store.ts';
import { createPostStore } from '#planning/post-store.ts';
import type { Target } from '#planning/publisher.ts';

/** A draft with a text, for one connection. */
export function draft(changes: Partial<Post> = {}): Post {
  return {
    version: 1,
    id: 'p-1',
    text: 'Hello',
    createdAt: 0,
    updatedAt: 0,
    targets: ['c-1'],
    deliveries: [],
    ...changes,
  };
}

/** A post store over a repository in memory. */
export function postStore(...posts: Post[]): PostStore {
  const kept = new Map(posts.map((post) => [post.id, post]));
  return createPostStore(
    {
      isFullyReadable: () => Promise.resolve(true),
      all: () => Promise.resolve([...kept.values()]),
      read: (id) => Promise.resolve(kept.get(id)),
      write: (post) => Promise.resolve(void kept.set(post.id, post)),
      replace: (post) => Promise.resolve(kept.has(post.id) && kept.set(post.id, post) === kept),
      remove: (id) => Promise.resolve(void kept.delete(id)),
    },
    { announce: () => {}, listen: () => {} },
  );
}

/** A network whose responses the test provides; it records the posts that it was sent. */
export function target(
  connectionId: string,
  response: (post: NewPost) => RemotePost | ApiError,
): Target & { received: NewPost[] } {
  const received: NewPost[] = [];
  return {
    connectionId,
    networkName: 'Birdsong',
    account: 'lowtide',
    call: () => Promise.reject(new Error('the network calls nothing')),
    received,
    network: {
      serviceId: 'birdsong',
      characterLimit: 280,
      countCharacters: (text) => text.length,
      scopeToPost: ['posts:write'],
      scopeToReadPosts: [],
      scopeToReadStatistics: [],
      publish: (_call, post) => {
        received.push(post);
        const result = response(post);
        return result instanceof ApiError ? Promise.reject(result) : Promise.resolve(result);
      },
      list: () => Promise.resolve({ posts: [] }),
      statistics: () => Promise.resolve(new Map()),
    },
  };
}
