import type { ConnectionStore } from '#connections/store.ts';
import type { DisconnectOutcome } from '#connections/disconnect.ts';
import type { Recorder } from '#trace/recorder.ts';
import { DATABASES } from '#storage/databases.ts';

import { BIRDSONG_DATABASE } from './birdsong-service.ts';
import { announceErased } from './erased-elsewhere.ts';

export interface EraseNeeds {
  connections: ConnectionStore;
  disconnect: (connectionId: string) => Promise<DisconnectOutcome>;
  recorder: Recorder;
  appUrl: string;
}

/** The services that did not confirm that their tokens are revoked, by name; empty when all did. */
export interface EraseResult {
  unconfirmed: readonly string[];
}

/**
 * Puts this browser back to the first day: asks each service to revoke its tokens, then removes every database, both web
 * storages, caches and the worker, whatever the services answered. The page is of no use afterwards and is to be left.
 */
export async function eraseEverything(needs: EraseNeeds): Promise<EraseResult> {
  const { connections, disconnect, recorder, appUrl } = needs;
  await connections.ready;
  const ended = (connections.views() ?? []).map(async ({ id, service }) => {
    const { kind } = await disconnect(id);
    return kind === 'unconfirmed' ? [service.name] : [];
  });
  const unconfirmed = [...new Set((await Promise.all(ended)).flat())];
  recorder.clear();
  await removeAll(appUrl);
  announceErased();
  return { unconfirmed };
}

async function removeAll(appUrl: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration(appUrl);
  await registration?.unregister();
  await Promise.all([...DATABASES, BIRDSONG_DATABASE].map(removeDatabase));
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
}

/** Resolves when the database is gone. Pages and the worker let go of it when asked to. */
function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error(`${name} can't be erased`)));
  });
}
