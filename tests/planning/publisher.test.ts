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
  test('sends a post', async () => {
    const network = target('c-1', () => published);
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries).toMatchObject([
      { network: 'Birdsong', account: 'lowtide', state: { kind: 'sent', remoteId: 'r-1', at: 50 } },
    ]);
    expect(network.received).toMatchObject([{ text: 'Hello' }]);
    expect(network.received[0]).not.toHaveProperty('scheduledFor');
  });

  test('stores the post as sending before anything is sent', async () => {
    const states: unknown[] = [];
    const network = target('c-1', () => {
      states.push(store.get('p-1')?.deliveries[0]?.state.kind);
      return published;
    });
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(states).toEqual(['sending']);
  });

  test('hands a scheduled post to the network', async () => {
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
  ] as const)('%s keeps the text, as failed: %s', async (code, reason) => {
    const network = target('c-1', () => new ApiError(code, 'no', { detail: 'their words' }));
    const { store, publisher } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')).toMatchObject({
      text: 'Hello',
      deliveries: [{ state: { kind: 'failed', reason, at: 10, detail: 'their words' } }],
    });
  });

  test.each([
    ['the scope that the network names', ['posts:write', 'media'], ['posts:write', 'media']],
    ['the scope for posting, if the network names none', [], ['posts:write']],
    ['the scope for posting, if the network names an invalid one', ['posts"'], ['posts:write']],
  ])('API-7: asks for %s if the grant does not cover the post', async (_name, missingScope, asked) => {
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

  describe('API-8: a network that needs step-up authentication', () => {
    const wants = (demand?: StepUpChallenge) => new ApiError('needs-authentication', 'no', demand && { demand });
    const toState = (store: PostStore) => store.get('p-1')?.deliveries[0]?.state;

    test('is named with its requirements, and gets the post automatically after the sign-in', async () => {
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

    test('is not satisfied twice for the same requirements, however often the user tries', async () => {
      const { store, publisher } = setUp([target('c-1', () => wants({ acrValues: 'mfa' }))]);
      await publisher.send(draft());
      await publisher.tryAgain('p-1');
      expect(toState(store)).toMatchObject({ reason: 'needs-authentication' });
      await publisher.tryAgain('p-1', 'c-1');
      expect(toState(store)).toMatchObject({ reason: 'step-up-rejected', demand: { acrValues: 'mfa' } });
      await publisher.tryAgain('p-1');
      expect(toState(store)).toMatchObject({ reason: 'step-up-rejected' });
    });

    test('is satisfied once more for different requirements', async () => {
      const answers = [wants({ maxAge: 300 }), wants({ acrValues: 'mfa' })];
      const { store, publisher } = setUp([target('c-1', () => answers.shift() ?? published)]);
      await publisher.send(draft());
      await publisher.tryAgain('p-1', 'c-1');
      expect(toState(store)).toMatchObject({ reason: 'needs-authentication', demand: { acrValues: 'mfa' } });
    });

    test('needs a plain new sign-in if it has no requirements', async () => {
      const { store, publisher } = setUp([target('c-1', () => wants())]);
      await publisher.send(draft());
      expect(toState(store)).toMatchObject({ reason: 'needs-authentication', demand: {} });
    });

    test('has its requirements stored; unreadable ones leave a draft (STO-6)', async () => {
      const { store, publisher } = setUp([target('c-1', () => wants({ maxAge: 300 }))]);
      await publisher.send(draft());
      const post = store.get('p-1');
      expect(readPost('p-1', structuredClone(post))).toEqual(post);
      const [delivery] = post?.deliveries ?? [];
      const damaged = { ...post, deliveries: [{ ...delivery, state: { ...delivery?.state, demand: 'soon' } }] };
      expect(readPost('p-1', damaged)).toMatchObject({ text: 'Hello', deliveries: [] });
    });
  });

  test('asks for no permission if no scope can be requested', async () => {
    const network = target('c-1', () => new ApiError('insufficient-scope', 'no'));
    const { store, publisher } = setUp([{ ...network, network: { ...network.network, scopeToPost: [] } }]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'forbidden' });
  });

  test('leaves no post in sending after an internal error, and reports it', async () => {
    const fault = new TypeError('a mistake of ours');
    const network = target('c-1', () => {
      throw fault;
    });
    const { store, publisher, faults } = setUp([network]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'app-error' });
    expect(faults).toEqual([fault]);
  });

  test('retries with the same key, and only what failed', async () => {
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

  test('M-9: keeps the time of a scheduled post after a permission was added, with the same key', async () => {
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
    'after %s, publishes a post now whose time has passed meanwhile',
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

  test('asks first with the original time after a lost response, because the network may have the post', async () => {
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

  test('publishes now with the same key if the network then rejects the passed time', async () => {
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

  test('retries only what failed for one account after a sign-in to it', async () => {
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

  test('recognizes an account that was reconnected under another id', async () => {
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

  test('counts what was sent through a removed connection for the account’s new one, and selects it for editing', async () => {
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

  test('leaves what another tab is sending to that tab, however long it takes', async () => {
    const left = { connectionId: 'c-1', network: 'Birdsong', account: 'lowtide', idempotencyKey: 'k-1' };
    const state = { kind: 'sending', since: 10 - 10 * 60 * 1000 - 1 } as const;
    const sending = draft({ deliveries: [{ ...left, state }] });
    const sent = draft({ deliveries: [{ ...left, state: { kind: 'sent', remoteId: 'r-1', at: 9 } }] });
    const { store, publisher } = setUpLocked(
      async (_name, task) => {
        await store.put(sent); // The other tab closes while this one waits.
        return task();
      },
      [target('c-1', () => published)],
      sending,
    );
    await publisher.resume();
    expect(store.get('p-1')).toEqual(sent);
  });

  test('does not send a draft on retry, because it may have been reopened meanwhile', async () => {
    const network = target('c-1', () => published);
    const { store, publisher } = setUp([network], draft({ plannedFor: 5 }));
    await publisher.tryAgain('p-1');
    expect(network.received).toEqual([]);
    expect(store.get('p-1')).toEqual(draft({ plannedFor: 5 }));
  });

  test('uses one key for each of two networks', async () => {
    const [one, two] = [target('c-1', () => published), target('c-2', () => published)];
    await setUp([one, two]).publisher.send(draft({ targets: ['c-1', 'c-2'] }));
    expect(one.received[0]?.idempotencyKey).not.toBe(two.received[0]?.idempotencyKey);
  });

  test('resumes at the next start what a closed page was sending, with the same key', async () => {
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

  test('does not resume what was left long ago', async () => {
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

  test('reports a removed connection', async () => {
    const { store, publisher } = setUp([]);
    await publisher.send(draft());
    expect(store.get('p-1')?.deliveries[0]?.state).toMatchObject({ kind: 'failed', reason: 'not-connected' });
  });

  test('allows editing of a post that no network accepted, and of no other', async () => {
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

  test('does not restore a post that was discarded while it was being sent', async () => {
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

describe('updating scheduled posts', () => {
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

  test('marks a published post as sent, at the network’s time', () => {
    const remote = new Map([['r-1', { ...published, state: { kind: 'published', at: 905 } } as const]]);
    expect(reconciled(scheduled, { connectionId: 'c-1' }, remote).deliveries[0]?.state).toEqual({
      kind: 'sent',
      remoteId: 'r-1',
      at: 905,
    });
  });

  test('changes nothing for a post that is not out, belongs to another connection, or is not listed', () => {
    expect(reconciled(scheduled, { connectionId: 'c-1' }, new Map([['r-1', held]]))).toBe(scheduled);
    expect(reconciled(scheduled, { connectionId: 'c-2' }, new Map([['r-1', published]]))).toBe(scheduled);
    expect(reconciled(scheduled, { connectionId: 'c-1' }, new Map())).toBe(scheduled);
  });

  test('asks at the scheduled times', () => {
    expect(scheduledTimes([scheduled, draft()], { connectionId: 'c-1' })).toEqual([900]);
    expect(scheduledTimes([scheduled], { connectionId: 'c-2' })).toEqual([]);
  });
});
