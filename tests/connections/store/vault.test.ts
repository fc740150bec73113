import { IDBDatabase, IDBFactory } from 'fake-indexeddb';
import { createStore, set } from 'idb-keyval';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { createConnectionStore } from '#connections/store/connection-store.ts';
import { openConsumedStates } from '#connections/sign-in/consumed-states.ts';
import { openVault } from '#connections/store/vault.ts';
import { openPersistentStore } from '#storage/persistent-store.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';
import { grant, record } from '#tests/support/records.ts';

const silent = { announce: () => {}, listen: () => {} };
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the vault', () => {
  test('returns what was written, one record each', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    await vault.write(record({ id: 'c-2' }));
    expect(await vault.read('c-1')).toEqual(record());
    expect((await vault.all()).map(({ id }) => id)).toEqual(['c-1', 'c-2']);
    await vault.remove('c-1');
    expect(await vault.read('c-1')).toBeUndefined();
  });

  test.each([
    ['a grant without a token', { state: { kind: 'connected', grant: { ...grant(), accessToken: '' } } }],
    ['a grant without URLs', { state: { kind: 'connected', grant: { ...grant(), server: {} } } }],
    ['an unknown state', { state: { kind: 'dancing' } }],
    ['no state', { state: null }],
  ])('STO-6: %s asks for a sign-in, and the others survive', async (_name, damage) => {
    await set('c-1', { ...record(), ...damage }, openKeyValueStore('connections'));
    const vault = openVault(() => 7);
    await vault.write(record({ id: 'c-2' }));
    expect(await vault.all()).toMatchObject([
      { id: 'c-1', service: { name: 'Birdsong' }, state: { kind: 'needs-sign-in', reason: 'record-damaged', at: 7 } },
      { id: 'c-2', state: { kind: 'connected' } },
    ]);
  });

  test.each([
    null,
    'text',
    7,
    [],
    {},
    { ...record(), version: 3 },
    { ...record(), id: 'c-9' },
    { ...record(), service: {} },
  ])('STO-6: %j is not a connection and is left unchanged', async (value) => {
    const store = openKeyValueStore('connections');
    await set('c-1', value, store);
    expect(await openVault(() => 7).all()).toEqual([]);
  });

  test('writes with strict durability: a rotated token is on disk when the promise resolves', async () => {
    const vault = openVault(() => 7);
    await vault.all();
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await vault.write(record());
    expect(transaction.mock.calls.map(([, mode, options]) => [mode, options?.durability])).toEqual([
      ['readwrite', 'strict'],
    ]);
  });

  test('reopens after the browser closed the database connection, and closes for a deletion', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    const erased = indexedDB.deleteDatabase('connections');
    await new Promise((resolve) => erased.addEventListener('success', resolve));
    expect(await vault.all()).toEqual([]);
    await vault.write(record());
    expect(await vault.all()).toHaveLength(1);
  });

  test('creates a database that idb-keyval’s own store could not open twice', async () => {
    await openVault(() => 7).write(record());
    await expect(set('x', 1, createStore('connections', 'other'))).rejects.toThrow();
  });
});

test('with a record of a newer format is incomplete, so that what it needs is not swept', async () => {
  const vault = openVault(() => 7);
  await vault.write(record());
  expect(await vault.isFullyReadable()).toBe(true);
  await openPersistentStore('connections').set('c-2', { ...record({ id: 'c-2' }), version: 3 });
  expect(await vault.isFullyReadable()).toBe(false);
  expect(await vault.all()).toHaveLength(1);
});

