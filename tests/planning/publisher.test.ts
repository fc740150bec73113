import { describe, expect, test } from 'vitest';

import { ApiError } from '#api/errors.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';
import { isSameAccount } from '#planning/account.ts';
import { sentVia } from '#planning/post-queries.ts';
import { statusOf } from '#planning/post.ts';
import type { PostStore } from '#planning/post-store.ts';
import { createPublisher, type PublisherDeps, type Target } from '#planning/publisher.ts';
import { readPost } from '#planning/stored-post.ts';
import { reconciled, scheduledTimes } from '#planning/reconcile.ts';
import { draft, postStore, target } from '#tests/support/posts.ts';

const published = { id: 'r-1', text: 'Hello', state: { kind: 'published', at: 50 } } as const;
const held = { id: 'r-1', text: 'Hello', state: { kind: 'scheduled', at: 900 } } as const;

function setUp(targets: Target[], ...posts: Parameters<typeof postStore>) {
  return setUpLocked((_name, task) => task(), targets, ...posts);
}

function setUpLocked(lock: PublisherDeps['lock'], targets: Target[], ...posts: Parameters<typeof postStore>) {
  const store = postStore(...posts);
  const faults: unknown[] = [];
  let now = 10;
  const publisher = createPublisher({
    posts: store,
    targetFor: (connectionId, identity) =>
      targets.find((one) => isSameAccount({ connectionId, ...(identity && { identity }) }, one)),
    lock,
    now: () => now,
    onError: (error) => faults.push(error),
  });
  const pass = (milliseconds: number): void => void (now += milliseconds);
  return { store, publisher, faults, pass };
}

