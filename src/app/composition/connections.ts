import { authorizedFetch, type AuthorizedFetch } from '#api/authorized-fetch.ts';
import type { Platform } from '#app/boot/platform.ts';
import {
  createDisconnectService,
  type DisconnectService,
  type DisconnectServiceDeps,
} from '#connections/disconnect/disconnect-service.ts';
import { openRevocationQueue } from '#connections/disconnect/revocation-queue.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { openClientDocument } from '#connections/registration/client-metadata-document.ts';
import { openRegistrations } from '#connections/registration/registration-store.ts';
import { createSignInController } from '#connections/sign-in/sign-in-controller.ts';
import type { SignInRequest } from '#connections/sign-in/start-sign-in.ts';
import { keysOf } from '#connections/store/connection-record.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { messages } from '#messages/en.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import type { ChangeChannel } from '#storage/change-channel.ts';

import { openAccessTokens, type AccessTokenEdges } from './access-tokens.ts';

/** What the connections need from the page around them. */
export interface ConnectionEdges
  extends
    AccessTokenEdges,
    Pick<Platform, 'vault' | 'pending' | 'pendingLogouts' | 'keys' | 'consumedStates' | 'openStore'> {
  appUrl: string;
  /** Fetches the app's own files. Requests to services go through `http`. */
  fetch: Fetch;
  openChannel: (name: string) => ChangeChannel;
  /** Navigates the page to another site. */
  leave: (url: string) => void;
}

/** The connections of this browser, and what signs in, refreshes and revokes. */
export type Connections = ReturnType<typeof openConnections>;

/** Creates the connection store and all that signs in, refreshes and revokes. Sends no request and starts no timer. */
export function openConnections(edges: ConnectionEdges) {
  const { http, vault, pending, keys, consumedStates, lock, openStore, openChannel, appUrl, leave } = edges;
  const store = createConnectionStore(vault, openChannel('connections'), http.now);
  const tokens = openAccessTokens(edges, store);
  const registrations = openRegistrations(lock, openStore('registrations'));
  const clientDocument = openClientDocument(appUrl, edges.fetch);
  const clientName = messages.appName;
  /** Returns the authorization URL of a sign-in. @throws OAuthError | ChunkLoadError */
  const startSignIn = async (request: SignInRequest): Promise<string> => {
    const { startSignIn: start } = await loadChunk(() => import('#connections/sign-in/start-sign-in.ts'));
    return start({ http, pending, keys, consumedStates, registrations, clientDocument, appUrl, clientName }, request);
  };
  const revocations = openRevocationQueue({
    store: openStore('revocations'),
    http,
    lock,
    keys,
    channel: openChannel('revocations'),
  });
  return {
    store,
    tokens,
    registrations,
    clientDocument,
    revocations,
    startSignIn,
    signIns: createSignInController(startSignIn, leave, () => pending.abandoned(http.now())),
    /** Returns the fetch that calls a connection's API with its token. */
    fetchFor: (connectionId: string): AuthorizedFetch => authorizedFetch({ store, tokens, http }, connectionId),
    /** Deletes DPoP keys that nothing uses, unless a record is unreadable: it may need a key that we cannot identify. */
    async sweepKeys(): Promise<void> {
      if (!(await vault.isFullyReadable())) return;
      await keys.sweep(new Set([...keysOf(await vault.all()), ...(await revocations.keyIds())]));
    },
  };
}

type DisconnectEdges = Omit<DisconnectServiceDeps, keyof Connections>;

/** Creates what ends connections, and handles the return from a provider's logout page. */
export function openDisconnects(connections: Connections, edges: DisconnectEdges): DisconnectService {
  const { store, registrations, revocations } = connections;
  return createDisconnectService({ store, registrations, revocations, ...edges });
}
