import type { AuthorizedFetch } from '#api/authorized-fetch.ts';
import type { Network } from '#networks/network.ts';

import { attempt } from './delivery-attempt.ts';
import { mayHaveArrived, statusOf, type Delivery, type DeliveryState, type Post } from './post.ts';
import type { PostStore } from './post-store.ts';

/** A connection that posts can go to: what the network is, and a fetch that acts for the person there. */
export interface Target {
  connectionId: string;
  network: Network;
  networkName: string;
  account: string;
  call: AuthorizedFetch;
}

export interface PublisherNeeds {
  posts: PostStore;
  /** Undefined once it is disconnected. */
  targetFor: (connectionId: string) => Target | undefined;
  /** Runs a task while no other tab runs one of the same name. */
  lock: <T>(name: string, task: () => Promise<T>) => Promise<T>;
  now: () => number;
  /** Told of a fault that is the app's own: the post says that there was one, and no more. */
  onFault: (error: unknown) => void;
}

/** Sends posts. Every outcome is in the post's deliveries: nothing is thrown for a network's refusal. */
export interface Publisher {
  /** Sends a draft to its targets, now or for its planned time. */
  send(draft: Post): Promise<void>;
  /** Sends what failed once more, under the same keys: at its planned time, or now when that has passed. */
  tryAgain(postId: string): Promise<void>;
  /** Makes a draft again of a post that no network is known to have; sent anew, it goes out under new keys. */
  reopen(postId: string): Promise<void>;
  /** Sends once more what a closed page has just left in sending: the keys make that safe. What is older is failed. */
  resume(): Promise<void>;
}

/** A publisher over the post store. */
export function createPublisher(needs: PublisherNeeds): Publisher {
  const { posts, lock } = needs;
  const deliverOpen = (postId: string): Promise<void> =>
    lock(`publish ${postId}`, async () => {
      const post = await posts.reload(postId);
      if (!post) return;
      const deliveries = await Promise.all(post.deliveries.map((delivery) => deliver(needs, post, delivery)));
      const isThrough = deliveries.every(({ state }) => state.kind !== 'failed');
      await posts.replace({ ...(isThrough ? withoutPastTime(post, needs.now()) : post), deliveries });
    });
  return {
    async send(draft) {
      const started: DeliveryState = { kind: 'sending', since: needs.now() };
      const deliveries = draft.targets.map((connectionId) => newDelivery(needs, connectionId, started));
      await posts.put({ ...draft, updatedAt: needs.now(), deliveries });
      await deliverOpen(draft.id);
    },
    async tryAgain(postId) {
      const post = await posts.reload(postId);
      // Made a draft again, or out by now: what comes back from a sign-in may come late.
      if (!post?.deliveries.some(({ state }) => state.kind === 'failed')) return;
      const started: DeliveryState = { kind: 'sending', since: needs.now() };
      const deliveries = post.deliveries.map((delivery) =>
        delivery.state.kind === 'failed' ? { ...delivery, state: started } : delivery,
      );
      // What may have arrived must be sent as it was, for its key to be known again.
      const isNew = !post.deliveries.some(({ state }) => state.kind === 'failed' && mayHaveArrived(state));
      await posts.replace({ ...(isNew ? withoutPastTime(post, needs.now()) : post), deliveries });
      await deliverOpen(postId);
    },
    async reopen(postId) {
      const post = await posts.reload(postId);
      if (post && statusOf(post) === 'failed') await posts.replace({ ...post, deliveries: [], updatedAt: needs.now() });
    },
    async resume() {
      await posts.ready;
      for (const post of posts.all() ?? []) await closeStale(needs, post);
      const open = (posts.all() ?? []).filter(({ deliveries }) =>
        deliveries.some(({ state }) => state.kind === 'sending'),
      );
      await Promise.all(open.map(({ id }) => deliverOpen(id)));
    },
  };
}

function newDelivery({ targetFor }: PublisherNeeds, connectionId: string, state: DeliveryState): Delivery {
  const target = targetFor(connectionId);
  return {
    connectionId,
    network: target?.networkName ?? '',
    account: target?.account ?? '',
    idempotencyKey: crypto.randomUUID(),
    state,
  };
}

/** A network forgets keys, and nobody expects an old post to go out: after this long a person decides. */
const RESUMED_WITHIN_MS = 10 * 60 * 1000;

async function closeStale({ posts, now }: PublisherNeeds, post: Post): Promise<void> {
  const isStale = ({ state }: Delivery): boolean => state.kind === 'sending' && now() - state.since > RESUMED_WITHIN_MS;
  if (!post.deliveries.some(isStale)) return;
  const state: DeliveryState = { kind: 'failed', reason: 'interrupted', at: now() };
  const deliveries = post.deliveries.map((delivery) => (isStale(delivery) ? { ...delivery, state } : delivery));
  await posts.replace({ ...post, deliveries });
}

async function deliver(needs: PublisherNeeds, post: Post, delivery: Delivery): Promise<Delivery> {
  if (delivery.state.kind !== 'sending') return delivery;
  const target = needs.targetFor(delivery.connectionId);
  const state: DeliveryState = target
    ? await attempt(needs, target, post, delivery.idempotencyKey)
    : { kind: 'failed', reason: 'not-connected', at: needs.now() };
  return { ...delivery, state };
}

/** A post whose time has passed goes out now, and stands where it went out. */
function withoutPastTime(post: Post, now: number): Post {
  const { plannedFor, ...unplanned } = post;
  return plannedFor !== undefined && plannedFor <= now ? unplanned : post;
}
