import { IDBFactory } from 'fake-indexeddb';
import { get, set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';

import { createDraftSaver } from '#planning/draft.ts';
import type { DeliveryState, FailureReason, Post } from '#planning/post.ts';
import { openPostRepository } from '#planning/post-store.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';
import { draft } from '#tests/support/posts.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('saving a draft while typing', () => {
  test('makes one write at a time, and the last text wins', async () => {
    const written: string[] = [];
    const finish: (() => void)[] = [];
    const put = (post: Post) => {
      written.push(post.text);
      return new Promise<void>((resolve) => finish.push(resolve));
    };
    const saver = createDraftSaver({ put, get: () => undefined }, () => expect.unreachable());
    for (const text of ['a', 'ab', 'abc']) saver.save(draft({ text }));
    expect(written).toEqual(['a']);
    const settled = saver.settled();
    finish[0]?.();
    await expect.poll(() => written).toEqual(['a', 'abc']);
    finish[1]?.();
    await settled;
    expect(written).toEqual(['a', 'abc']);
  });

  test('reports a failed write and tries the next', async () => {
    const failures: unknown[] = [];
    let works = false;
    const put = () => (works ? Promise.resolve() : Promise.reject(new Error('full')));
    const saver = createDraftSaver({ put, get: () => undefined }, (error) => failures.push(error));
    saver.save(draft());
    await saver.settled();
    works = true;
    saver.save(draft());
    await saver.settled();
    expect(failures).toHaveLength(1);
  });
});

describe('posts on disk', () => {
  test('are read back unchanged', async () => {
    const post = draft({ plannedFor: 900 });
    await openPostRepository().write(post);
    expect(await openPostRepository().all()).toEqual([post]);
  });

  const failed = { kind: 'failed', at: 900 } as const;
  const delivered = { connectionId: 'c-1', network: 'Birdsong', account: 'lowtide', idempotencyKey: 'k-1' };

  test.each<DeliveryState>([
    { kind: 'sending', since: 900 },
    { kind: 'scheduled', remoteId: 'r-1', at: 900 },
    { kind: 'sent', remoteId: 'r-1', at: 900 },
    { ...failed, reason: 'refused', detail: 'Too loud.' },
    { ...failed, reason: 'insufficient-scope', missingScope: ['posts:write'] },
    { ...failed, reason: 'step-up-rejected', demand: { maxAge: 0 } },
    { ...failed, reason: 'server-failed' },
  ])('keep their result: $kind $reason', async (state) => {
    const post = draft({ deliveries: [{ ...delivered, state }] });
    await openPostRepository().write(post);
    expect(await openPostRepository().all()).toEqual([post]);
  });

  test.each<[FailureReason, string]>([
    ['insufficient-scope', 'more-permission'],
    ['step-up-rejected', 'authentication-in-vain'],
    ['forbidden', 'not-allowed'],
    ['server-failed', 'server-fault'],
    ['invalid-dpop-proof', 'proof-refused'],
    ['app-error', 'app-fault'],
    ['refused', 'refused'],
  ])('store the reason %s as %s, which earlier versions can read', async (reason, storedName) => {
    const details = {
      ...(reason === 'insufficient-scope' && { missingScope: ['posts:write'] }),
      ...(reason === 'step-up-rejected' && { demand: {} }),
    };
    const post = draft({ deliveries: [{ ...delivered, state: { ...failed, reason, ...details } as DeliveryState }] });
    const repository = openPostRepository();
    await repository.write(post);
    const stored = await get<Post>('p-1', openKeyValueStore('posts'));
    expect(stored?.deliveries[0]?.state).toEqual({ ...failed, reason: storedName, ...details });
    await repository.replace({ ...post, text: 'Changed' });
    expect(await get('p-1', openKeyValueStore('posts'))).toEqual({ ...stored, text: 'Changed' });
    expect(await repository.read('p-1')).toEqual({ ...post, text: 'Changed' });
  });

  test('keep the account that they are for', async () => {
    const identity = { serviceId: 'birdsong', issuer: 'https://b.example', subject: 'u1' };
    const state: DeliveryState = { kind: 'sent', remoteId: 'r-1', at: 900 };
    const post = draft({ deliveries: [{ ...delivered, identity, state }] });
    await openPostRepository().write(post);
    expect(await openPostRepository().all()).toEqual([post]);
    await set(
      'p-1',
      { ...post, deliveries: [{ ...delivered, identity: { ...identity, subject: 7 }, state }] },
      openKeyValueStore('posts'),
    );
    expect(await openPostRepository().all()).toEqual([draft()]);
  });

  test.each([
    ['a state without its time', { kind: 'sent', remoteId: 'r-1' }],
    ['an unknown reason', { ...failed, reason: 'whim' }],
    ['more permission without a scope', { ...failed, reason: 'more-permission' }],
    ['more permission with an empty scope', { ...failed, reason: 'more-permission', missingScope: [] }],
    ['more permission with an invalid scope', { ...failed, reason: 'more-permission', missingScope: ['a b'] }],
  ])('STO-6: become a draft again with %s', async (_name, state) => {
    await set('p-1', { ...draft(), deliveries: [{ ...delivered, state }] }, openKeyValueStore('posts'));
    expect(await openPostRepository().all()).toEqual([draft()]);
  });

  test.each([
    ['unknown deliveries', { deliveries: [{ state: { kind: 'dancing' } }] }],
    ['no deliveries', { deliveries: undefined }],
    ['invalid targets and times', { targets: 'x', createdAt: 'y', plannedFor: 'z' }],
  ])('keep their text with %s', async (_name, damage) => {
    await set('p-1', { ...draft({ text: 'Do not lose me' }), ...damage }, openKeyValueStore('posts'));
    expect(await openPostRepository().all()).toMatchObject([{ text: 'Do not lose me', deliveries: [] }]);
  });
});
