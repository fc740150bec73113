import type { AuthorizedFetch } from '#api/authorized-fetch.ts';
import type { Network } from '#networks/network.ts';

import { type AccountIdentity, type AccountRef } from './account.ts';
import { attempt } from './delivery-attempt.ts';
import { mayHaveArrived, statusOf, type Delivery, type DeliveryState, type Post, type PostStatus } from './post.ts';
import type { PostStore } from './post-store.ts';

/** A connection that posts can go to: what the network is, and a fetch that acts for the person there. */
export interface Target extends AccountRef {
  network: Network;
  networkName: string;
  account: string;
  call: AuthorizedFetch;
}

export interface PublisherDeps {
  posts: PostStore;
  /**
   * The connection of that id; once that is gone, the one of the same account, where somebody has connected it again.
   * Undefined while neither is there.
   */
  targetFor: (connectionId: string, identity?: AccountIdentity) => Target | undefined;
  /** Runs a task while no other tab runs one of the same name. */
  lock: <T>(name: string, task: () => Promise<T>) => Promise<T>;
  now: () => number;
  /** Told of a fault that is the app's own: the post says that there was one, and no more. */
  onError: (error: unknown) => void;
}

/** Sends posts. Every outcome is in the post's deliveries: nothing is thrown for a network's refusal. */
export interface Publisher {
  /** Sends a draft to its targets, now or for its planned time. */
  send(draft: Post): Promise<void>;
  /**
   * Sends what failed once more, under the same keys: at its planned time, or now when that has passed.
   * @param connectionId a sign-in for one account sends nothing to the others: only what failed there goes out again
   * @returns how the post stands then; undefined when it is not there any more
   */
  tryAgain(postId: string, connectionId?: string): Promise<PostStatus | undefined>;
  /** Makes a draft again of a post that no network is known to have; sent anew, it goes out under new keys. */
  reopen(postId: string): Promise<void>;
  /** Sends once more what a closed page has just left in sending: the keys make that safe. What is older is failed. */
  resume(): Promise<void>;
}

/** A publisher over the post store. */
export function createPublisher(deps: PublisherDeps): Publisher {
  const { posts, lock } = deps;
  /**
   * Delivers what `prepare` makes of a post. All of it happens inside the lock: what another tab is sending is left to it.
   * Gives how the post stands then.
   */
  const deliverOpen = (postId: string, prepare: (post: Post) => Post): Promise<PostStatus | undefined> =>
    lock(`publish ${postId}`, async () => {
      const found = await posts.reload(postId);
      if (!found) return undefined;
      const post = prepare(found);
      if (post !== found && !(await posts.replace(post))) return undefined;
      if (statusOf(post) !== 'sending') return statusOf(post);
      const deliveries = await Promise.all(post.deliveries.map((delivery) => deliver(deps, post, delivery)));
      const isThrough = deliveries.every(({ state }) => state.kind !== 'failed');
      const delivered = { ...(isThrough ? withoutPastTime(post, deps.now()) : post), deliveries };
      return (await posts.replace(delivered)) ? statusOf(delivered) : undefined;
    });
  return {
    async send(draft) {
      const started: DeliveryState = { kind: 'sending', since: deps.now() };
      const deliveries = draft.targets.map((connectionId) => newDelivery(deps, connectionId, started));
      await posts.put({ ...draft, updatedAt: deps.now(), deliveries });
      await deliverOpen(draft.id, (post) => post);
    },
    tryAgain: (postId, connectionId) => deliverOpen(postId, (post) => restarted(deps, post, connectionId)),
    reopen: (postId) =>
      lock(`publish ${postId}`, async () => {
        const post = await posts.reload(postId);
        if (!post || statusOf(post) !== 'failed') return;
        const targets = post.deliveries.map((delivery) => currentPlace(deps, delivery).connectionId);
        await posts.replace({ ...post, targets: [...new Set(targets)], deliveries: [], updatedAt: deps.now() });
      }),
    async resume() {
      await posts.ready;
      const open = (posts.all() ?? []).filter((post) => statusOf(post) === 'sending');
      await Promise.all(open.map(({ id }) => deliverOpen(id, (post) => closedWhereStale(post, deps.now()))));
    },
  };
}

