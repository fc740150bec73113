import { loadChunk } from '#connections/load-chunk.ts';
import type { Lock } from '#connections/lock.ts';
import { isObject } from '#lib/guards.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import type { ClientDescription, Registration } from '#oauth/registration.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';

/**
 * The client ids registered by this browser, one per issuer and redirect URI. A client id is never sent to another
 * server (REG-2).
 */
export interface Registrations {
  /** Returns the stored registration, or registers; sends one request at a time across all tabs (REG-7). */
  obtain(context: FlowContext, server: ServerMetadata, description: ClientDescription): Promise<Registration>;
  /**
   * Returns the stored registration of a client id; undefined if the client id was configured or entered by the user.
   */
  find(issuer: string, clientId: string): Promise<Registration | undefined>;
  forget(issuer: string, redirectUri: string): Promise<void>;
  /**
   * Deletes the registration of a client id that no connection uses any more, if the server supports managing it.
   * Otherwise the server and this browser both keep the registration, and the next connection reuses it.
   */
  release(context: FlowContext, issuer: string, clientId: string): Promise<void>;
}

/** Opens the registrations in IndexedDB. */
export function openRegistrations(
  lock: Lock,
  store: PersistentStore = openPersistentStore('registrations'),
): Registrations {
  const entriesFor = async (issuer: string, clientId: string): Promise<[string, Registration][]> =>
    (await store.entries()).flatMap(([key, stored]): [string, Registration][] =>
      key.startsWith(`${issuer} `) && isRegistration(stored) && stored.clientId === clientId ? [[key, stored]] : [],
    );
  return {
    obtain(context, server, description) {
      const key = keyOf(server.issuer, description.redirectUri);
      return lock(`register ${key}`, async () => {
        const stored = await store.get(key);
        if (isRegistration(stored)) return stored;
        const { registerClient } = await loadChunk(() => import('#oauth/registration.ts'));
        const registration = await registerClient(context, server, description);
        await store.set(key, registration);
        return registration;
      });
    },
    find: async (issuer, clientId) => (await entriesFor(issuer, clientId))[0]?.[1],
    forget: (issuer, redirectUri) => store.delete(keyOf(issuer, redirectUri)),
    async release(context, issuer, clientId) {
      for (const [key, stored] of await entriesFor(issuer, clientId)) {
        if (stored.managementUri === undefined) continue;
        const { deleteRegistration } = await loadChunk(() => import('#oauth/registration.ts'));
        await store.delete(key);
        await deleteRegistration(context, stored);
      }
    },
  };
}

const keyOf = (issuer: string, redirectUri: string): string => `${issuer} ${redirectUri}`;

function isRegistration(value: unknown): value is Registration {
  return isObject(value) && typeof value.clientId === 'string';
}
