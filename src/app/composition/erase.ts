import type { DisconnectOutcome } from '#connections/disconnect/disconnect-outcome.ts';
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
  /** Names of services that did not confirm; owned by the caller, so that a retry still reports those of the first attempt. */
  unconfirmed: Set<string>;
}

/** The names of the services that did not confirm the revocation of their tokens; empty if all did. */
export interface EraseResult {
  unconfirmed: readonly string[];
}

/**
 * Erases all of the app's data in this browser: asks each service to revoke its tokens, then removes every database, the web
 * storage entries and the worker, whatever the services respond. The page does not work afterwards, so the caller must leave it.
 * @throws DOMException when the browser cannot delete a database
 */
export async function eraseEverything(deps: EraseDeps): Promise<EraseResult> {
  const { connections, disconnect, recorder, appUrl, unconfirmed } = deps;
  await connections.ready;
  const ended = (connections.views() ?? []).map(async ({ id, service }) => {
    // A revocation that could not be attempted counts as unconfirmed and must not stop the rest.
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

/** Deletes the app's own files from the worker's caches. @throws DOMException */
async function removeShellCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const ours = (await caches.keys()).filter(isAppCache);
  await Promise.all(ours.map((name) => caches.delete(name)));
}

/** Deletes a database. Resolves when it is gone: pages and the worker close their connections to it on request. */
function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error(`${name} can't be erased`)));
  });
}
