/** The keys that tokens are bound to, as this browser keeps them (DPOP-1). */
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
/** The keys as one page of the app has them. */
const openPage = () => openDpopKeyStore(() => clock);

async function made(): Promise<string> {
  const id = await openPage().create();
  return id ?? expect.fail('no key was kept');
}
/** Whether a new page finds a key. */
const isThere = async (id: string): Promise<boolean> => (await openPage().find(id)) !== undefined;

describe('sweeping', () => {
  test('removes what sign-ins that came to nothing have left', async () => {
    const id = await made();
    clock += 25 * HOUR;
    const page = openPage();
    await page.sweep(new Set());
    expect(await page.find(id)).toBeUndefined();
    expect(await isThere(id)).toBe(false);
  });

  test('leaves what a connection needs, however old', async () => {
    const id = await made();
    clock += 1000 * HOUR;
    await openPage().sweep(new Set([id]));
    expect(await isThere(id)).toBe(true);
  });

  test('leaves what may still be on its way: a sign-in in another tab, or somebody who has to decide (UI-4)', async () => {
    const id = await made();
    clock += 23 * HOUR;
    await openPage().sweep(new Set());
    expect(await isThere(id)).toBe(true);
  });
});

/** Puts something else in the place of a key, as it is read back. */
async function replaced(id: string, change: (key: CryptoKeyPair) => unknown): Promise<void> {
  const key = (await openPage().find(id)) ?? expect.fail('no key');
  const value = { key: change(key), madeAt: clock };
  await openKeyValueStore('proof-keys')('readwrite', (values) => {
    values.put(value, id);
  });
}

test('a key that comes back from the disk as something else is none', async () => {
  const id = await made();
  await replaced(id, ({ publicKey }) => ({ publicKey, privateKey: {} }));
  expect(await isThere(id)).toBe(false);
});

test('nor is one that script could export, whoever put it there', async () => {
  const id = await made();
  const exportable = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  await replaced(id, () => exportable);
  expect(await isThere(id)).toBe(false);
});

test('a browser that takes a key and gives back something else keeps none', async () => {
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore) {
    return this.count();
  });
  const id = await openPage().create();
  get.mockRestore();
  expect(id).toBeUndefined();
});

test('a key that can’t be read just now is not one that is gone: nobody has to sign in anew for it', async () => {
  const id = await made();
  const page = openPage();
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('the disk does not answer', 'UnknownError');
  });
  await expect(page.find(id)).rejects.toMatchObject({ name: 'UnknownError' });
  get.mockRestore();
  expect(await page.find(id)).toBeDefined();
});
