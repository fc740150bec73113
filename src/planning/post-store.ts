import type { ChangeChannel } from '#storage/change-channel.ts';
import { createCollection, type Collection } from '#storage/collection.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';
import { createRepository, type Repository } from '#storage/repository.ts';

import type { Delivery, Post } from './post.ts';

/** Posts and drafts of this browser. */
export type PostStore = Collection<Post>;

/** The posts on disk. */
export function openPostRepository(): Repository<Post> {
  return createRepository(openKeyValueStore('posts'), readPost);
}

/** The posts in memory, over the repository. */
export function createPostStore(repository: Repository<Post>, channel: ChangeChannel): PostStore {
  return createCollection(repository, channel);
}

/** Reads a stored post. Its text is what must survive: whatever else can't be read makes it a draft again. */
function readPost(id: string, value: unknown): Post | undefined {
  if (!isObject(value) || value.version !== 1 || value.id !== id || typeof value.text !== 'string') return undefined;
  const targets = Array.isArray(value.targets) ? value.targets.filter((target) => typeof target === 'string') : [];
  const deliveries = Array.isArray(value.deliveries) && value.deliveries.every(isDelivery) ? value.deliveries : [];
  return {
    version: 1,
    id,
    text: value.text,
    createdAt: time(value.createdAt),
    updatedAt: time(value.updatedAt),
    ...(typeof value.plannedFor === 'number' && { plannedFor: value.plannedFor }),
    targets,
    deliveries,
  };
}

const time = (member: unknown): number => (typeof member === 'number' ? member : 0);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isDelivery(value: unknown): value is Delivery {
  if (!isObject(value) || !isObject(value.state)) return false;
  const texts = [value.connectionId, value.network, value.account, value.idempotencyKey];
  return (
    texts.every((text) => typeof text === 'string') &&
    ['sending', 'scheduled', 'sent', 'failed'].includes(String(value.state.kind))
  );
}
