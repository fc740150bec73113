import type { AuthorizedFetch } from '#api/authorized-fetch.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { Network } from '#networks/network.ts';

import { type AccountIdentity, type AccountRef } from './account.ts';
import { attempt } from './delivery-attempt.ts';
import { mayHaveArrived, statusOf, type Delivery, type DeliveryState, type Post, type PostStatus } from './post.ts';
import type { PostStore } from './post-store.ts';

/** A connection that posts can be sent to: its network, and an authorized fetch for it. */
export interface Target extends AccountRef {
  network: Network;
  networkName: string;
  account: string;
  call: AuthorizedFetch;
}

export interface PublisherDeps {
  posts: PostStore;
  /**
   * Returns the connection with that id, or the same account's new connection if the old one is gone. Undefined if
   * neither exists.
   */
  targetFor: (connectionId: string, identity?: AccountIdentity) => Target | undefined;
  /** Runs a task while no other tab runs one with the same name. */
  lock: <T>(name: string, task: () => Promise<T>) => Promise<T>;
  now: () => number;
  /** Called with a bug in the app; the post only says that there was one. */
  onError: (error: unknown) => void;
}

/** Sends posts. Every outcome is stored in the post's deliveries; a rejection by a network does not throw. */
export interface Publisher {
  /** Sends a draft to its targets, immediately or scheduled for its planned time. */
  send(draft: Post): Promise<void>;
  /**
   * Retries failed deliveries with the same keys: for the planned time, or immediately if that has passed.
   * @param connectionId retries only this account's deliveries, so that a sign-in for one account sends nothing to
   *   the others
   * @returns the post's new status; undefined if the post no longer exists
   */
  tryAgain(postId: string, connectionId?: string): Promise<PostStatus | undefined>;
  /** Turns a post that no network is known to have back into a draft. When it is sent again, it gets new keys. */
  reopen(postId: string): Promise<void>;
  /**
   * Resends what a page that closed recently left in `sending`; the keys make that safe. Older deliveries are marked as
   * failed.
   */
  resume(): Promise<void>;
}

/** Creates a publisher over the post store. */
export function createPublisher(deps: PublisherDeps): Publisher {
  const { posts, lock } = deps;
  /**
   * Delivers the post that `prepare` returns, and returns its new status. Everything happens inside the lock, so that a
   * post another tab is sending is left to that tab.
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
        const targets = post.deliveries.map((delivery) => currentAccount(deps, delivery).connectionId);
        await posts.replace({ ...post, targets: [...new Set(targets)], deliveries: [], updatedAt: deps.now() });
      }),
    async resume() {
      await posts.ready;
      const open = (posts.all() ?? []).filter((post) => statusOf(post) === 'sending');
      await Promise.all(open.map(({ id }) => deliverOpen(id, (post) => closedWhereStale(post, deps.now()))));
    },
  };
}

/** Returns the account a delivery goes to now; without a connection, the original one. */
function currentAccount({ targetFor }: PublisherDeps, delivery: Delivery): AccountRef {
  return targetFor(delivery.connectionId, delivery.identity) ?? delivery;
}

/** Restarts failed deliveries, through one connection or all. Returns the same object if there are none. */
function restarted(deps: PublisherDeps, post: Post, connectionId: string | undefined): Post {
  const isMeant = (delivery: Delivery): boolean =>
    delivery.state.kind === 'failed' &&
    (connectionId === undefined || currentAccount(deps, delivery).connectionId === connectionId);
  // A sign-in may return late: the post may be a draft again, or published by now.
  if (!post.deliveries.some(isMeant)) return post;
  const hasSignedIn = connectionId !== undefined;
  const deliveries = post.deliveries.map((delivery) =>
    isMeant(delivery) ? { ...delivery, state: startedAgain(delivery.state, hasSignedIn, deps.now()) } : delivery,
  );
  // A post that may have arrived must be sent unchanged, so that the network recognizes its key.
  const isNew = !post.deliveries.some(({ state }) => state.kind === 'failed' && mayHaveArrived(state));
  return { ...(isNew ? withoutPastTime(post, deps.now()) : post), deliveries };
}

/**
 * Restarts a delivery and records the demand the user has signed in for since it failed: if the network repeats it,
 * another sign-in won't help.
 */
function startedAgain(state: DeliveryState, hasSignedIn: boolean, since: number): DeliveryState {
  if (state.kind !== 'failed') return state;
  const isMet = state.reason === 'step-up-rejected' || (state.reason === 'needs-authentication' && hasSignedIn);
  return { kind: 'sending', since, ...(isMet && { met: state.demand }) };
}

function newDelivery({ targetFor }: PublisherDeps, connectionId: string, state: DeliveryState): Delivery {
  const target = targetFor(connectionId);
  return omitUndefined({
    connectionId,
    identity: target?.identity,
    network: target?.networkName ?? '',
    account: target?.account ?? '',
    idempotencyKey: crypto.randomUUID(),
    state,
  });
}

/** Networks forget keys, and users do not expect an old post to be published: after this long, the user decides. */
const RESUMED_WITHIN_MS = 10 * 60 * 1000;

/**
 * Marks deliveries that a closed page left in `sending` long ago as failed. Returns the same object if there are none.
 */
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
  const state = await attempt(deps, target, post, omitUndefined({ idempotencyKey, satisfied: met }));
  return { ...delivery, ...omitUndefined({ connectionId, identity }), state };
}

/** Removes a planned time that has passed: the post is published now and sorted by when it was sent. */
function withoutPastTime(post: Post, now: number): Post {
  const { plannedFor, ...unplanned } = post;
  return plannedFor !== undefined && plannedFor <= now ? unplanned : post;
}