describe('publishing', () => {
  test('a post that a network takes is sent', async () => {
    const network = target('c-1', () => published);
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries).toMatchObject([
      { network: 'Birdsong', account: 'lowtide', state: { kind: 'sent', remoteId: 'r-1', at: 50 } },
    ]);
    expect(network.received).toMatchObject([{ text: 'Hello' }]);
    expect(network.received[0]).not.toHaveProperty('scheduledFor');
  });

  test('it is kept as sending before anything is sent', async () => {
    const states: unknown[] = [];
    const network = target('c-1', () => {
      states.push(store.get('p-1')?.deliveries[0]?.state.kind);
      return published;
    });
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(states).toEqual(['sending']);
  });

  test('a post with a time is held by the network', async () => {
    const network = target('c-1', () => held);
    const { store, publisher } = setUp([network]);
    await publisher.send(draft({ plannedFor: 900 }));
    expect(network.received[0]?.scheduledFor).toBe(900);
    expect(store.get('p-1')?.deliveries[0]?.state).toEqual({ kind: 'scheduled', remoteId: 'r-1', at: 900 });
  });

  test.each([
    ['needs-sign-in', 'needs-sign-in'],
    ['forbidden', 'forbidden'],
    ['refused', 'refused'],
    ['rate-limited', 'rate-limited'],
    ['unreachable', 'unreachable'],
    ['http-5xx', 'server-failed'],
    ['invalid-dpop-proof', 'invalid-dpop-proof'],
    ['nonce-unreadable', 'nonce-unreadable'],
  ] as const)('%s leaves the text where it is, as failed: %s', async (code, reason) => {
    const network = target('c-1', () => new ApiError(code, 'no', { detail: 'their words' }));
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')).toMatchObject({
      text: 'Hello',
      deliveries: [{ state: { kind: 'failed', reason, at: 10, detail: 'their words' } }],
    });
  });

  test.each([
    ['what the network names', ['posts:write', 'media'], ['posts:write', 'media']],
    ['what posting takes, where it names nothing', [], ['posts:write']],
    ['what posting takes, where it names nothing that can be asked for', ['posts"'], ['posts:write']],
  ])('API-7: a grant that does not cover it asks for %s', async (_name, missingScope, asked) => {
    const network = target('c-1', () => new ApiError('insufficient-scope', 'no', { missingScope }));
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toEqual({
      kind: 'failed',
      reason: 'insufficient-scope',
      missingScope: asked,
      at: 10,
    });
  });

  describe('API-8: a network that wants another sign-in', () => {
    const wants = (demand?: StepUpChallenge) => new ApiError('needs-authentication', 'no', demand && { demand });
    const toState = (store: PostStore) => store.get('p-1')?.deliveries[0]?.state;

    test('is named with what it demands, and takes the post by itself after the sign-in', async () => {
      const answers = [wants({ maxAge: 300 }), published];
      const { store, publisher } = setUp([target('c-1', () => answers.shift() ?? published)]);
      await publisher.send(draft());
      expect(toState(store)).toEqual({
        kind: 'failed',
        reason: 'needs-authentication',
        demand: { maxAge: 300 },
        at: 10,
      });
      await publisher.tryAgain('p-1', 'c-1');
      expect(toState(store)).toMatchObject({ kind: 'sent' });
    });

    test('and the same again after it gets no second one, however often it is tried', async () => {
      const { store, publisher } = setUp([target('c-1', () => wants({ acrValues: 'mfa' }))]);
      await publisher.send(draft());
      await publisher.tryAgain('p-1');
      expect(toState(store)).toMatchObject({ reason: 'needs-authentication' });
      await publisher.tryAgain('p-1', 'c-1');
      expect(toState(store)).toMatchObject({ reason: 'step-up-rejected', demand: { acrValues: 'mfa' } });
      await publisher.tryAgain('p-1');
      expect(toState(store)).toMatchObject({ reason: 'step-up-rejected' });
    });

    test('and something else after it is met once more', async () => {
      const answers = [wants({ maxAge: 300 }), wants({ acrValues: 'mfa' })];
      const { store, publisher } = setUp([target('c-1', () => answers.shift() ?? published)]);
      await publisher.send(draft());
      await publisher.tryAgain('p-1', 'c-1');
      expect(toState(store)).toMatchObject({ reason: 'needs-authentication', demand: { acrValues: 'mfa' } });
    });

    test('without a word on how: just again', async () => {
      const { store, publisher } = setUp([target('c-1', () => wants())]);
      await publisher.send(draft());
      expect(toState(store)).toMatchObject({ reason: 'needs-authentication', demand: {} });
    });

    test('is remembered on disk; a demand that can’t be read leaves a draft (STO-6)', async () => {
      const { store, publisher } = setUp([target('c-1', () => wants({ maxAge: 300 }))]);
      await publisher.send(draft());
      const post = store.get('p-1');
      expect(readPost('p-1', structuredClone(post))).toEqual(post);
      const [delivery] = post?.deliveries ?? [];
      const damaged = { ...post, deliveries: [{ ...delivery, state: { ...delivery?.state, demand: 'soon' } }] };
      expect(readPost('p-1', damaged)).toMatchObject({ text: 'Hello', deliveries: [] });
    });
  });

  test('without a scope that could be asked for, nobody can give more', async () => {
    const network = target('c-1', () => new ApiError('insufficient-scope', 'no'));
    const { store, publisher } = setUp([{ ...network, network: { ...network.network, scopeToPost: [] } }]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'forbidden' });
  });

  test('a fault of the app leaves no post in sending, and is reported', async () => {
    const fault = new TypeError('a mistake of ours');
    const network = target('c-1', () => {
      throw fault;
    });
    const { store, publisher, faults } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'app-error' });
    expect(faults).toEqual([fault]);
  });

  test('trying again sends under the same key, and only what failed', async () => {
    let works = false;
    const failing = target('c-1', () => (works ? published : new ApiError('unreachable', 'no')));
    const fine = target('c-2', () => published);
    const { store, publisher } = setUp([failing, fine]);
    await publisher.send(draft({ targets: ['c-1', 'c-2'] }));
    expect(statusOf(store.get('p-1') ?? draft())).toBe('sent-in-part');
    works = true;
    await publisher.tryAgain('p-1');
    expect(statusOf(store.get('p-1') ?? draft())).toBe('sent');
    expect(failing.received).toHaveLength(2);
    expect(failing.received[0]?.idempotencyKey).toBe(failing.received[1]?.idempotencyKey);
    expect(fine.received).toHaveLength(1);
  });

  test('M-9: after more was allowed, a post with a time keeps it, under the same key', async () => {
    let isAllowed = false;
    const network = target('c-1', () => (isAllowed ? held : new ApiError('insufficient-scope', 'no')));
    const { store, publisher } = setUp([network]);
    await publisher.send(draft({ plannedFor: 900 }));
    isAllowed = true;
    await publisher.tryAgain('p-1');
    expect(network.received.map(({ scheduledFor }) => scheduledFor)).toEqual([900, 900]);
    expect(network.received[1]?.idempotencyKey).toBe(network.received[0]?.idempotencyKey);
    expect(store.get('p-1')).toMatchObject({
      plannedFor: 900,
      deliveries: [{ state: { kind: 'scheduled', at: 900 } }],
    });
  });

  test.each(['insufficient-scope', 'needs-sign-in', 'refused', 'rate-limited'] as const)(
    'after %s, a post whose time has passed meanwhile goes out now',
    async (code) => {
      let works = false;
      const network = target('c-1', () => (works ? published : new ApiError(code, 'no')));
      const { store, publisher, pass } = setUp([network]);
      await publisher.send(draft({ plannedFor: 900 }));
      works = true;
      pass(1_000);
      await publisher.tryAgain('p-1');
      expect(network.received.map(({ scheduledFor }) => scheduledFor)).toEqual([900, undefined]);
      expect(store.get('p-1')).not.toHaveProperty('plannedFor');
      expect(statusOf(store.get('p-1') ?? draft())).toBe('sent');
    },
  );

  test('whose answer was lost, it is asked for as it was: the network has it from before', async () => {
    let works = false;
    const network = target('c-1', () => (works ? published : new ApiError('unreachable', 'no')));
    const { store, publisher, pass } = setUp([network]);
    await publisher.send(draft({ plannedFor: 900 }));
    works = true;
    pass(1_000);
    await publisher.tryAgain('p-1');
    expect(network.received.map(({ scheduledFor }) => scheduledFor)).toEqual([900, 900]);
    expect(store.get('p-1')).not.toHaveProperty('plannedFor');
  });

  test('whose answer was lost, and which the network refuses for its time, goes out now under the same key', async () => {
    let works = false;
    const network = target('c-1', ({ scheduledFor }) => {
      if (!works) return new ApiError('unreachable', 'no');
      return scheduledFor === undefined ? published : new ApiError('refused', 'past');
    });
    const { store, publisher, pass } = setUp([network]);
    await publisher.send(draft({ plannedFor: 900 }));
    works = true;
    pass(1_000);
    await publisher.tryAgain('p-1');
    expect(network.received.map(({ scheduledFor }) => scheduledFor)).toEqual([900, 900, undefined]);
    expect(new Set(network.received.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(store.get('p-1')).not.toHaveProperty('plannedFor');
    expect(statusOf(store.get('p-1') ?? draft())).toBe('sent');
  });

  test('after a sign-in for one account only what failed there goes out again', async () => {
    let works = false;
    const answer = () => (works ? published : new ApiError('insufficient-scope', 'no'));
    const [one, two] = [target('c-1', answer), target('c-2', answer)];
    const { store, publisher } = setUp([one, two]);
    await publisher.send(draft({ targets: ['c-1', 'c-2'] }));
    works = true;
    expect(await publisher.tryAgain('p-1', 'c-2')).toBe('sent-in-part');
    expect([one.received.length, two.received.length]).toEqual([1, 2]);
    expect(store.get('p-1')?.deliveries.map(({ state }) => state.kind)).toEqual(['failed', 'sent']);
    expect(await publisher.tryAgain('p-1', 'c-3')).toBe('sent-in-part');
    expect(await publisher.tryAgain('p-1')).toBe('sent');
    expect(await publisher.tryAgain('p-2')).toBeUndefined();
  });

  test('an account that is connected again under another id is the one it was', async () => {
    const identity = { serviceId: 'birdsong', issuer: 'https://b.example', subject: 'u1' };
    const before = { ...target('c-1', () => new ApiError('unreachable', 'no')), identity };
    const targets: Target[] = [before];
    const { store, publisher } = setUp(targets);
    await publisher.send(draft());
    const again = { ...target('c-9', () => published), identity };
    targets.splice(0, 1, again);
    expect(await publisher.tryAgain('p-1', 'c-9')).toBe('sent');
    expect(store.get('p-1')?.deliveries[0]).toMatchObject({ connectionId: 'c-9', identity });
    expect(again.received[0]?.idempotencyKey).toBe(before.received[0]?.idempotencyKey);
  });

  test('what was sent through a connection that is gone counts for the account’s new one; written on again, that is ticked', async () => {
    const identity = { serviceId: 'birdsong', issuer: 'https://b.example', subject: 'u1' };
    const delivered = {
      connectionId: 'c-1',
      identity,
      network: 'Birdsong',
      account: '@lowtide',
      idempotencyKey: 'k-1',
    };
    const sent = draft({ deliveries: [{ ...delivered, state: { kind: 'sent', remoteId: 'r-1', at: 5 } }] });
    expect(sentVia([sent], { connectionId: 'c-9', identity })).toEqual(['r-1']);
    expect(sentVia([sent], { connectionId: 'c-9', identity: { ...identity, subject: 'u2' } })).toEqual([]);
    const failed = draft({ deliveries: [{ ...delivered, state: { kind: 'failed', reason: 'refused', at: 5 } }] });
    const { store, publisher } = setUp([{ ...target('c-9', () => published), identity }], failed);
    await publisher.reopen('p-1');
    expect(store.get('p-1')).toMatchObject({ targets: ['c-9'], deliveries: [] });
  });

  test('what another tab is still sending is left to it, however long it takes', async () => {
    const left = { connectionId: 'c-1', network: 'Birdsong', account: 'lowtide', idempotencyKey: 'k-1' };
    const state = { kind: 'sending', since: 10 - 10 * 60 * 1000 - 1 } as const;
    const sending = draft({ deliveries: [{ ...left, state }] });
    const sent = draft({ deliveries: [{ ...left, state: { kind: 'sent', remoteId: 'r-1', at: 9 } }] });
    const { store, publisher } = setUpLocked(
      async (_name, task) => {
        await store.put(sent); // the other tab ends while this one waits
        return task();
      },
      [target('c-1', () => published)],
      sending,
    );
    await publisher.resume();
    expect(store.get('p-1')).toEqual(sent);
  });

  test('a draft is not sent by trying again: it may have been reopened meanwhile', async () => {
    const network = target('c-1', () => published);
    const { store, publisher } = setUp([network], draft({ plannedFor: 5 }));
    await publisher.tryAgain('p-1');
    expect(network.received).toEqual([]);
    expect(store.get('p-1')).toEqual(draft({ plannedFor: 5 }));
  });

  test('two networks have a key each', async () => {
    const [one, two] = [target('c-1', () => published), target('c-2', () => published)];
    await setUp([one, two]).publisher.send(draft({ targets: ['c-1', 'c-2'] }));
    expect(one.received[0]?.idempotencyKey).not.toBe(two.received[0]?.idempotencyKey);
  });

  test('what a closed page left in sending goes out at the next start, under the same key', async () => {
    const network = target('c-1', () => published);
    const left = { connectionId: 'c-1', network: 'Birdsong', account: 'lowtide', idempotencyKey: 'k-1' };
    const { store, publisher } = setUp(
      [network],
      draft({ deliveries: [{ ...left, state: { kind: 'sending', since: 1 } }] }),
    );
    await publisher.resume();
    expect(network.received).toMatchObject([{ idempotencyKey: 'k-1' }]);
    expect(store.get('p-1')?.deliveries[0]?.state.kind).toBe('sent');
  });

  test('one that was left long ago is not sent unasked', async () => {
    const network = target('c-1', () => published);
    const left = { connectionId: 'c-1', network: 'Birdsong', account: 'lowtide', idempotencyKey: 'k-1' };
    const since = 10 - 10 * 60 * 1000 - 1;
    const { store, publisher } = setUp(
      [network],
      draft({ deliveries: [{ ...left, state: { kind: 'sending', since } }] }),
    );
    await publisher.resume();
    expect(network.received).toEqual([]);
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'interrupted' });
  });

  test('a connection that is gone is said to be gone', async () => {
    const { store, publisher } = setUp([]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'not-connected' });
  });

  test('what no network took can be written on again; what one has can not', async () => {
    const network = target('c-1', () => new ApiError('refused', 'no'));
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    await publisher.reopen('p-1');
    expect(statusOf(store.get('p-1') ?? draft({ deliveries: [] }))).toBe('draft');
    const sent = setUp([target('c-1', () => published)]);
    await sent.publisher.send(draft());
    await sent.publisher.reopen('p-1');
    expect(statusOf(sent.store.get('p-1') ?? draft())).toBe('sent');
  });

  test('a post that was discarded while it was being sent does not come back', async () => {
    let discarded = Promise.resolve();
    const network = target('c-1', () => {
      discarded = store.remove('p-1');
      return published;
    });
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    await discarded;
    expect(store.get('p-1')).toBeUndefined();
  });
});

