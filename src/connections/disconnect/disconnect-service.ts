import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import { ChunkLoadError } from '#connections/load-chunk.ts';
import { lockName, type Lock } from '#connections/lock.ts';
import type { ClientRef } from '#connections/registration/registration-store.ts';
import type { ServiceCatalogStore } from '#connections/services/service-catalog.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { OAuthError } from '#oauth/errors.ts';

import type { DisconnectOutcome } from './disconnect-outcome.ts';
import { disconnect } from './disconnect.ts';
import type { PendingLogout } from './pending-logout.ts';
import { clientsOf, releaseClient } from './release-client.ts';
import type { RevocationQueue } from './revocation-queue.ts';
import { handleLogoutReturn, prepareLogout, type Logout, type LogoutDeps } from './rp-logout.ts';

/** Ends connections: in this browser, at the authorization server, and optionally at the provider. */
export interface DisconnectService {
  /** With `signsOut`, the page then leaves to sign out at the provider too. */
  disconnect(connectionId: string, options?: { signsOut: boolean }): Promise<DisconnectOutcome>;
  /** Resolves to where the user can sign out at the provider too (REV-5), or undefined. */
  prepareLogout(connectionId: string): Promise<Pick<Logout, 'host' | 'hasReturnUri'> | undefined>;
  /** The last sign-out of this tab whose result the user has not seen yet. */
  signedOut: Observable<PendingLogout | undefined>;
  forgetSignOut(): void;
  /** Sends the revocations that have not reached a server, and deletes the registrations that only they needed. */
  sendUnsent(): Promise<void>;
}

export interface DisconnectServiceDeps extends LogoutDeps {
  keys: DpopKeyStore;
  lock: Lock;
  revocations: RevocationQueue;
  catalog: ServiceCatalogStore;
  leave: (url: string) => void;
  /** The query parameters, if a provider redirected this page here after a sign-out. */
  captured: URLSearchParams | undefined;
  /** Resolves once the connection made by a returning sign-in is loaded. */
  admitted: Promise<void> | undefined;
  onError: (error: unknown) => void;
}

/** Creates the disconnect service and handles the return from a provider's logout page. */
export function createDisconnectService(deps: DisconnectServiceDeps): DisconnectService {
  const { store, http, keys, lock, revocations, registrations, pendingLogouts, catalog, leave, captured, admitted } =
    deps;
  /** Ignores OAuth and chunk errors: a server that keeps a registration, or being offline, is not a bug in the app. */
  const reportUnlessServers = (error: unknown): void => {
    if (!(error instanceof OAuthError || error instanceof ChunkLoadError)) deps.onError(error);
  };
  const release = (service: string, client: ClientRef): Promise<void> =>
    releaseClient({ store, http, registrations, revocations }, service, client);
  /** Removes a custom service that was added for this connection. */
  const removeUnusedService = async ({ service }: Connection): Promise<void> => {
    const others = store.views() ?? [];
    if (!others.some((other) => other.service.id === service.id)) await catalog.custom.remove(service.id);
  };
  /** A refresh in progress holds the lock and revokes the tokens that it receives, which takes the registration. */
  const releaseAfterRefresh = (connection: Connection): Promise<void> =>
    lock(lockName(connection.id), async () => {
      for (const client of clientsOf(connection)) await release(connection.service.name, client);
    });

  /** Releases the registration after the user returns: the provider identifies the client by it during the sign-out. */
  const releaseAfterSignOut = async (): Promise<void> => {
    const signOut = pendingLogouts.find();
    if (!signOut?.registration) return;
    await Promise.all([store.ready, admitted]);
    const { registration, ...rest } = signOut;
    if (pendingLogouts.find()) pendingLogouts.save(rest); // otherwise the user has already dismissed it
    await release(signOut.service.name, registration);
  };
  if (captured) handleLogoutReturn(deps, captured);
  const signedOut = createObservable(pendingLogouts.find());
  releaseAfterSignOut().catch(reportUnlessServers);

  const forgetSignOut = (): void => {
    pendingLogouts.forget();
    signedOut.set(undefined);
  };
  return {
    async disconnect(connectionId, { signsOut } = { signsOut: false }) {
      const ended = store.find(connectionId);
      const signOut = signsOut ? await prepareLogout(deps, connectionId) : undefined;
      const outcome = await disconnect({ store, http, keys, revocations }, connectionId);
      if (ended) await removeUnusedService(ended).catch(reportUnlessServers);
      if (signOut) leave(signOut.begin(outcome));
      else if (ended) {
        const released = releaseAfterRefresh(ended).catch(reportUnlessServers);
        // The user does not wait for a refresh in progress.
        if (ended.state.kind !== 'refreshing') await released;
      }
      return outcome;
    },
    prepareLogout: (connectionId) => prepareLogout(deps, connectionId),
    signedOut,
    forgetSignOut,
    async sendUnsent() {
      await revocations.send();
      await admitted;
      for (const client of await registrations.postponed()) {
        await release(new URL(client.issuer).host, client).catch(reportUnlessServers);
      }
    },
  };
}
