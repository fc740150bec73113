import { authorizedFetch } from '#api/authorized-fetch.ts';
import { consoleCall, type ConsoleCall } from '#api/console-call.ts';
import { createQueryClient } from '#api/query-client.ts';
import { capturedLogout } from '#app/boot/captured-logout.ts';
import type { Platform } from '#app/boot/platform.ts';
import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import { createToastStore } from '#app/layout/toast-store.ts';
import { watchForUpdate } from '#app/service-worker/app-update.ts';
import { appUrl } from '#base.ts';
import { createDisconnectService } from '#connections/disconnect/disconnect-service.ts';
import { openRevocationQueue } from '#connections/disconnect/revocation-queue.ts';
import { createServiceSearch } from '#connections/discovery/service-search.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { resumeRefreshes } from '#connections/refresh/resume-refreshes.ts';
import { openClientDocument } from '#connections/registration/client-metadata-document.ts';
import { redirectUriFor } from '#connections/registration/redirect-uri.ts';
import { openRegistrations } from '#connections/registration/registration-store.ts';
import { openServiceCatalog } from '#connections/services/service-catalog.ts';
import type { Service } from '#connections/services/service.ts';
import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import { createSignInController } from '#connections/sign-in/sign-in-controller.ts';
import { accountLabel } from '#connections/store/account-label.ts';
import { keysOf } from '#connections/store/connection-record.ts';
import { createConnectionStore } from '#connections/store/connection-store.ts';
import { toastAfterSignIn } from '#features/planner/post-toast.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { messages } from '#messages/en.ts';
import { birdsong } from '#networks/birdsong.ts';
import type { Network } from '#networks/network.ts';
import { parseToken, type ParsedToken } from '#oauth/parse-token.ts';
import { connectionAt, toAccountRef, type AccountIdentity } from '#planning/account.ts';
import { createPostStore, openPostRepository } from '#planning/post-store.ts';
import { createPublisher, type Target } from '#planning/publisher.ts';
import { openChangeChannel } from '#storage/change-channel.ts';
import { detectEviction } from '#storage/eviction.ts';
import { sharedStorage } from '#storage/web-storage.ts';

import { openAccessTokens } from './access-tokens.ts';
import { birdsongService } from './birdsong-service.ts';
import type { EraseResult } from './erase.ts';
import { refetchAfterRefresh } from './refetch-after-refresh.ts';

/** Everything the screens depend on. */
export type AppContext = ReturnType<typeof createAppContext>;