describe('the connection store', () => {
  test('reads once, exposes no token, and stores settled states on disk', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    const store = createConnectionStore(vault, silent, () => 7);
    expect(store.views()).toBeUndefined();
    await store.ready;
    const before = store.views();
    expect(store.views()).toBe(before);

    await store.apply('c-1', { type: 'refresh-started', at: 7, failures: 0, lost: 0 });
    expect(store.views()?.[0]?.status).toEqual({ kind: 'refreshing' });
    expect((await vault.read('c-1'))?.state.kind).toBe('connected');

    await store.apply('c-1', { type: 'granted', grant: grant({ accessToken: 'access-2' }) });
    expect((await vault.read('c-1'))?.state).toMatchObject({ grant: { accessToken: 'access-2' } });
  });

  test('REF-2: does not use a token that could not be stored', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    const failing = { ...vault, replace: () => Promise.reject(new Error('broken')) };
    const store = createConnectionStore(failing, silent, () => 7);
    await store.ready;
    await expect(store.apply('c-1', { type: 'granted', grant: grant({ accessToken: 'new' }) })).rejects.toThrow(
      'broken',
    );
    expect(store.find('c-1')?.state).toMatchObject({ grant: { accessToken: 'access-1' } });
  });

  test('REF-8: drops a result for a removed connection', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    const store = createConnectionStore(vault, silent, () => 7);
    await store.ready;
    await store.remove('c-1');
    expect(await store.apply('c-1', { type: 'granted', grant: grant() })).toBe(false);
    expect(await vault.all()).toEqual([]);
  });

  test('REF-8: drops a result for a connection that another tab removed unnoticed', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    const store = createConnectionStore(vault, silent, () => 7);
    await store.ready;
    await vault.remove('c-1');
    expect(await store.apply('c-1', { type: 'granted', grant: grant() })).toBe(false);
    expect(await vault.all()).toEqual([]);
    expect(store.views()).toEqual([]);
  });

  test('resumes a tab that waits after a failed refresh as soon as another has refreshed the grant', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    let hear = (_id: string): void => {};
    const store = createConnectionStore(vault, { announce: () => {}, listen: (on) => (hear = on) }, () => 7);
    await store.ready;
    await store.apply('c-1', { type: 'refresh-started', at: 7, failures: 0, lost: 0 });
    await store.apply('c-1', { type: 'refresh-failed', until: 99, failures: 1, lost: 0 });
    expect(store.views()?.[0]?.status.kind).toBe('waiting');
    await vault.write(record({ state: { kind: 'connected', grant: grant({ accessToken: 'access-2' }) } }));
    const changed = new Promise<void>((resolve) => store.subscribe(resolve));
    hear('c-1');
    await changed;
    expect(store.find('c-1')?.state).toMatchObject({ kind: 'connected', grant: { accessToken: 'access-2' } });
  });

  test('reads another tab’s change, and broadcasts an id only', async () => {
    const vault = openVault(() => 7);
    await vault.write(record());
    const announced: string[] = [];
    let hear = (_id: string): void => {};
    const channel = { announce: (id: string) => announced.push(id), listen: (on: typeof hear) => (hear = on) };
    const store = createConnectionStore(vault, channel, () => 7);
    await store.ready;
    await vault.write(record({ state: { kind: 'needs-sign-in', reason: 'grant-refused', at: 3, scope: [] } }));
    const changed = new Promise<void>((resolve) => store.subscribe(resolve));
    hear('c-1');
    await changed;
    expect(store.views()?.[0]?.status.kind).toBe('needs-sign-in');
    await store.apply('c-1', { type: 'granted', grant: grant() });
    expect(announced).toEqual(['c-1']);
  });
});

describe('CB-8: used states', () => {
  const openStates = (now: () => number) => openConsumedStates(now, openPersistentStore('used-sign-ins'));

  test('only the first of many gets to use a state', async () => {
    const [one, two] = [openStates(() => 1), openStates(() => 1)];
    const claims = await Promise.all([one, two, one, two, one].map((tab) => tab.consume('the-state')));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await two.isUsed('the-state')).toBe(true);
    expect(await two.isUsed('another')).toBe(false);
  });

  test('a code waits for one transaction, however much there is to delete', async () => {
    const states = openStates(() => 25 * 60 * 60 * 1000);
    await openStates(() => 0).consume('of yesterday');
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    expect(await states.consume('the-state')).toBe(true);
    expect(transactions).toHaveBeenCalledOnce();
    expect(transactions).toHaveBeenCalledWith('entries', 'readwrite', { durability: 'strict' });
    transactions.mockRestore();
    expect(JSON.stringify(await openPersistentStore('used-sign-ins').entries())).not.toMatch(/of yesterday|the-state/);
  });

  test('are deleted after a day', async () => {
    let now = 0;
    const states = openStates(() => now);
    await states.consume('first');
    now += 25 * 60 * 60 * 1000;
    await states.consume('second');
    await states.sweep();
    expect(await states.isUsed('first')).toBe(false);
    expect(await states.isUsed('second')).toBe(true);
  });
});
