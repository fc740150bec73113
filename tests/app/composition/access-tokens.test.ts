import { afterEach, expect, test, vi } from 'vitest';

import { openAccessTokens } from '#app/composition/access-tokens.ts';
import { createTabLock } from '#connections/lock.ts';
import { createStorageHealth } from '#storage/storage-health.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { startMisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { connect } from '#tests/support/tab.ts';

afterEach(() => vi.unstubAllGlobals());

test('REF-3: without Web Locks the worker is not asked, and calls of one page make one request', async () => {
  const server = await startMisbehavingServer();
  const tab = openBrowser({ hasWebLocks: false }).openTab();
  const id = await connect(tab, server);
  const { accessToken } = await tab.tokens.current(id);
  const postMessage = vi.fn();
  vi.stubGlobal('navigator', { serviceWorker: { controller: { postMessage } } });
  const tokens = openAccessTokens({ ...tab, lock: createTabLock(), storageOf: createStorageHealth().of }, tab.store);
  const before = server.count(server.urls.token);
  const refreshed = await Promise.all([1, 2, 3].map(() => tokens.refresh(id, accessToken)));
  expect(new Set(refreshed.map((credential) => credential.accessToken)).size).toBe(1);
  expect(server.count(server.urls.token)).toBe(before + 1);
  expect(postMessage).not.toHaveBeenCalled();
  await server.stop();
});

test('STO-6: the worker is not asked if tokens cannot be stored on disk; other stores do not matter', async () => {
  const server = await startMisbehavingServer();
  const tab = openBrowser().openTab();
  const id = await connect(tab, server);
  const { accessToken } = await tab.tokens.current(id);
  const postMessage = vi.fn((_message: unknown, [port]: MessagePort[]) =>
    port?.postMessage({ type: 'done', trace: { events: [], bodies: [] } }),
  );
  vi.stubGlobal('navigator', { locks: {}, serviceWorker: { controller: { postMessage } } });
  const health = createStorageHealth();
  const tokens = openAccessTokens({ ...tab, lock: createTabLock(), storageOf: health.of }, tab.store);
  health.note('posts', 'full');
  const refreshed = await tokens.refresh(id, accessToken);
  expect(postMessage).toHaveBeenCalledOnce();
  health.note('connections', 'full');
  await tokens.refresh(id, refreshed.accessToken);
  expect(postMessage).toHaveBeenCalledOnce();
  await server.stop();
});