/** Creates the app's parts and connects them: the composition root. */
export function createAppContext(platform: Platform, signIn: ReturningSignIn | undefined) {
  const {
    http,
    vault,
    pending,
    pendingLogouts,
    keys,
    consumedStates,
    worker,
    lock,
    openStore,
    storage,
    storesDropped,
    allowLoopbackHttp,
  } = platform;
  const catalog = openServiceCatalog({
    appUrl,
    birdsong: birdsongService(appUrl),
    allowLoopbackHttp,
    store: openStore('services'),
  });
  const networks: readonly Network[] = [birdsong];

  const connections = createConnectionStore(vault, openChangeChannel('connections'), http.now);
  const tokens = openAccessTokens(platform, connections);
  resumeRefreshes({ connections, tokens, now: http.now, onError: reportAppError });
  const registrations = openRegistrations(lock, openStore('registrations'));
  const clientDocument = openClientDocument(appUrl, (input, init) => fetch(input, init));
  const clientName = messages.appName;
  const signIns = createSignInController(
    async (request) => {
      const { startSignIn } = await loadChunk(() => import('#connections/sign-in/start-sign-in.ts'));
      return startSignIn(
        { http, pending, keys, consumedStates, registrations, clientDocument, appUrl, clientName },
        request,
      );
    },
    (url) => location.assign(url),
    () => pending.abandoned(http.now()),
  );
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    // After a bfcache restore the page is no longer redirecting and has missed other tabs' messages.
    signIns.cancel();
    signIns.refreshAbandoned();
    for (const { reloadAll } of [connections, posts, catalog.custom]) reloadAll().catch(reportAppError);
    sendUnsent();
  });
  const networkOf = (serviceId: string): Network | undefined => networks.find((one) => one.serviceId === serviceId);

  /**
   * Returns the target for posting through a connection, or through the connection of the same account that replaced it.
   * Undefined if there is none, or its service is not a social network.
   */
  const targetFor = (connectionId: string, account?: AccountIdentity): Target | undefined => {
    const place = omitUndefined({ connectionId, identity: account });
    const connection = connectionAt(place, connections.views() ?? []);
    const network = connection && networkOf(connection.service.id);
    if (!network) return undefined;
    const { service, identity } = connection;
    return {
      ...toAccountRef(connection),
      network,
      networkName: service.name,
      account: accountLabel(identity),
      call: authorizedFetch({ store: connections, tokens, http }, connection.id),
    };
  };
  const revocations = openRevocationQueue({
    store: openStore('revocations'),
    http,
    lock,
    keys,
    channel: openChangeChannel('revocations'),
  });
  const sendUnsent = (): void => void revocations.send().catch(reportAppError);
  addEventListener('online', sendUnsent);
  sendUnsent();
  /** Deletes DPoP keys that nothing uses, unless a record is unreadable: it may need a key that we cannot identify. */
  const sweepKeys = async (): Promise<void> => {
    if (!(await vault.isFullyReadable())) return;
    await keys.sweep(new Set([...keysOf(await vault.all()), ...(await revocations.keyIds())]));
  };
  void sweepKeys().catch(reportAppError);
  const toasts = createToastStore();
  const queryClient = createQueryClient();
  // REV-4: when a connection ends, in any tab, remove the data read through it. The second element of every query key is the
  // connection's id.
  connections.subscribe(() => {
    const isGone = (id: unknown): boolean => typeof id === 'string' && !connections.find(id);
    queryClient.removeQueries({ predicate: ({ queryKey }) => isGone(queryKey[1]) });
    toasts.retract(isGone);
  });
  refetchAfterRefresh(connections, queryClient);
  const postRepository = openPostRepository(openStore('posts'));
  const posts = createPostStore(postRepository, openChangeChannel('posts'));
  const publisher = createPublisher({ posts, targetFor, lock, now: http.now, onError: reportAppError });
  /** Loads the connection of a returning sign-in, whatever screen the user is on, and sends the post that waited for it. */
  const admit = async (connected: ReturningSignIn['connected']): Promise<void> => {
    const outcome = await connected;
    signIns.refreshAbandoned();
    if (!outcome) return;
    await connections.admit(outcome.connectionId);
    void outcome.named?.then(() => connections.admit(outcome.connectionId)).catch(reportAppError);
    void sweepKeys().catch(reportAppError);
    if (outcome.resumes !== undefined) void resume(outcome.resumes, outcome.connectionId).catch(reportAppError);
  };
  const resume = async (postId: string, connectionId: string): Promise<void> => {
    await publisher.tryAgain(postId, connectionId);
    const post = posts.get(postId);
    const said = post && toastAfterSignIn(post, connectionId);
    if (said !== undefined) toasts.show(said);
  };
  const admitted = signIn && admit(signIn.connected).catch(reportAppError);
  const disconnects = createDisconnectService({
    store: connections,
    http,
    keys,
    revocations,
    registrations,
    pendingLogouts,
    appUrl,
    catalog,
    leave: (url) => location.assign(url),
    captured: capturedLogout,
    admitted,
    onError: reportAppError,
  });
  const wasCleared = detectEviction({
    collections: [
      { ...connections, count: () => connections.views()?.length, isFullyReadable: vault.isFullyReadable },
      { ...posts, count: () => posts.all()?.length, isFullyReadable: postRepository.isFullyReadable },
    ],
    dropped: storesDropped,
    flags: sharedStorage(),
    persist: () => void navigator.storage?.persist?.().catch(reportAppError),
  });
  /** Survives repeated attempts to erase, of which only the first can ask the services. */
  const unconfirmed = new Set<string>();
  return {
    /** Resolves when the first screen's data has been read or failed to load; each store reports its own errors. */
    ready: Promise.allSettled([connections.ready, posts.ready, catalog.ready]),
    catalog,
    search: createServiceSearch(http),
    connections,
    /** Resolves when the connection of a returning sign-in has been loaded. */
    admitted,
    signIns,
    posts,
    publisher,
    targetFor,
    /** Returns the console's call function for a connection; it returns every response, errors included. */
    consoleCallFor: (connectionId: string): ConsoleCall =>
      consoleCall({ store: connections, tokens, http }, connectionId),
    networkOf,
    clientDocument,
    /**
     * Returns the redirect URI for a service's server; a manually registered client id must be registered with it.
     * @throws OAuthError
     */
    async redirectUriOf(service: Service, signal: AbortSignal): Promise<string> {
      const tag = { flow: crypto.randomUUID(), kind: 'connect', service: service.name } as const;
      const { discoverServer } = await loadChunk(() => import('#connections/discovery/discover-server.ts'));
      const { server } = await discoverServer(http.forFlow(tag, signal), service);
      return redirectUriFor(appUrl, server);
    },
    disconnects,
    /** The results of revocations that could not be sent when the connection ended. */
    revocationResults: revocations.results,
    /**
     * Runs an attack demo on the demo network.
     * @param connectionId the connection whose old token is replayed, if the demo needs one
     * @returns the flow to show, if the demo has already finished
     * @throws ConnectionError | ChunkLoadError
     */
    async runScenario(lesson: AttackScenario, connectionId?: string): Promise<string | undefined> {
      const { runScenario } = await loadChunk(() => import('#app/attack-demos/run-scenario.ts'));
      const service = birdsongService(appUrl);
      return runScenario({ http, connections, tokens, signIns, service, appUrl }, lesson, connectionId);
    },
    /** Returns the parsed access token, for display only; undefined if there is no token. */
    parseToken(connectionId: string): ParsedToken | undefined {
      const state = connections.find(connectionId)?.state;
      return state && state.kind !== 'needs-sign-in' ? parseToken(state.grant.accessToken) : undefined;
    },
    async erase(): Promise<EraseResult> {
      const { eraseEverything } = await import('./erase.ts');
      const { disconnect } = disconnects;
      return eraseEverything({ connections, disconnect, recorder: http.recorder, appUrl, unconfirmed });
    },
    storage,
    wasCleared,
    update: watchForUpdate(http.now),
    queryClient,
    toasts,
    recorder: http.recorder,
    stepper: http.stepper,
    worker,
    now: http.now,
  };
}

/** Reports an error like an uncaught one, on the window. */
function reportAppError(error: unknown): void {
  reportError(error);
}
