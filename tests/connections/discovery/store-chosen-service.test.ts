import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';

import { storeChosenService } from '#connections/discovery/store-chosen-service.ts';
import { createTabLock, type Lock } from '#connections/lock.ts';
import { openCustomServices } from '#connections/services/custom-services.ts';
import type { Service } from '#connections/services/service.ts';
import { createCollection } from '#storage/collection.ts';
import { openPersistentStore } from '#storage/persistent-store.ts';
import { serviceAt } from '#tests/support/browser.ts';

/** Opens the services as one tab does. A message from another tab always arrives too late. */
function openTab(lock: Lock) {
  const repository = openCustomServices(openPersistentStore('services'));
  const custom = createCollection(repository, { announce: () => {}, listen: () => {} });
  const connect = (chosen: Service, leftBehind?: string) =>
    storeChosenService({ custom, lock, isConnected: () => false }, chosen, leftBehind);
  return { custom, connect, stored: () => repository.all() };
}

const choice = (id: string, changes: Partial<Service> = {}): Service =>
  serviceAt('https://api.quay.example', { id, issuer: 'https://login.quay.example', ...changes });

describe('a service that the user adds', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  it('E7: is listed once if two tabs connect it at the same moment', async () => {
    const lock = createTabLock();
    const [one, other] = [openTab(lock), openTab(lock)];
    await Promise.all([one.custom.ready, other.custom.ready]);
    const ids = (await Promise.all([one.connect(choice('a')), other.connect(choice('b'))])).map(({ id }) => id);
    expect(ids).toEqual(['a', 'a']);
    expect((await one.stored()).map(({ id }) => id)).toEqual(['a']);
    expect(other.custom.all()?.map(({ id }) => id)).toEqual(['a']);
  });

  it('E7: is listed once if Connect is pressed twice in one tab', async () => {
    const tab = openTab(createTabLock());
    await Promise.all([tab.connect(choice('a')), tab.connect(choice('b'))]);
    expect((await tab.stored()).map(({ id }) => id)).toEqual(['a']);
  });

  it('E7: is listed twice if two tabs connect it with different client ids', async () => {
    const lock = createTabLock();
    const [one, other] = [openTab(lock), openTab(lock)];
    await Promise.all([one.connect(choice('a', { clientId: 'x' })), other.connect(choice('b', { clientId: 'y' }))]);
    expect((await one.stored()).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  });
});
