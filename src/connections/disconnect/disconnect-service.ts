import type { DpopKeyStore } from '#connections/http/dpop-key-store.ts';
import { ChunkLoadError } from '#connections/load-chunk.ts';
import type { ServiceCatalogStore } from '#connections/services/service-catalog.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { OAuthError } from '#oauth/errors.ts';

import { disconnect, type DisconnectOutcome } from './disconnect.ts';
import type { PendingLogout } from './pending-logout.ts';
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
}

export interface DisconnectServiceDeps extends LogoutDeps {
  keys: DpopKeyStore;
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
  const { store, http, keys, revocations, registrations, pendingLogouts, catalog, leave, captured, admitted } = deps;
  /** Ignores OAuth and chunk errors: a server that keeps a registration, or being offline, is not a bug in the app. */
  const reportUnlessServers = (error: unknown): void => {
    if (!(error instanceof OAuthError || error instanceof ChunkLoadError)) deps.onError(error);
  };
  const release = async (
    service: string,
    { issuer, clientId }: { issuer: string; clientId: string },
  ): Promise<void> => {
    const isUsed = store.views()?.some(({ details }) => details?.issuer === issuer && details.clientId === clientId);
    if (isUsed) return;
    const tag = { flow: crypto.randomUUID(), kind: 'disconnect', service } as const;
    await registrations.release(http.forFlow(tag), issuer, clientId);
  };
  /** Removes what only this connection needed: its registration, and a custom service added for it. */
  const tidyAfter = async ({ service, details }: ConnectionView, keepsRegistration: boolean): Promise<void> => {
    const others = store.views() ?? [];
    if (!others.some((one) => one.service.id === service.id)) await catalog.custom.remove(service.id);
    if (details && !keepsRegistration) await release(service.name, details);
  };

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
      const ended = store.views()?.find(({ id }) => id === connectionId);
      const signOut = signsOut ? await prepareLogout(deps, connectionId) : undefined;
      const outcome = await disconnect({ store, http, keys, revocations }, connectionId);
      if (ended) await tidyAfter(ended, signOut !== undefined).catch(reportUnlessServers);
      if (signOut) leave(signOut.begin(outcome));
      return outcome;
    },
    prepareLogout: (connectionId) => prepareLogout(deps, connectionId),
    signedOut,
    forgetSignOut,
  };
}
