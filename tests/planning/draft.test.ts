import { IDBFactory } from 'fake-indexeddb';
import { set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';

import { createDraftSaver } from '#planning/draft.ts';
import type { Post } from '#planning/post.ts';
import { openPostRepository } from '#planning/post-store.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';
import { draft } from '#tests/support/posts.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('a draft is saved as it is typed', () => {
  test('one write at a time, and the last text is the one that stays', async () => {
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

  test('a write that fails is told, and the next is tried', async () => {
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
  test('come back as they were', async () => {
    const post = draft({ plannedFor: 900 });
    await openPostRepository().write(post);
    expect(await openPostRepository().all()).toEqual([post]);
  });

  test.each([
    ['deliveries nobody knows', { deliveries: [{ state: { kind: 'dancing' } }] }],
    ['no deliveries', { deliveries: undefined }],
    ['strange targets and times', { targets: 'x', createdAt: 'y', plannedFor: 'z' }],
  ])('a text survives %s', async (_name, damage) => {
    await set('p-1', { ...draft({ text: 'Do not lose me' }), ...damage }, openKeyValueStore('posts'));
    expect(await openPostRepository().all()).toMatchObject([{ text: 'Do not lose me', deliveries: [] }]);
  });
});
