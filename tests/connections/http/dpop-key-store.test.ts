/** The DPoP keys as this browser stores them (DPOP-1). */
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { openDpopKeyStore } from '#connections/http/dpop-key-store.ts';
import { openKeyValueStore } from '#storage/key-value-store.ts';

const HOUR = 60 * 60 * 1000;
let clock = 0;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  clock = Date.UTC(2026, 0, 1);
});
/** The keys as one page of the app sees them. */
const openPage = () => openDpopKeyStore(() => clock);

async function made(): Promise<string> {
  const id = await openPage().create();
  return id ?? expect.fail('no key was kept');
}
/** Returns whether a new page finds a key. */
const isThere = async (id: string): Promise<boolean> => (await openPage().find(id)) !== undefined;

describe('sweeping', () => {
  test('removes the keys of failed sign-ins', async () => {
    const id = await made();
    clock += 25 * HOUR;
    const page = openPage();
    await page.sweep(new Set());
    expect(await page.find(id)).toBeUndefined();
    expect(await isThere(id)).toBe(false);
  });

  test('keeps the keys of connections, however old', async () => {
    const id = await made();
    clock += 1000 * HOUR;
    await openPage().sweep(new Set([id]));
    expect(await isThere(id)).toBe(true);
  });

  test('keeps keys that may still be needed: a sign-in in another tab, or a pending choice (UI-4)', async () => {
    const id = await made();
    clock += 23 * HOUR;
    await openPage().sweep(new Set());
    expect(await isThere(id)).toBe(true);
  });
});

/** Replaces a stored key with another value. */
async function replaced(id: string, change: (key: CryptoKeyPair) => unknown): Promise<void> {
  const key = (await openPage().find(id)) ?? expect.fail('no key');
  const value = { key: change(key), madeAt: clock };
  await openKeyValueStore('proof-keys')('readwrite', (values) => {
    values.put(value, id);
  });
}

test('ignores a stored key that was replaced with another value', async () => {
  const id = await made();
  await replaced(id, ({ publicKey }) => ({ publicKey, privateKey: {} }));
  expect(await isThere(id)).toBe(false);
});

test('ignores a stored key that is extractable, whoever wrote it', async () => {
  const id = await made();
  const exportable = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  await replaced(id, () => exportable);
  expect(await isThere(id)).toBe(false);
});

test('stores no key in a browser that reads back something else', async () => {
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore) {
    return this.count();
  });
  const id = await openPage().create();
  get.mockRestore();
  expect(id).toBeUndefined();
});

test('treats a key that cannot be read right now as present, so that no new sign-in is needed', async () => {
  const id = await made();
  const page = openPage();
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('the disk does not answer', 'UnknownError');
  });
  await expect(page.find(id)).rejects.toMatchObject({ name: 'UnknownError' });
  get.mockRestore();
  expect(await page.find(id)).toBeDefined();
});
