import { expect, test, vi } from 'vitest';

import { openAccessTokens } from '#app/composition/access-tokens.ts';
import { createTabLock } from '#connections/lock.ts';
import { createStorageHealth } from '#storage/storage-health.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { startMisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { connect } from '#tests/support/tab.ts';

test('REF-3: without Web Locks the worker is not asked, and calls of one page make one request', async () => {
  const server = await startMisbehavingServer();
  const tab = openBrowser({ hasWebLocks: false }).openTab();
  const id = await connect(tab, server);
  const { accessToken } = await tab.tokens.current(id);
  const sendToWorker = vi.fn(() => true);
  const lock = createTabLock();
  const tokens = openAccessTokens(
    { ...tab, lock, storageOf: createStorageHealth().of, sendToWorker, hasWebLocks: false, random: () => 0.5 },
    tab.store,
  );
  const before = server.count(server.urls.token);
  const refreshed = await Promise.all([1, 2, 3].map(() => tokens.refresh(id, accessToken)));
  expect(new Set(refreshed.map((credential) => credential.accessToken)).size).toBe(1);
  expect(server.count(server.urls.token)).toBe(before + 1);
  expect(sendToWorker).not.toHaveBeenCalled();
  await server.stop();
});

test('STO-6: the worker is not asked if tokens cannot be stored on disk; other stores do not matter', async () => {
  const server = await startMisbehavingServer();
  const tab = openBrowser().openTab();
  const id = await connect(tab, server);
  const { accessToken } = await tab.tokens.current(id);
  const sendToWorker = vi.fn((_message: unknown, port: MessagePort) => {
    port.postMessage({ type: 'done', trace: { events: [], bodies: [] } });
    return true;
  });
  const health = createStorageHealth();
  const lock = createTabLock();
  const tokens = openAccessTokens(
    { ...tab, lock, storageOf: health.of, sendToWorker, hasWebLocks: true, random: () => 0.5 },
    tab.store,
  );
  health.note('posts', 'full');
  const refreshed = await tokens.refresh(id, accessToken);
  expect(sendToWorker).toHaveBeenCalledOnce();
  health.note('connections', 'full');
  await tokens.refresh(id, refreshed.accessToken);
  expect(sendToWorker).toHaveBeenCalledOnce();
  await server.stop();
});