/** Where a delivery leads now. Without a connection it stays what it was. */
function currentPlace({ targetFor }: PublisherDeps, delivery: Delivery): AccountRef {
  return targetFor(delivery.connectionId, delivery.identity) ?? delivery;
}

/** A post of which what failed is being sent once more, through one connection or all. The same object where nothing is. */
function restarted(deps: PublisherDeps, post: Post, connectionId: string | undefined): Post {
  const isMeant = (delivery: Delivery): boolean =>
    delivery.state.kind === 'failed' &&
    (connectionId === undefined || currentPlace(deps, delivery).connectionId === connectionId);
  // Made a draft again, or out by now: what comes back from a sign-in may come late.
  if (!post.deliveries.some(isMeant)) return post;
  const hasSignedIn = connectionId !== undefined;
  const deliveries = post.deliveries.map((delivery) =>
    isMeant(delivery) ? { ...delivery, state: startedAgain(delivery.state, hasSignedIn, deps.now()) } : delivery,
  );
  // What may have arrived must be sent as it was, for its key to be known again.
  const isNew = !post.deliveries.some(({ state }) => state.kind === 'failed' && mayHaveArrived(state));
  return { ...(isNew ? withoutPastTime(post, deps.now()) : post), deliveries };
}

/** A delivery on its way once more, with what a sign-in was made for since it failed: the same demand is then in vain. */
function startedAgain(state: DeliveryState, hasSignedIn: boolean, since: number): DeliveryState {
  if (state.kind !== 'failed') return state;
  const isMet = state.reason === 'authentication-in-vain' || (state.reason === 'needs-authentication' && hasSignedIn);
  return { kind: 'sending', since, ...(isMet && { met: state.demand }) };
}

function newDelivery({ targetFor }: PublisherDeps, connectionId: string, state: DeliveryState): Delivery {
  const target = targetFor(connectionId);
  return {
    connectionId,
    ...(target?.identity && { identity: target.identity }),
    network: target?.networkName ?? '',
    account: target?.account ?? '',
    idempotencyKey: crypto.randomUUID(),
    state,
  };
}

/** A network forgets keys, and nobody expects an old post to go out: after this long a person decides. */
const RESUMED_WITHIN_MS = 10 * 60 * 1000;

/** A post of which what a page left in sending long ago is failed. The same object where nothing is. */
function closedWhereStale(post: Post, now: number): Post {
  const isStale = ({ state }: Delivery): boolean => state.kind === 'sending' && now - state.since > RESUMED_WITHIN_MS;
  if (!post.deliveries.some(isStale)) return post;
  const state: DeliveryState = { kind: 'failed', reason: 'interrupted', at: now };
  return {
    ...post,
    deliveries: post.deliveries.map((delivery) => (isStale(delivery) ? { ...delivery, state } : delivery)),
  };
}

async function deliver(deps: PublisherDeps, post: Post, delivery: Delivery): Promise<Delivery> {
  if (delivery.state.kind !== 'sending') return delivery;
  const target = deps.targetFor(delivery.connectionId, delivery.identity);
  if (!target) return { ...delivery, state: { kind: 'failed', reason: 'not-connected', at: deps.now() } };
  const { connectionId, identity } = target;
  const { met } = delivery.state;
  const { idempotencyKey } = delivery;
  const state = await attempt(deps, target, post, { idempotencyKey, ...(met && { met }) });
  return { ...delivery, connectionId, ...(identity && { identity }), state };
}

/** A post whose time has passed goes out now, and stands where it went out. */
function withoutPastTime(post: Post, now: number): Post {
  const { plannedFor, ...unplanned } = post;
  return plannedFor !== undefined && plannedFor <= now ? unplanned : post;
}
