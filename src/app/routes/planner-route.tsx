import { useMemo, useSyncExternalStore } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import { useSignInAttempt } from '#connections/sign-in/use-sign-in-attempt.ts';
import { grantedScope } from '#connections/store/connection-state.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { FirstRunScreen } from '#features/connections/first-run/first-run-screen.tsx';
import { PlannerScreen } from '#features/planner/planner-screen.tsx';
import type { SilentConnection } from '#features/planner/stale-statistics.tsx';
import type { Opener } from '#features/planner/use-return-focus.ts';
import { isObject } from '#lib/guards.ts';
import { birdsong } from '#networks/birdsong.ts';
import type { Statistics } from '#networks/network.ts';
import { toAccountRef } from '#planning/account.ts';
import { sentVia } from '#planning/post-queries.ts';
import { useDuePosts, usePosts, useStatistics } from '#planning/use-posts.ts';

import { useServiceCatalog } from './use-service-catalog.ts';
import { useSignIn } from './use-sign-in.ts';

/** The home page: an introduction for new users, the posts for everyone else. */
export function PlannerRoute({ app }: { app: AppContext }) {
  const connections = useConnections(app.connections);
  const posts = usePosts(app.posts);
  const attempt = useSignInAttempt(app.signIns);
  const workerState = useSyncExternalStore(app.worker.state.subscribe, app.worker.state.get);
  const { connect, reauthorizeOnConnections } = useSignIn(app);
  const navigate = useNavigate();
  const storageState = useSyncExternalStore(app.storage.subscribe, app.storage.get);
  const opener = openerIn(useLocation().state);
  const statistics = usePostUpdates(app);

  const editAgain = async (postId: string): Promise<void> => {
    await app.publisher.reopen(postId);
    await navigate(`/compose/${postId}`);
  };
  const catalog = useServiceCatalog(app);
  const demo = catalog?.services.find(({ id }) => id === birdsong.serviceId);
  const isFirstRun = connections?.length === 0 && posts?.length === 0;
  if (isFirstRun && catalog && !demo) return <Navigate to="/connections" replace />;
  if (isFirstRun && demo) {
    return (
      <FirstRunScreen
        birdsong={demo}
        workerState={workerState}
        attempt={attempt}
        addServicePath={catalog?.offersAddService ? '/services/new' : undefined}
        onConnect={(serviceId) => connect(serviceId)}
        onCancel={app.signIns.cancel}
      />
    );
  }
  return (
    <PlannerScreen
      posts={isFirstRun ? undefined : connections && posts}
      connections={connections ?? []}
      statistics={statistics}
      storedIn={storageState === 'ok' ? 'device' : 'tab'}
      opener={opener}
      actions={{
        onNew: () => void navigate(`/compose/${crypto.randomUUID()}`, { state: { isNew: true } }),
        onOpen: (postId) => void navigate(`/compose/${postId}`),
        onTryAgain: (postId) => app.publisher.tryAgain(postId),
        onSignIn: (request) => reauthorizeOnConnections({ ...request, returnTo: '/' }),
        onEdit: (postId) => void editAgain(postId),
      }}
    />
  );
}

/** Returns whether New post created the composer's history entry. The flag is in the entry's state, so it survives a reload. */
export function isNewPost(historyState: unknown): boolean {
  return isObject(historyState) && historyState.isNew === true;
}

/** Returns what opened the composer that was just closed, as recorded in the history entry. */
function openerIn(historyState: unknown): Opener | undefined {
  const opener = isObject(historyState) ? historyState.opener : undefined;
  if (!isObject(opener)) return undefined;
  if (opener.kind === 'new-post') return { kind: 'new-post' };
  return typeof opener.postId === 'string' ? { kind: 'card', postId: opener.postId } : undefined;
}

/**
 * Keeps scheduled posts up to date and returns statistics of the sent ones, through every connection that has the scope.
 * Connections that need a sign-in before they can be queried are returned as silent.
 */
function usePostUpdates({ connections, posts, targetFor }: AppContext): {
  counts: ReadonlyMap<string, Statistics>;
  silent: SilentConnection[];
} {
  const views = useConnections(connections);
  const all = usePosts(posts) ?? [];
  const known = useMemo(
    () =>
      (views ?? []).flatMap((view) => {
        const target = targetFor(view.id);
        return target ? [{ view, target }] : [];
      }),
    [views, targetFor],
  );
  useDuePosts(
    posts,
    known.filter(({ view, target }) => covers(view, target.network.scopeToReadPosts)).map(({ target }) => target),
  );
  const counts = useStatistics(
    all,
    known.map(({ view, target }) => ({ target, canAsk: covers(view, target.network.scopeToReadStatistics) })),
  );
  const silent = known.flatMap(({ view, target }): SilentConnection[] => {
    const state = connections.find(view.id)?.state;
    if (state?.kind !== 'needs-sign-in') return [];
    const wasGranted = grantedScope(state);
    const couldAsk = target.network.scopeToReadStatistics.every((scope) => wasGranted.includes(scope));
    const sent = sentVia(all, toAccountRef(view));
    // If the granted scope is unknown, the statistics are missing too.
    if (sent.length === 0 || !(couldAsk || wasGranted.length === 0)) return [];
    return [{ connection: view, isKnownFromBefore: sent.every((id) => counts.has(id)) }];
  });
  return { counts, silent };
}

/** Returns whether a connection is usable and, as far as is known, was granted the scopes that a call needs. */
function covers({ status, scope }: ConnectionView, needed: readonly string[]): boolean {
  return status.kind !== 'needs-sign-in' && needed.every((one) => scope.includes(one));
}
