import { useEffect, useState, useSyncExternalStore } from 'react';
import { Navigate, useLocation, useNavigate, useParams } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { firstTargets } from '#features/planner/composer-problems.ts';
import { Composer, type DraftPatch } from '#features/planner/composer.tsx';
import { toastAfterSending } from '#features/planner/post-toast.ts';
import type { Opener } from '#features/planner/use-return-focus.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { messages } from '#messages/en.ts';
import { createDraftSaver, emptyDraft } from '#planning/draft.ts';
import { statusOf, type Post } from '#planning/post.ts';
import { usePosts } from '#planning/use-posts.ts';

import { isNewPost, PlannerRoute } from './planner-route.tsx';
import { type ReauthorizeRequest, useSignIn } from './use-sign-in.ts';

/** Shows a draft over the planner. Its id is in the URL, so that a reload or a sign-in returns to it. */
export function ComposeRoute({ app }: { app: AppContext }) {
  const { postId = '' } = useParams();
  const posts = usePosts(app.posts);
  const connections = useConnections(app.connections);
  const isNew = isNewPost(useLocation().state);
  const planner = <PlannerRoute app={app} />;
  if (!posts || !connections) return planner;
  return (
    <>
      {planner}
      <Draft
        app={app}
        connections={connections.filter(({ service }) => app.networkOf(service.id))}
        stored={posts.find(({ id }) => id === postId)}
        key={postId}
        id={postId}
        opener={isNew ? { kind: 'new-post' } : { kind: 'card', postId }}
      />
    </>
  );
}

interface DraftProps {
  app: AppContext;
  /** The connections to social networks. */
  connections: readonly ConnectionView[];
  stored: Post | undefined;
  id: string;
  opener: Opener;
}

/** Decides on mount whether the URL's draft exists. Only New post creates a draft, which is stored under the id in the URL. */
function Draft(props: DraftProps) {
  const { app, stored, opener } = props;
  const [isThere] = useState(stored !== undefined || opener.kind === 'new-post');
  if (!isThere) return <Gone app={app} />;
  // Already sent or scheduled, so no longer a draft.
  if (stored && statusOf(stored) !== 'draft') return <Navigate to="/" state={{ opener }} replace />;
  return <DraftEditor {...props} />;
}

function Gone({ app: { toasts } }: { app: AppContext }) {
  useEffect(() => toasts.show(messages.toasts.draftGone), [toasts]);
  return <Navigate to="/" replace />;
}

function DraftEditor({ app, connections, stored, id, opener }: DraftProps) {
  const { posts, publisher, networkOf, storage, now, toasts } = app;
  const navigate = useNavigate();
  const { reauthorizeOnConnections } = useSignIn(app);
  const storageState = useSyncExternalStore(storage.subscribe, storage.get);
  const canPost = ({ service, scope, status }: ConnectionView): boolean =>
    status.kind !== 'needs-sign-in' &&
    networkOf(service.id)?.scopeToPost.every((needed) => scope.includes(needed)) === true;
  const [draft, setDraft] = useState(() => stored ?? emptyDraft(id, firstTargets(connections, canPost), now()));
  const [saver] = useState(() => createDraftSaver(posts, () => toasts.show(messages.toasts.notSaved)));
  // Another tab has edited the draft: the latest edit wins.
  if (stored && stored.updatedAt > draft.updatedAt) setDraft(stored);
  const [sending, setSending] = useState(false);
  const close = (): void => void navigate('/', { state: { opener } });

  const change = (patch: DraftPatch): void => {
    if (sending) return; // the post is being sent as it is
    const next = omitUndefined({ ...draft, ...patch, updatedAt: now() });
    setDraft(next);
    saver.save(next);
  };
  const send = async (): Promise<void> => {
    setSending(true);
    try {
      await saver.settled();
      // Drop disconnected targets: they are no longer shown as selected.
      const targets = draft.targets.filter((target) => connections.some((connection) => connection.id === target));
      await publisher.send({ ...draft, targets });
      const sent = posts.get(id);
      if (sent) toasts.show(toastAfterSending(sent));
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
    await navigate('/', { state: { opener }, replace: true }); // Back must not create the draft again
  };
  /** Signs in at the service and returns to this draft. Saves the draft first, even if it is empty, so that it still exists. */
  const signIn = async (request: Omit<ReauthorizeRequest, 'returnTo'>): Promise<void> => {
    saver.save(draft);
    await saver.settled();
    reauthorizeOnConnections({ ...request, returnTo: `/compose/${id}` });
  };
  const scopeToPost = (connectionId: string): readonly string[] => {
    const connection = connections.find((one) => one.id === connectionId);
    return (connection && networkOf(connection.service.id)?.scopeToPost) ?? [];
  };
  const network = connections.map(({ service }) => networkOf(service.id)).find((one) => one !== undefined);
  return (
    <Composer
      draft={draft}
      storedIn={stored && (storageState === 'ok' ? 'device' : 'tab')}
      connections={connections}
      rules={{
        characterLimitOf: (serviceId) => networkOf(serviceId)?.characterLimit ?? Infinity,
        countCharacters: (text) => network?.countCharacters(text) ?? text.length,
        canPost,
      }}
      sending={sending}
      now={now}
      actions={{
        onChange: change,
        onSend: () => void send(),
        onDelete: () => void remove(),
        onClose: close,
        onAllowPosting: (connectionId) => void signIn({ connectionId, scope: scopeToPost(connectionId) }),
        onReconnect: (connectionId) => void signIn({ connectionId }),
      }}
    />
  );
}
