import { consoleCall, type ConsoleCall } from '#api/console-call.ts';
import { createQueryClient } from '#api/query-client.ts';
import { capturedLogout } from '#app/boot/captured-logout.ts';
import type { Platform } from '#app/boot/platform.ts';
import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import { createToastStore } from '#app/layout/toast-store.ts';
import { watchForUpdate } from '#app/service-worker/app-update.ts';
import { createServiceSearch } from '#connections/discovery/service-search.ts';
import { loadChunk } from '#connections/load-chunk.ts';
import { redirectUriFor } from '#connections/registration/redirect-uri.ts';
import { openServiceCatalog } from '#connections/services/service-catalog.ts';
import type { Service } from '#connections/services/service.ts';
import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import { parseToken, type ParsedToken } from '#oauth/parse-token.ts';
import { detectEviction } from '#storage/eviction.ts';
import { sharedStorage } from '#storage/web-storage.ts';

import { admitSignIn } from './admit-sign-in.ts';
import { startBackgroundTasks } from './background-tasks.ts';
import { birdsongService } from './birdsong-service.ts';
import { browserEdges } from './browser-edges.ts';
import { openConnections, openDisconnects } from './connections.ts';
import type { EraseResult } from './erase.ts';
import { openPublishing } from './publishing.ts';
import { refetchAfterRefresh } from './refetch-after-refresh.ts';

/** Everything the screens depend on. */
export type AppContext = ReturnType<typeof createAppContext>;

/** Creates the app's parts and connects them: the composition root. */
export function createAppContext(platform: Platform, signIn: ReturningSignIn | undefined) {
  const { http, vault } = platform;
  const { now, recorder } = http;
  const edges = { ...platform, ...browserEdges(), onError: reportAppError };
  const { appUrl } = edges;
  const catalog = openServiceCatalog({
    appUrl,
    birdsong: birdsongService(appUrl),
    allowLoopbackHttp: platform.allowLoopbackHttp,
    store: platform.openStore('services'),
  });
  const connections = openConnections(edges);
  const publishing = openPublishing({ ...edges, connections });
  const { store, tokens, signIns } = connections;
  const { posts } = publishing;
  const toasts = createToastStore();
  const queryClient = createQueryClient();
  // REV-4: when a connection ends, in any tab, remove the data read through it. The second element of every query key is the
  // connection's id.
  store.subscribe(() => {
    const isGone = (id: unknown): boolean => typeof id === 'string' && !store.find(id);
    queryClient.removeQueries({ predicate: ({ queryKey }) => isGone(queryKey[1]) });
    toasts.retract(isGone);
  });
  refetchAfterRefresh(store, queryClient);
  const admitted = signIn && admitSignIn(signIn, { connections, publishing, toasts, onError: reportAppError });
  const disconnects = openDisconnects(connections, { ...edges, catalog, captured: capturedLogout, admitted });
  startBackgroundTasks({
    connections,
    disconnects,
    stores: [store, posts, catalog.custom],
    now,
    onError: reportAppError,
  });
  const wasCleared = detectEviction({
    collections: [
      { ...store, count: () => store.views()?.length, isFullyReadable: vault.isFullyReadable },
      { ...posts, count: () => posts.all()?.length, isFullyReadable: publishing.repository.isFullyReadable },
    ],
    dropped: platform.storesDropped,
    flags: sharedStorage(),
    persist: () => void navigator.storage?.persist?.().catch(reportAppError),
  });
  /** Survives repeated attempts to erase, of which only the first can ask the services. */
  const unconfirmed = new Set<string>();
  return {
    /** Resolves when the first screen's data has been read or failed to load; each store reports its own errors. */
    ready: Promise.allSettled([store.ready, posts.ready, catalog.ready]),
    catalog,
    lock: platform.lock,
    search: createServiceSearch(http),
    connections: store,
    /** Resolves when the connection of a returning sign-in has been loaded. */
    admitted,
    signIns,
    posts,
    publisher: publishing.publisher,
    targetFor: publishing.targetFor,
    networkOf: publishing.networkOf,
    /** Returns the console's call function for a connection; it returns every response, errors included. */
    consoleCallFor: (connectionId: string): ConsoleCall => consoleCall({ store, tokens, http }, connectionId),
    clientDocument: connections.clientDocument,
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
    revocationResults: connections.revocations.results,
    /** What servers did not confirm, until the user dismisses it. */
    disconnectReports: connections.revocations.reports,
    dismissReport: (connectionId: string): void =>
      void connections.revocations.dismiss(connectionId).catch(reportAppError),
    /**
     * Runs an attack demo on the demo network.
     * @param connectionId the connection whose old token is replayed, if the demo needs one
     * @returns the flow to show, if the demo has already finished
     * @throws ConnectionError | ChunkLoadError
     */
    async runScenario(scenario: AttackScenario, connectionId?: string): Promise<string | undefined> {
      const { runScenario } = await loadChunk(() => import('#app/attack-demos/run-scenario.ts'));
      const service = birdsongService(appUrl);
      return runScenario({ http, connections: store, tokens, signIns, service, appUrl }, scenario, connectionId);
    },
    /** Returns the parsed access token, for display only; undefined if there is no token. */
    parseToken(connectionId: string): ParsedToken | undefined {
      const state = store.find(connectionId)?.state;
      return state && state.kind !== 'needs-sign-in' ? parseToken(state.grant.accessToken) : undefined;
    },
    async erase(): Promise<EraseResult> {
      const { eraseEverything } = await import('./erase.ts');
      const { disconnect } = disconnects;
      return eraseEverything({ connections: store, disconnect, recorder, appUrl, unconfirmed });
    },
    storage: platform.storage,
    wasCleared,
    update: watchForUpdate(now),
    queryClient,
    toasts,
    recorder,
    stepper: http.stepper,
    worker: platform.worker,
    finishing: platform.finishing,
    now,
  };
}

/** Reports an error like an uncaught one, on the window. */
function reportAppError(error: unknown): void {
  reportError(error);
}
