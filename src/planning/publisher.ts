import type { AuthorizedFetch } from '#api/authorized-fetch.ts';
import { ApiError, type ApiErrorCode } from '#api/errors.ts';
import type { Network, RemotePost } from '#networks/network.ts';

import { statusOf, type Delivery, type DeliveryState, type FailureReason, type Post } from './post.ts';
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
  /** Sends what failed once more, under the same keys. */
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
      if (posts.get(postId)) await posts.put({ ...post, deliveries }); // else it was discarded meanwhile
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
      if (!post) return;
      const started: DeliveryState = { kind: 'sending', since: needs.now() };
      const deliveries = post.deliveries.map((delivery) =>
        delivery.state.kind === 'failed' ? { ...delivery, state: started } : delivery,
      );
      await posts.put({ ...post, deliveries });
      await deliverOpen(postId);
    },
    async reopen(postId) {
      const post = await posts.reload(postId);
      if (post && statusOf(post) === 'failed') await posts.put({ ...post, deliveries: [], updatedAt: needs.now() });
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
  await posts.put({ ...post, deliveries });
}

async function deliver(needs: PublisherNeeds, post: Post, delivery: Delivery): Promise<Delivery> {
  return delivery.state.kind === 'sending' ? { ...delivery, state: await attempt(needs, post, delivery) } : delivery;
}

async function attempt(needs: PublisherNeeds, post: Post, delivery: Delivery): Promise<DeliveryState> {
  const target = needs.targetFor(delivery.connectionId);
  if (!target) return { kind: 'failed', reason: 'not-connected', at: needs.now() };
  try {
    const remote = await target.network.publish(target.call, {
      text: post.text,
      idempotencyKey: delivery.idempotencyKey,
      ...(post.plannedFor !== undefined && { scheduledFor: post.plannedFor }),
    });
    return deliveredState(remote);
  } catch (error) {
    if (!(error instanceof ApiError)) {
      needs.onFault(error);
      return { kind: 'failed', reason: 'app-fault', at: needs.now() };
    }
    const { detail } = error;
    return { kind: 'failed', reason: REASONS[error.code], at: needs.now(), ...(detail !== undefined && { detail }) };
  }
}

const REASONS: Record<ApiErrorCode, FailureReason> = {
  'needs-sign-in': 'needs-sign-in',
  'insufficient-scope': 'not-allowed',
  forbidden: 'not-allowed',
  refused: 'refused',
  'rate-limited': 'rate-limited',
  'server-fault': 'server-fault',
  'malformed-response': 'server-fault',
  unreachable: 'unreachable',
  'timed-out': 'unreachable',
  cancelled: 'unreachable',
  'outside-connection': 'refused',
  'no-connection': 'not-connected',
};

/** What a delivery is once the network has the post. */
export function deliveredState(remote: RemotePost): DeliveryState {
  const kind = remote.state.kind === 'published' ? 'sent' : 'scheduled';
  return { kind, remoteId: remote.id, at: remote.state.at };
}
