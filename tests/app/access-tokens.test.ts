import { afterEach, expect, test, vi } from 'vitest';

import { openAccessTokens } from '#app/access-tokens.ts';
import { createTabLock } from '#connections/lock.ts';
import { createStorageHealth } from '#storage/storage-health.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { startMisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { connect } from '#tests/flows/trouble.ts';

afterEach(() => vi.unstubAllGlobals());

test('REF-3: without Web Locks the worker is not asked, and calls of one page make one request', async () => {
  const server = await startMisbehavingServer();
  const tab = openBrowser({ hasWebLocks: false }).openTab();
  const id = await connect(tab, server);
  const { accessToken } = await tab.tokens.current(id);
  const postMessage = vi.fn();
  vi.stubGlobal('navigator', { serviceWorker: { controller: { postMessage } } });
  const tokens = openAccessTokens({ ...tab, lock: createTabLock(), storage: createStorageHealth().state }, tab.store);
  const before = server.count(server.addresses.token);
  const renewed = await Promise.all([1, 2, 3].map(() => tokens.renew(id, accessToken)));
  expect(new Set(renewed.map((credential) => credential.accessToken)).size).toBe(1);
  expect(server.count(server.addresses.token)).toBe(before + 1);
  expect(postMessage).not.toHaveBeenCalled();
  await server.stop();
});
