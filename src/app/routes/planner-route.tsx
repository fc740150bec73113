import { useMemo, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';

import { useConnectAttempt, useConnections } from '#connections/use-connections.ts';
import { FirstRunScreen } from '#features/connect/first-run-screen.tsx';
import { PlannerScreen } from '#features/planner/planner-screen.tsx';
import type { Network } from '#networks/network.ts';
import type { Target } from '#planning/publisher.ts';
import { useDuePosts, usePosts, useStatistics } from '#planning/use-network-news.ts';

import type { Services } from '#app/services.ts';
import { useSignIn } from '#app/use-sign-in.ts';

/** The start: what this is for a newcomer, the posts for everyone else. */
export function PlannerRoute({ services }: { services: Services }) {
  const connections = useConnections(services.connections);
  const posts = usePosts(services.posts);
  const attempt = useConnectAttempt(services.starter);
  const workerState = useSyncExternalStore(services.worker.state.subscribe, services.worker.state.get);
  const { connect } = useSignIn(services);
  const navigate = useNavigate();
  const news = useNews(services);

  const editAgain = async (postId: string): Promise<void> => {
    await services.publisher.reopen(postId);
    await navigate(`/compose/${postId}`);
  };
  const [birdsong] = services.services;
  if (birdsong && connections?.length === 0 && posts?.length === 0) {
    return (
      <FirstRunScreen
        birdsong={birdsong}
        workerState={workerState}
        attempt={attempt}
        onConnect={(serviceId) => connect(serviceId)}
        onCancel={services.starter.cancel}
      />
    );
  }
  return (
    <PlannerScreen
      posts={connections && posts}
      connections={connections ?? []}
      statistics={news}
      onNew={() => void navigate(`/compose/${crypto.randomUUID()}`)}
      onOpen={(postId) => void navigate(`/compose/${postId}`)}
      onTryAgain={(postId) => void services.publisher.tryAgain(postId)}
      onEdit={(postId) => void editAgain(postId)}
    />
  );
}

/** Keeps scheduled posts up to date and gives statistics of the sent ones, through every connection that may ask. */
function useNews({ connections, posts, targetFor }: Services) {
  const views = useConnections(connections);
  const usable = useMemo(
    () =>
      (views ?? [])
        .filter(({ status }) => status.kind !== 'needs-sign-in')
        .flatMap(({ id, scope }) => {
          const target = targetFor(id);
          return target ? [{ target, scope }] : [];
        }),
    [views, targetFor],
  );
  const targetsWith = (needs: (network: Network) => readonly string[]): Target[] =>
    usable
      .filter(({ target, scope }) => needs(target.network).every((one) => scope.includes(one)))
      .map(({ target }) => target);
  useDuePosts(
    posts,
    targetsWith(({ scopeToReadPosts }) => scopeToReadPosts),
  );
  return useStatistics(
    usePosts(posts) ?? [],
    targetsWith(({ scopeToReadStatistics }) => scopeToReadStatistics),
  );
}
