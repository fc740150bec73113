import type { ChangeChannel } from '#storage/change-channel.ts';
import { createCollection, type Collection } from '#storage/collection.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';
import { createRepository, type Repository } from '#storage/repository.ts';

import type { Post } from './post.ts';
import { readPost } from './stored-post.ts';
import { toStoredPost } from './stored-reasons.ts';

/** The posts and drafts in this browser. */
export type PostStore = Collection<Post>;

/** Opens the posts on disk. */
export function openPostRepository(store: PersistentStore = openPersistentStore('posts')): Repository<Post> {
  return createRepository(store, readPost, toStoredPost);
}

/** Creates the in-memory post store over the repository. */
export function createPostStore(repository: Repository<Post>, channel: ChangeChannel): PostStore {
  return createCollection(repository, channel);
}
