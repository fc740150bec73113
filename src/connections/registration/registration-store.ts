import { loadChunk } from '#connections/load-chunk.ts';
import type { Lock } from '#connections/lock.ts';
import { isObject } from '#lib/guards.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import type { ClientDescription, Registration } from '#oauth/registration.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { openPersistentStore, type PersistentStore } from '#storage/persistent-store.ts';

/** A client id and the server that knows it. */
export interface ClientRef {
  issuer: string;
  clientId: string;
}

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
  /** Marks a registration to be released later, unless a sign-in obtains it before. */
  postponeRelease(client: ClientRef): Promise<void>;
  /** Returns the clients whose release was postponed. */
  postponed(): Promise<readonly ClientRef[]>;
}

/** A registration as stored. */
type StoredRegistration = Registration & {
  /** No connection uses it, but a token of this client waits to be revoked. */
  isReleasePostponed?: true;
};

/** Opens the registrations in IndexedDB. */
export function openRegistrations(
  lock: Lock,
  store: PersistentStore = openPersistentStore('registrations'),
): Registrations {
  const entriesFor = async (issuer: string, clientId: string): Promise<[string, StoredRegistration][]> =>
    (await store.entries()).flatMap(([key, stored]): [string, StoredRegistration][] =>
      key.startsWith(`${issuer} `) && isRegistration(stored) && stored.clientId === clientId ? [[key, stored]] : [],
    );
  return {
    obtain(context, server, description) {
      const key = keyOf(server.issuer, description.redirectUri);
      return lock(`register ${key}`, async () => {
        const stored = await store.get(key);
        if (isRegistration(stored)) {
          const { isReleasePostponed, ...registration } = stored;
          if (isReleasePostponed) await store.replace(key, registration);
          return registration;
        }
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
    async postponeRelease({ issuer, clientId }) {
      for (const [key, stored] of await entriesFor(issuer, clientId)) {
        if (stored.managementUri !== undefined) await store.replace(key, { ...stored, isReleasePostponed: true });
      }
    },
    postponed: async () =>
      (await store.entries()).flatMap(([key, stored]) =>
        isRegistration(stored) && stored.isReleasePostponed
          ? [{ issuer: issuerIn(key), clientId: stored.clientId }]
          : [],
      ),
  };
}

const keyOf = (issuer: string, redirectUri: string): string => `${issuer} ${redirectUri}`;
/** A redirect URI has no space. */
const issuerIn = (key: string): string => key.slice(0, key.lastIndexOf(' '));

function isRegistration(value: unknown): value is StoredRegistration {
  return isObject(value) && typeof value.clientId === 'string';
}