describe('what a network did at its time', () => {
  const scheduled = draft({
    deliveries: [
      {
        connectionId: 'c-1',
        network: 'Birdsong',
        account: 'lowtide',
        idempotencyKey: 'k',
        state: { kind: 'scheduled', remoteId: 'r-1', at: 900 },
      },
    ],
  });

  test('a post that is out is sent, at the time the network says', () => {
    const remote = new Map([['r-1', { ...published, state: { kind: 'published', at: 905 } } as const]]);
    expect(reconciled(scheduled, { connectionId: 'c-1' }, remote).deliveries[0]?.state).toEqual({
      kind: 'sent',
      remoteId: 'r-1',
      at: 905,
    });
  });

  test('nothing changes for one that is not out, is another connection’s, or is not listed', () => {
    expect(reconciled(scheduled, { connectionId: 'c-1' }, new Map([['r-1', held]]))).toBe(scheduled);
    expect(reconciled(scheduled, { connectionId: 'c-2' }, new Map([['r-1', published]]))).toBe(scheduled);
    expect(reconciled(scheduled, { connectionId: 'c-1' }, new Map())).toBe(scheduled);
  });

  test('the times to ask at', () => {
    expect(scheduledTimes([scheduled, draft()], { connectionId: 'c-1' })).toEqual([900]);
    expect(scheduledTimes([scheduled], { connectionId: 'c-2' })).toEqual([]);
  });
});
