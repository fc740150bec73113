import { useState } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';

import type { ConnectionView } from '#connections/connection-view.ts';
import { useConnections } from '#connections/use-connections.ts';
import { Composer } from '#features/planner/composer.tsx';
import { messages } from '#messages/en.ts';
import { createDraftSaver, emptyDraft } from '#planning/draft.ts';
import { statusOf, type Post } from '#planning/post.ts';
import { usePosts } from '#planning/use-network-news.ts';

import type { Services } from '#app/services.ts';
import { useSignIn } from '#app/use-sign-in.ts';
import { PlannerRoute } from './planner-route.tsx';

/** A draft, over the planner. The address names it, so that a reload or a sign-in comes back to it. */
export function ComposeRoute({ services }: { services: Services }) {
  const { postId = '' } = useParams();
  const posts = usePosts(services.posts);
  const connections = useConnections(services.connections);
  const planner = <PlannerRoute services={services} />;
  if (!posts || !connections) return planner;
  const stored = posts.find(({ id }) => id === postId);
  // On its way: no draft any more.
  if (stored && statusOf(stored) !== 'draft') return <Navigate to="/" replace />;
  return (
    <>
      {planner}
      <DraftEditor services={services} connections={connections} stored={stored} key={postId} id={postId} />
    </>
  );
}

interface DraftEditorProps {
  services: Services;
  connections: readonly ConnectionView[];
  stored: Post | undefined;
  id: string;
}

function DraftEditor({ services, connections, stored, id }: DraftEditorProps) {
  const { posts, publisher, networkOf, now, toasts } = services;
  const navigate = useNavigate();
  const { reconnectThere } = useSignIn(services);
  const canPost = ({ service, scope, status }: ConnectionView): boolean =>
    status.kind !== 'needs-sign-in' &&
    networkOf(service.id)?.scopeToPost.every((needed) => scope.includes(needed)) === true;
  const [draft, setDraft] = useState(
    () =>
      stored ??
      emptyDraft(
        id,
        connections.filter(canPost).map((connection) => connection.id),
        now(),
      ),
  );
  const [saver] = useState(() => createDraftSaver(posts, () => toasts.show(messages.toasts.notSaved)));
  // Another tab has written on: what was typed last is what stays.
  if (stored && stored.updatedAt > draft.updatedAt) setDraft(stored);
  const [sending, setSending] = useState(false);
  const close = (): void => void navigate('/');

  const change = (patch: Partial<Post>): void => {
    if (sending) return; // it is on its way as it stands
    const next = { ...draft, ...patch, updatedAt: now() };
    setDraft(next);
    saver.save(next);
  };
  const send = async (): Promise<void> => {
    setSending(true);
    try {
      await saver.settled();
      await publisher.send(draft);
      const sent = posts.get(id);
      const status = sent && statusOf(sent);
      if (status === 'sent' || status === 'scheduled') toasts.show(messages.toasts[status]);
      else if (status) toasts.show(messages.toasts.failed);
    } catch (error) {
      toasts.show(messages.toasts.notSaved);
      reportError(error);
    } finally {
      setSending(false);
    }
  };
  const remove = async (): Promise<void> => {
    await saver.settled();
    await posts.remove(id);
    close();
  };
  const network = connections.map(({ service }) => networkOf(service.id)).find((one) => one !== undefined);
  return (
    <Composer
      draft={draft}
      connections={connections.filter(({ service }) => networkOf(service.id))}
      characterLimitOf={(serviceId) => networkOf(serviceId)?.characterLimit ?? Infinity}
      countCharacters={(text) => network?.countCharacters(text) ?? text.length}
      canPost={canPost}
      sending={sending}
      now={now}
      onChange={change}
      onSend={() => void send()}
      onDelete={() => void remove()}
      onClose={close}
      onReconnect={(connectionId) => reconnectThere(connectionId, `/compose/${id}`)}
    />
  );
}
