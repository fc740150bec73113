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

/** Everything the screens work with, wired. */
export type AppContext = ReturnType<typeof createAppContext>;

/** Wires the app: the one place that knows which parts there are and how they hang together. */
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
    // A page that comes back from the browser's memory is on its way nowhere any more, and has heard nothing of other tabs.
    signIns.cancel();
    signIns.refreshAbandoned();
    for (const { reloadAll } of [connections, posts, catalog.custom]) reloadAll().catch(reportAppError);
    sendUnsent();
  });
  const networkOf = (serviceId: string): Network | undefined => networks.find((one) => one.serviceId === serviceId);

  /**
   * What can be posted to through a connection, or through the one of the same account that came after it. Undefined where
   * there is none, or its service is no network.
   */
  const targetFor = (connectionId: string, account?: AccountIdentity): Target | undefined => {
    const place = { connectionId, ...(account && { identity: account }) };
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
    keys: keys,
    channel: openChangeChannel('revocations'),
  });
  const sendUnsent = (): void => void revocations.send().catch(reportAppError);
  addEventListener('online', sendUnsent);
  sendUnsent();
  /** What cannot be read may need keys that nobody here knows of. */
  const sweepKeys = async (): Promise<void> => {
    if (!(await vault.isFullyReadable())) return;
    await keys.sweep(new Set([...keysOf(await vault.all()), ...(await revocations.keyIds())]));
  };
  void sweepKeys().catch(reportAppError);
  const toasts = createToastStore();
  const queryClient = createQueryClient();
  // REV-4: what was read through a connection goes with it, whichever tab ended it. Every key names its connection second.
  connections.subscribe(() => {
    const isGone = (id: unknown): boolean => typeof id === 'string' && !connections.find(id);
    queryClient.removeQueries({ predicate: ({ queryKey }) => isGone(queryKey[1]) });
    toasts.retract(isGone);
  });
  refetchAfterRefresh(connections, queryClient);
  const postRepository = openPostRepository(openStore('posts'));
  const posts = createPostStore(postRepository, openChangeChannel('posts'));
  const publisher = createPublisher({ posts, targetFor, lock, now: http.now, onError: reportAppError });
  /** Takes in what a returning sign-in has connected, wherever the person has gone meanwhile, and sends what waited for it. */
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
  // Resolves when what a returning sign-in has connected is known here.
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
  /** Kept over several tries of erasing, of which only the first can ask the services. */
  const unconfirmed = new Set<string>();
  return {
    /** Resolves when what the start shows has been read, or can't be: that is told by whoever reads it. */
    ready: Promise.allSettled([connections.ready, posts.ready, catalog.ready]),
    catalog,
    search: createServiceSearch(http),
    connections,
    /** Resolves when what a returning sign-in has connected is known here. */
    admitted,
    signIns,
    posts,
    publisher,
    targetFor,
    /** Calls on behalf of a connection that give every answer, for the console. */
    consoleCallFor: (connectionId: string): ConsoleCall =>
      consoleCall({ store: connections, tokens, http }, connectionId),
    networkOf,
    clientDocument,
    /**
     * Where the server of a service sends people back to; a client id of one's own has to be registered with it.
     * @throws OAuthError
     */
    async redirectUriOf(service: Service, signal: AbortSignal): Promise<string> {
      const tag = { flow: crypto.randomUUID(), kind: 'connect', service: service.name } as const;
      const { discoverServer } = await loadChunk(() => import('#connections/discovery/discover-server.ts'));
      const { server } = await discoverServer(http.forFlow(tag, signal), service);
      return redirectUriFor(appUrl, server);
    },
    disconnects,
    /** What servers said that could not be asked when a connection ended. */
    revocationResults: revocations.results,
    /**
     * Plays the attacker on the demo network.
     * @param connectionId whose old token is presented, where the lesson is about one
     * @returns the flow to look at, where it is over already
     * @throws ConnectionError | ChunkLoadError
     */
    async runScenario(lesson: AttackScenario, connectionId?: string): Promise<string | undefined> {
      const { runScenario } = await loadChunk(() => import('#app/attack-demos/run-scenario.ts'));
      const service = birdsongService(appUrl);
      return runScenario({ http, connections, tokens, signIns, service, appUrl }, lesson, connectionId);
    },
    /** The access token's form, for showing only: undefined where there is no token. */
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

/** Reports as the window's own uncaught errors are reported. */
function reportAppError(error: unknown): void {
  reportError(error);
}
