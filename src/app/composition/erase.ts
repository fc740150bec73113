import type { DisconnectOutcome } from '#connections/disconnect/disconnect.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import { isAppCache } from '#offline/cache-name.ts';
import { DATABASES } from '#storage/databases.ts';
import { forgetEvictionFlag } from '#storage/eviction.ts';
import { sharedStorage } from '#storage/web-storage.ts';
import type { Recorder } from '#trace/recorder.ts';

import { BIRDSONG_DATABASE } from './birdsong-service.ts';
import { announceErased, eraseTab } from './erase-broadcast.ts';
import { forgetPreferences } from './preferences.ts';

export interface EraseDeps {
  connections: ConnectionStore;
  disconnect: (connectionId: string) => Promise<DisconnectOutcome>;
  recorder: Recorder;
  appUrl: string;
  /** Names of services that did not confirm; kept by the caller, so that another try still tells of the first. */
  unconfirmed: Set<string>;
}

/** The services that did not confirm that their tokens are revoked, by name; empty when all did. */
export interface EraseResult {
  unconfirmed: readonly string[];
}

/**
 * Puts this browser back to the first day: asks each service to revoke its tokens, then removes every database, what is in
 * the web storages, and the worker, whatever the services answered. The page is of no use afterwards and is to be left.
 * @throws DOMException when the browser does not let go of a database
 */
export async function eraseEverything(deps: EraseDeps): Promise<EraseResult> {
  const { connections, disconnect, recorder, appUrl, unconfirmed } = deps;
  await connections.ready;
  const ended = (connections.views() ?? []).map(async ({ id, service }) => {
    // What could not even be tried is not confirmed either, and is no reason to keep the rest.
    const outcome = await disconnect(id).catch(() => undefined);
    if (outcome === undefined || outcome.kind === 'unconfirmed' || outcome.kind === 'ineffective')
      unconfirmed.add(service.name);
  });
  await Promise.all(ended);
  announceErased();
  eraseTab(recorder);
  const registration = await navigator.serviceWorker?.getRegistration(appUrl);
  await registration?.unregister();
  await Promise.all([...DATABASES, BIRDSONG_DATABASE].map(removeDatabase));
  await removeShellCaches();
  forgetPreferences();
  forgetEvictionFlag(sharedStorage());
  return { unconfirmed: [...unconfirmed] };
}

/** The app's own files, which the worker kept. @throws DOMException */
async function removeShellCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const ours = (await caches.keys()).filter(isAppCache);
  await Promise.all(ours.map((name) => caches.delete(name)));
}

/** Resolves when the database is gone. Pages and the worker let go of it when asked to. */
function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error(`${name} can't be erased`)));
  });
}
